/** Issues in, cases out: runs the red scenarios again on the base, and settles what no patch could or should mend. */
import type { BaseSignals, Case } from '../model/case.ts';
import { errorPattern } from '../model/error-pattern.ts';
import type { Issue } from '../model/issue.ts';
import { distinctScenarios, type ScenarioRef, type ScenarioRun } from '../model/scenario.ts';
import type { Skipped, StageResult } from '../model/stage-result.ts';
import type { ThrowState } from '../model/throw-state.ts';
import type { Tally } from '../model/verdict.ts';
import type { Contrast } from '../model/witness.ts';
import { controlRun, readBaseSignals } from '../validation/base-facts.ts';
import { addTallies, tally, totals } from '../validation/case.ts';
import { findOutage, type OutageTools } from '../validation/find-outage.ts';
import { type ExpectationTools, findWrongExpectation } from '../validation/find-wrong-expectation.ts';
import { RUNS_EACH } from '../validation/judge-patch.ts';
import type { Trial, TrialRun } from '../validation/trial.ts';

export interface ReproduceTools extends OutageTools, ExpectationTools {
  /** The app at the base commit, against a Sentry of the harness's own. */
  openBase(): Promise<Trial>;
  /** How the red runs of a case differ from good ones; undefined where there are none to compare with. */
  compare(
    one: Case,
    given: { readonly base: Trial; readonly runs: readonly ScenarioRun[]; readonly red: ReadonlySet<string> },
  ): Promise<Contrast | undefined>;
  progress(text: string): void;
}

export interface Reproduced extends StageResult<Case> {
  /** What the base showed besides, undefined when nothing is left to mend. */
  readonly signals?: BaseSignals;
  /** Traces of red runs by scenario, files of the run folder. */
  readonly traces: Readonly<Record<string, string>>;
}

/** How many scenarios of one issue are repeated to confirm a patch; the others must be green once. */
const REPEATED_SCENARIOS = 3;
const MOST_COMPARED = 5;

/** Cases sorted by short id; followers are judged with the issue that they follow. */
export async function reproduceIssues(
  issues: readonly Issue[],
  runs: readonly ScenarioRun[],
  tools: ReproduceTools,
): Promise<Reproduced> {
  if (issues.length === 0) return { items: [], skipped: [], traces: {} };
  const following = new Set(issues.flatMap(({ followers }) => followers));
  const leading = issues.filter(({ shortId }) => !following.has(shortId));
  const plans = leading.map((issue) => plan(issue, runs));
  const trial = await tools.openBase();
  const only = unique(plans.flatMap(({ scenarios }) => scenarios));
  tools.progress(`running ${only.length} red scenarios ${RUNS_EACH - 1} more times`);
  const control = controlRun(runs);
  const reruns = await trial.run({
    only: unique([...only, ...(control ? [control.scenario] : [])]),
    repeat: RUNS_EACH - 1,
    repeated: only,
    stopAtError: true,
    trace: true,
    ...(control && { controlEvent: control.controlEvent }),
    atThrow: [...new Set(leading.flatMap(patternsOf))],
  });
  const again = tally(reruns);
  const items: Case[] = [];
  const skipped: Skipped[] = [];
  for (const planned of plans) {
    const { issue } = planned;
    const { scenarios, further } = withoutPassersBy(planned, again);
    const own = new Set(scenarios.map(({ id }) => id));
    const first: Tally[] = scenarios.map(({ id }) => ({ scenario: id, green: 0, runs: 1 }));
    const repeated = again.filter(({ scenario }) => own.has(scenario));
    const throws = await Promise.all(throwsOf(issue, own, { reruns, trial }).map(trial.readThrow));
    const one: Case = {
      issue,
      scenarios: [...scenarios],
      further: [...further],
      base: addTallies(first, repeated),
      throws,
    };
    const settled =
      notAlwaysRed(one, repeated) ??
      (await findOutage(one, { runs, reruns, trial }, tools)) ??
      (await findWrongExpectation(one, trial, tools));
    if (settled) skipped.push(settled);
    else items.push(one);
  }
  const traces = tracesOf(reruns, new Set(only.map(({ id }) => id)));
  if (items.length === 0) return { items, skipped, traces };
  const red = new Set(issues.flatMap((issue) => issue.scenarios));
  let compared = 0;
  for (const [index, one] of items.entries()) {
    // A throw that the debugger saw tells more, and a comparison takes as long as some scenarios do.
    if (one.throws.length > 0 || ++compared > MOST_COMPARED) continue;
    tools.progress(`${one.issue.shortId}: comparing its red runs with good ones`);
    const contrast = await tools.compare(one, { base: trial, runs, red });
    if (contrast) items[index] = { ...one, contrast };
  }
  return { items, skipped, traces, signals: await readBaseSignals(trial, control) };
}

interface Plan {
  readonly issue: Issue;
  /** Those that are repeated. */
  readonly scenarios: readonly ScenarioRef[];
  readonly further: readonly ScenarioRef[];
}

/**
 * A scenario that leaves the page at once may or may not live to see its error. Where another one is red in every run, that
 * one is the proof, and those that were green at times must only be green with the patch.
 */
function withoutPassersBy({ issue, scenarios, further }: Plan, again: readonly Tally[]): Plan {
  const greens = new Map(again.map(({ scenario, green }) => [scenario, green]));
  const steady = scenarios.filter(({ id }) => greens.get(id) === 0);
  if (steady.length === 0) return { issue, scenarios, further };
  return { issue, scenarios: steady, further: [...further, ...scenarios.filter((one) => !steady.includes(one))] };
}

function plan(issue: Issue, runs: readonly ScenarioRun[]): Plan {
  const refs = unique(runs.map(({ scenario }) => scenario).filter(({ id }) => issue.scenarios.includes(id)));
  return { issue, scenarios: refs.slice(0, REPEATED_SCENARIOS), further: refs.slice(REPEATED_SCENARIOS) };
}

/** What the messages of an issue's own exceptions look like. */
function patternsOf({ event, reportedByHarness }: Issue): string[] {
  if (reportedByHarness) return [];
  return event.exceptions.flatMap(({ value }) => (value === '' ? [] : [errorPattern(value)]));
}

/** The first look at each of the issue's exceptions, thrown first what was thrown first. */
function throwsOf(
  issue: Issue,
  scenarios: ReadonlySet<string>,
  { reruns, trial }: { reruns: readonly TrialRun[]; trial: Trial },
): ThrowState[] {
  const inPages = reruns.flatMap(({ run }) => (scenarios.has(run.scenario.id) ? (run.throws ?? []) : []));
  const seen = issue.runtime === 'server' ? trial.serverThrows() : inPages;
  const first = patternsOf(issue).flatMap((pattern) => {
    const matching = new RegExp(pattern, 's');
    return seen.find(({ message, frames }) => frames.length > 0 && matching.test(message)) ?? [];
  });
  return [...new Set(first)].sort((a, b) => a.at.localeCompare(b.at));
}

function tracesOf(reruns: readonly TrialRun[], red: ReadonlySet<string>): Record<string, string> {
  return Object.fromEntries(
    reruns.flatMap(({ run }) =>
      red.has(run.scenario.id) && run.trace !== undefined ? [[run.scenario.id, run.trace]] : [],
    ),
  );
}

function unique(refs: readonly ScenarioRef[]): ScenarioRef[] {
  return distinctScenarios(refs).sort((a, b) => a.id.localeCompare(b.id));
}

function notAlwaysRed({ issue, base }: Case, repeated: readonly Tally[]): Skipped | undefined {
  const { green, runs } = totals(repeated);
  if (green === 0) return undefined;
  const all = totals(base);
  if (green === runs) {
    return {
      subject: issue.shortId,
      result: 'not-reproduced',
      reason: 'green-again',
      detail: `Red once, then green in all ${runs} runs of the same commit.`,
    };
  }
  return {
    subject: issue.shortId,
    result: 'flaky',
    reason: 'sometimes-green',
    detail: `Red in ${all.runs - all.green} of ${all.runs} runs of the same commit; a patch that looks like a cure could be luck.`,
  };
}
