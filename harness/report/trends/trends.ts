/** Nights side by side: errors by issue and scenario, time to a branch and to the cure, flake rate, durations. */
import type { NightPoint } from './night-point.ts';

export interface IssueTrend {
  readonly key: string;
  /** As in the newest night that had it. */
  readonly shortId: string;
  readonly title: string;
  /** One per night, oldest first. */
  readonly seen: readonly boolean[];
  /** Start of the first night that saw it, since it was last gone. */
  readonly since: string;
  /** Days from there to the first night that held a branch for it. */
  readonly daysToBranch: number | undefined;
  /** Days to the first night whose runs of its scenarios did not bring it; undefined while it is open. */
  readonly daysToFix: number | undefined;
  /** How often it came back after it was gone. */
  readonly returns: number;
}

export type NightMark = 'green' | 'red' | 'flaky' | 'absent';

export interface ScenarioTrend {
  readonly id: string;
  /** One per night, oldest first. */
  readonly marks: readonly NightMark[];
  /** Nights in which it was flaky, as a share of those in which it ran. */
  readonly flakeRate: number;
  /** When it was last green, where a night or the ledger knows. */
  readonly lastGreen: string | undefined;
}

export interface Trends {
  /** Oldest first; the newest is tonight. */
  readonly nights: readonly NightPoint[];
  /** Most often seen first. */
  readonly issues: readonly IssueTrend[];
  /** Those that were red or flaky in any of the nights, worst first. */
  readonly scenarios: readonly ScenarioTrend[];
  /** Medians over all issues, in days. */
  readonly daysToBranch: number | undefined;
  readonly daysToFix: number | undefined;
}

/** A month of nights. */
export const MOST_NIGHTS = 30;

/** `lastGreen`: what the ledger tells, by scenario, as ISO dates. Nights in any order; one run counts once. */
export function trendsOf(points: readonly NightPoint[], lastGreen: ReadonlyMap<string, string> = new Map()): Trends {
  const byRun = new Map(points.map((point) => [point.run, point]));
  const nights = [...byRun.values()].sort((a, b) => a.at.localeCompare(b.at)).slice(-MOST_NIGHTS);
  const ran = nights.map(({ green, red, flaky }) => new Set([...green, ...red, ...flaky]));
  const issues = [...new Set(nights.flatMap((night) => night.issues.map(({ key }) => key)))]
    .map((key) => issueTrend(key, nights, ran))
    .sort((a, b) => nightsSeen(b) - nightsSeen(a) || a.shortId.localeCompare(b.shortId, 'en', { numeric: true }));
  return {
    nights,
    issues,
    scenarios: scenarioTrends(nights, lastGreen),
    daysToBranch: median(issues.map(({ daysToBranch }) => daysToBranch)),
    daysToFix: median(issues.map(({ daysToFix }) => daysToFix)),
  };
}

export function nightsSeen({ seen }: IssueTrend): number {
  return seen.filter(Boolean).length;
}

function issueTrend(key: string, nights: readonly NightPoint[], ran: readonly ReadonlySet<string>[]): IssueTrend {
  const entries = nights.map(({ issues }) => issues.find((issue) => issue.key === key));
  const state: { since?: string; branch?: string; gone?: string; returns: number } = { returns: 0 };
  let scenarios: readonly string[] = [];
  for (const [index, entry] of entries.entries()) {
    const at = nights[index]?.at ?? '';
    if (entry) {
      if (state.gone !== undefined) {
        state.returns += 1;
        delete state.gone;
        delete state.branch;
        state.since = at;
      }
      state.since ??= at;
      if (entry.branch !== null && nights[index]?.dryRun === false) state.branch ??= at;
      scenarios = entry.scenarios;
    } else if (state.since !== undefined && scenarios.length > 0 && scenarios.every((id) => ran[index]?.has(id))) {
      // A night that did not run its scenarios cannot tell.
      state.gone ??= at;
    }
  }
  const last = entries.findLast((entry) => entry !== undefined);
  const since = state.since ?? '';
  return {
    key,
    shortId: last?.shortId ?? '',
    title: last?.title ?? '',
    seen: entries.map((entry) => entry !== undefined),
    since,
    daysToBranch: days(since, state.branch),
    daysToFix: days(since, state.gone),
    returns: state.returns,
  };
}

function days(from: string, to: string | undefined): number | undefined {
  return to === undefined ? undefined : (Date.parse(to) - Date.parse(from)) / 86_400_000;
}

function scenarioTrends(nights: readonly NightPoint[], lastGreen: ReadonlyMap<string, string>): ScenarioTrend[] {
  const colours = nights.map((night) => {
    const marks = new Map<string, NightMark>();
    for (const mark of ['green', 'red', 'flaky'] as const) for (const id of night[mark]) marks.set(id, mark);
    return marks;
  });
  const troubled = [...new Set(nights.flatMap(({ red, flaky }) => [...red, ...flaky]))];
  const bad = ({ marks }: ScenarioTrend): number => marks.filter((mark) => mark === 'red' || mark === 'flaky').length;
  return troubled
    .map((id) => {
      const marks = colours.map((night) => night.get(id) ?? 'absent');
      const seen = marks.filter((mark) => mark !== 'absent').length;
      return {
        id,
        marks,
        flakeRate: marks.filter((mark) => mark === 'flaky').length / Math.max(1, seen),
        lastGreen: nights[marks.lastIndexOf('green')]?.at ?? lastGreen.get(id),
      };
    })
    .sort((a, b) => bad(b) - bad(a) || a.id.localeCompare(b.id, 'en'));
}

/** Of a night's scenarios the share that was flaky. */
export function flakeRate({ scenarios }: NightPoint): number {
  return scenarios.flaky / Math.max(1, scenarios.total);
}

function median(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined).sort((a, b) => a - b);
  const [low, high] = [known[Math.floor((known.length - 1) / 2)], known[Math.floor(known.length / 2)]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}
