/** What is asked of a case while its patches are judged: tallies, whose error an issue is, and likeness to a green page. */
import type { BaseSignals, Case } from '../model/case.ts';
import type { ScenarioRef, ScenarioRun } from '../model/scenario.ts';
import type { Tally } from '../model/verdict.ts';
import { pageWords, wordsBeyond } from './page-words.ts';
import { isSameError, signatureOf } from './same-error.ts';
import type { SeenIssue, TrialRun } from './trial.ts';
import { writesOf } from './vanished.ts';

/** What the base showed, gathered once for all cases of a night. */
export interface BaseFacts extends BaseSignals {
  readonly green: readonly ScenarioRef[];
  /** Hosts that the base's pages asked or were kept from by a policy; undefined when nobody noted them. */
  readonly hosts?: readonly string[] | undefined;
  /** How a scenario ran on the base, green or red. */
  readonly baseRun: (scenario: ScenarioRef) => ScenarioRun | undefined;
  /** The page with which a scenario ended when it was last green; undefined when nobody knows. */
  readonly lastGreenPage: (scenario: ScenarioRef) => Promise<GreenPage | undefined>;
}

export interface GreenPage {
  readonly text: string;
  /** What it sent that may have changed something: see `writesOf`. */
  readonly writes: ReadonlySet<string>;
  /** False where the scenario's own text has changed since: it may end on another page today. */
  readonly isComparable: boolean;
}

/** Green runs per scenario, sorted by scenario. */
export function tally(runs: readonly TrialRun[]): Tally[] {
  const tallies = new Map<string, { green: number; runs: number }>();
  for (const { run, red } of runs) {
    const seen = tallies.get(run.scenario.id) ?? { green: 0, runs: 0 };
    tallies.set(run.scenario.id, { green: seen.green + (red ? 0 : 1), runs: seen.runs + 1 });
  }
  return [...tallies]
    .map(([scenario, seen]) => ({ scenario, ...seen }))
    .sort((a, b) => a.scenario.localeCompare(b.scenario));
}

export function addTallies(...lists: readonly (readonly Tally[])[]): Tally[] {
  const sums = new Map<string, Tally>();
  for (const one of lists.flat()) {
    const sum = sums.get(one.scenario);
    sums.set(one.scenario, {
      scenario: one.scenario,
      green: one.green + (sum?.green ?? 0),
      runs: one.runs + (sum?.runs ?? 0),
    });
  }
  return [...sums.values()].sort((a, b) => a.scenario.localeCompare(b.scenario));
}

export function totals(tallies: readonly Tally[]): { green: number; runs: number } {
  let green = 0;
  let runs = 0;
  for (const one of tallies) {
    green += one.green;
    runs += one.runs;
  }
  return { green, runs };
}

/** Issues of a trial that are the case's own error, and those that the base never raised. */
export function sortIssues(
  seen: readonly SeenIssue[],
  { issue }: Case,
  base: BaseFacts,
): { old: SeenIssue[]; fresh: SeenIssue[] } {
  const own = signatureOf(issue);
  const old = seen.filter((one) => isSameError(signatureOf(one), own));
  const known = [own, ...base.issues];
  const fresh = seen.filter((one) => !known.some((signature) => isSameError(signatureOf(one), signature)));
  return { old, fresh };
}

/** Most likeness of a page that tells of a missing value: less than any other that shows something of what it showed. */
export const SPOILT = 0.01;

/**
 * How much of the page as it was when last green is on the page at the end of a run: the share of its words, 0 to 1. More
 * may be there by now, but a page with a new word that tells of a missing value is less like it than any without, and what
 * it no longer sends counts like its words.
 * Undefined where there is nothing to compare with.
 */
export function likeness(run: ScenarioRun, green: GreenPage | undefined): number | undefined {
  if (green === undefined || run.pageText === undefined) return undefined;
  const before = pageWords(green.text);
  const after = pageWords(run.pageText);
  const fresh = wordsBeyond(after, before);
  const kept = after.length - fresh.length;
  const spoilt = fresh.filter((word) => TELLS_OF_NOTHING.test(word)).length;
  if (spoilt === 0 && !green.isComparable) return undefined;
  const share = before.length === 0 || !green.isComparable ? 1 : (kept / before.length) * keptWrites(run, green);
  return spoilt === 0 ? share : (share * SPOILT) / spoilt;
}

function keptWrites(run: ScenarioRun, { writes }: GreenPage): number {
  const own = writesOf(run);
  return writes.size === 0 ? 1 : [...writes].filter((one) => own.has(one)).length / writes.size;
}

/** What a missing or wrong value looks like on a page. */
const TELLS_OF_NOTHING = /^\W*(?:undefined|null|nan|invalid|\[object|infinity)\b/i;
