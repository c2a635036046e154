/** Joins what the fixture saw with how Playwright says that it ended, into one ScenarioRun per scenario and repetition. */
import { createHash } from 'node:crypto';
import { distinctScenarios, type ScenarioRef, type ScenarioRun, type ScenarioStatus } from '../../model/scenario.ts';
import type { Sighting } from '../../model/sighting.ts';
import type { EndedLine, Line, LoadErrorLine, StepLine, TestLine, WatchedLine } from './wire.ts';

export function refOf({ project, file, line, titlePath }: TestLine): ScenarioRef {
  return { id: `[${project}] ${[file, ...titlePath].join(' › ')}`, project, file, line, titlePath: [...titlePath] };
}

/** Takes lines as they come; `finished` holds what they add up to so far. */
export class RunAssembler {
  readonly #tests = new Map<string, TestLine>();
  readonly #watched = new Map<string, WatchedLine>();
  readonly #ended = new Map<string, EndedLine[]>();
  readonly #steps = new Map<string, StepLine[]>();
  readonly loadErrors: LoadErrorLine[] = [];
  readonly notes = new Set<string>();
  isFinished = false;

  get listed(): ScenarioRef[] {
    const refs = [...this.#tests.values()].map(refOf);
    return distinctScenarios(refs).sort(byId);
  }

  get runs(): ScenarioRun[] {
    const runs = [...this.#ended.keys()].map((test) => this.#run(test)).filter((run) => run !== undefined);
    return runs.sort((a, b) => byId(a.scenario, b.scenario) || a.repetition - b.repetition);
  }

  scenarioOf(test: string): ScenarioRef | undefined {
    const line = this.#tests.get(test);
    return line && refOf(line);
  }

  /** The same with the step of the scenario that was running, as far as it is told yet. */
  withStep(sighting: Sighting, test: string): Sighting {
    const begun = (this.#steps.get(test) ?? []).filter(({ at }) => at <= sighting.at);
    const step = begun.reduce<StepLine | undefined>((last, one) => (last && last.at > one.at ? last : one), undefined);
    return step ? { ...sighting, step: { title: step.title, file: step.file, line: step.line } } : sighting;
  }

  /** The run that this line completes, if it does. */
  add(line: Line): ScenarioRun | undefined {
    switch (line.type) {
      case 'begin':
        for (const test of line.tests) this.#tests.set(test.test, test);
        return undefined;
      case 'watched':
        this.#watched.set(`${line.test} ${line.retry}`, line);
        return undefined;
      case 'ended':
        this.#ended.set(line.test, [...(this.#ended.get(line.test) ?? []), line]);
        return line.isLast ? this.#run(line.test) : undefined;
      case 'step':
        this.#steps.set(line.test, [...(this.#steps.get(line.test) ?? []), line]);
        return undefined;
      case 'note':
        this.notes.add(line.text);
        return undefined;
      case 'load-error':
        this.loadErrors.push(line);
        return undefined;
      case 'finished':
        this.isFinished = true;
        return undefined;
      case 'sighted':
        return undefined;
    }
  }

  #run(test: string): ScenarioRun | undefined {
    const described = this.#tests.get(test);
    const attempts = [...(this.#ended.get(test) ?? [])].sort((a, b) => a.retry - b.retry);
    const last = attempts.at(-1);
    if (described === undefined || last === undefined) return undefined;
    const views = attempts.map((ended) => ({ ended, watched: this.#watched.get(`${test} ${ended.retry}`) }));
    const all = views.flatMap(({ watched }) => watched ?? []);
    const watched = views.at(-1)?.watched;
    // What the errors of an earlier attempt sent to Sentry is there, too: attempts are one run of the scenario.
    const distinct = (ids: readonly string[]): string[] => [...new Set(ids)];
    return {
      scenario: refOf(described),
      repetition: described.repetition,
      status: statusOf(last, watched),
      attempts: attempts.length,
      startedAt: last.startedAt,
      durationMs: last.durationMs,
      sightings: views.flatMap((view) => [
        ...(view.watched?.sightings ?? []).map((one) => this.withStep(one, test)),
        ...assertions(view.ended, view.watched),
      ]),
      eventIds: distinct(all.flatMap(({ eventIds }) => eventIds)),
      controlEventIds: distinct(all.flatMap(({ controlEventIds }) => controlEventIds)),
      traceIds: distinct(all.flatMap(({ traceIds }) => traceIds)),
      requests: watched?.requests ?? [],
      ...(watched?.hosts && { hosts: watched.hosts }),
      ...(watched?.throws && { throws: watched.throws }),
      ...(watched?.witness && { witness: watched.witness }),
      ...(watched?.browserSdk !== undefined && { browserSdk: watched.browserSdk }),
      ...(watched?.pageText !== undefined && { pageText: watched.pageText }),
      ...(watched?.screenshot !== undefined && { screenshot: watched.screenshot }),
      ...(watched?.trace !== undefined && { trace: watched.trace }),
      endedEarly: watched?.endedEarly ?? false,
    };
  }
}

/** What the suite expected, before the fixture that keeps the worker had its word. */
function isKnownToFail(ended: EndedLine, watched: WatchedLine | undefined): boolean {
  return (watched?.expected ?? ended.expected) === 'failed';
}

/** Playwright's word: a test that is known to fail (`test.fail`) has passed when it did. */
function statusOf(ended: EndedLine, watched: WatchedLine | undefined): ScenarioStatus {
  if (!isKnownToFail(ended, watched)) return ended.status;
  if (ended.status === 'failed') return 'passed';
  return ended.status === 'passed' ? 'failed' : ended.status;
}

function assertions(ended: EndedLine, watched: WatchedLine | undefined): Sighting[] {
  const { test, retry, startedAt, durationMs } = ended;
  const at = new Date(Date.parse(startedAt) + durationMs).toISOString();
  return errorsOf(ended, watched).map((error, index) => ({
    id: createHash('sha256').update(`${test} ${retry} assertion ${index} ${error.message}`).digest('hex').slice(0, 12),
    kind: 'assertion',
    origin: 'scenario',
    message: error.message.slice(0, 1_000),
    ...(error.expected !== undefined && { expected: error.expected }),
    ...(error.received !== undefined && { received: error.received }),
    ...(error.file !== undefined &&
      error.line !== undefined && { step: { title: firstLine(error.message), file: error.file, line: error.line } }),
    at,
  }));
}

/** Without those that the harness caused itself by ending the attempt early, and those that the suite announced. */
function errorsOf(ended: EndedLine, watched: WatchedLine | undefined): EndedLine['errors'] {
  if (watched?.errorsBefore !== undefined) return ended.errors.slice(0, watched.errorsBefore);
  if (!isKnownToFail(ended, watched)) return ended.errors;
  return ended.status === 'passed' ? [{ message: 'Expected to fail, but passed.' }] : [];
}

function firstLine(text: string): string {
  return (text.split('\n', 1)[0] ?? '').slice(0, 200);
}

function byId(a: { id: string }, b: { id: string }): number {
  return a.id.localeCompare(b.id);
}
