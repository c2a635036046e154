/** A double of a trial for tests of the ladder: no browser and no app, its runs and issues follow a script. */
import type { Case } from '../../harness/model/case.ts';
import type { Issue } from '../../harness/model/issue.ts';
import type { Patch } from '../../harness/model/patch.ts';
import { isRed } from '../../harness/model/red.ts';
import type { ScenarioRef, ScenarioRun } from '../../harness/model/scenario.ts';
import type { Sighting } from '../../harness/model/sighting.ts';
import type { ThrowState } from '../../harness/model/throw-state.ts';
import type { SeenIssue, ServiceCall, Trial, TrialRun } from '../../harness/validation/trial.ts';

const START = Date.parse('2026-01-01T00:00:00Z');

export function scenario(title: string, file = 'scenarios/cart.spec.ts'): ScenarioRef {
  return { id: `[] ${file} › ${title}`, project: '', file, line: 1, titlePath: [title] };
}

export function runOf(ref: ScenarioRef, changes: Partial<ScenarioRun> = {}): ScenarioRun {
  return {
    scenario: ref,
    repetition: 0,
    status: 'passed',
    attempts: 1,
    startedAt: new Date(START).toISOString(),
    durationMs: 100,
    sightings: [],
    eventIds: [],
    traceIds: [],
    requests: [],
    controlEventIds: [],
    endedEarly: false,
    ...changes,
  };
}

export function issueOf(changes: Partial<Issue> = {}): Issue {
  return {
    id: '1',
    shortId: 'SHOP-1',
    title: "TypeError: Cannot read properties of undefined (reading 'total')",
    culprit: 'Cart',
    level: 'error',
    permalink: 'http://127.0.0.1/issues/1/',
    status: 'unresolved',
    count: 1,
    userCount: 0,
    firstSeen: '2026-01-01T00:00:00Z',
    lastSeen: '2026-01-01T00:00:00Z',
    hashes: ['a'.repeat(32)],
    runtime: 'browser',
    reportedByHarness: false,
    scenarios: [scenario('pays').id],
    eventIds: [],
    event: {
      id: 'e'.repeat(32),
      at: '2026-01-01T00:00:00Z',
      platform: 'javascript',
      level: 'error',
      message: '',
      exceptions: [],
      breadcrumbs: [],
      tags: {},
    },
    followers: [],
    ...changes,
  };
}

export function caseOf(issue: Issue = issueOf(), scenarios: readonly ScenarioRef[] = [scenario('pays')]): Case {
  return {
    issue,
    scenarios: [...scenarios],
    further: [],
    base: scenarios.map(({ id }) => ({ scenario: id, green: 0, runs: 5 })),
    throws: [],
  };
}

export function patchOf(id: string, changes: Partial<Patch> = {}): Patch {
  return {
    id,
    issue: 'SHOP-1',
    suspect: 's1',
    fixer: 'optional-chain',
    title: 'mend it',
    rationale: 'because',
    edits: [{ file: 'src/cart.ts', start: 4, end: 5, text: '?.' }],
    newFiles: [],
    score: 0.5,
    diff: '',
    ...changes,
  };
}

export interface Script {
  /** Whether a run of a scenario is red: the n-th run of that scenario in this trial, from 0. */
  readonly isRed?: (title: string, nth: number) => boolean;
  readonly issues?: () => SeenIssue[];
  readonly lostControls?: readonly ('browser' | 'server')[];
  readonly checks?: Readonly<Record<string, 'green' | 'red'>>;
  readonly calls?: readonly ServiceCall[];
  readonly requests?: ScenarioRun['requests'];
  readonly pageText?: string;
  readonly sightings?: readonly Sighting[];
  readonly throws?: readonly ThrowState[];
}

export interface ScriptedTrial extends Trial {
  closed: boolean;
  readonly asked: string[];
}

export function scriptedTrial(script: Script, all: readonly ScenarioRef[] = [scenario('pays')]): ScriptedTrial {
  const counts = new Map<string, number>();
  const raised: string[] = [];
  const trial: ScriptedTrial = {
    url: 'http://app',
    readWitness: async ({ witness }) => ({ called: [], answers: witness?.answers ?? [] }),
    closed: false,
    asked: [],
    run: async (request) => {
      const refs = request.only ?? all.filter(({ file }) => file === request.file);
      const runs: TrialRun[] = [];
      for (const ref of refs) {
        const title = ref.titlePath.at(-1) ?? '';
        const isRepeated = request.repeated === undefined || request.repeated.includes(ref);
        for (let repetition = 0; repetition < (isRepeated ? (request.repeat ?? 1) : 1); repetition++) {
          const nth = counts.get(ref.id) ?? 0;
          counts.set(ref.id, nth + 1);
          const status = script.isRed?.(title, nth) ? 'failed' : 'passed';
          const run = runOf(ref, {
            repetition,
            status,
            requests: script.requests ?? [],
            sightings: [...(script.sightings ?? [])],
            ...(script.pageText !== undefined && { pageText: script.pageText }),
          });
          runs.push({ run, events: [], red: isRed(run) });
        }
      }
      trial.asked.push(refs.map(({ titlePath }) => titlePath.at(-1)).join('+'));
      if (request.controlEvent !== undefined && !script.lostControls?.includes('browser'))
        raised.push(request.controlEvent);
      return runs;
    },
    issues: async () => script.issues?.() ?? [],
    serviceCalls: () => script.calls ?? [],
    serverThrows: () => script.throws ?? [],
    readThrow: async ({ errorType, message, uncaught }) => ({ errorType, message, uncaught, frames: [] }),
    raiseServerControl: async (text) => {
      if (!script.lostControls?.includes('server')) raised.push(text);
      return 1;
    },
    waitForTitle: async (text) => raised.some((title) => title.includes(text)),
    check: async (command) => script.checks?.[command] ?? 'green',
    close: async () => {
      trial.closed = true;
    },
  };
  return trial;
}
