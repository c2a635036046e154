/** The order of the list of releases: by date, or by how many sessions and users they had and how those went. */
import type { ServerParts } from '../server-parts.ts';
import type { ReleaseRow } from '../storage/rows.ts';
import { countUsers, listSessionGroups, sumSessions } from '../storage/session-counts.ts';
import { badRequest } from './api-error.ts';
import { crashFree } from './release-health.ts';
import { totalOf } from './session-figures.ts';

const HOUR = 3_600_000;
/** The time over which sessions count for an order. */
const HOURS = 14 * 24;

const SORTS = ['date', 'sessions', 'users', 'crash_free_sessions', 'crash_free_users'];

interface ReleaseScope {
  /** Ids; all where it is empty. */
  readonly projects: readonly number[];
  /** Empty for all. */
  readonly environments: readonly string[];
}

/** `rows` come newest first, and so stay those that a sort does not tell apart, or knows nothing of. */
export function sortReleases(
  parts: ServerParts,
  rows: readonly ReleaseRow[],
  sort: string,
  scope: ReleaseScope,
): readonly ReleaseRow[] {
  if (!SORTS.includes(sort)) throw badRequest(`Invalid sort parameter. Must be one of ${SORTS.join(', ')}.`);
  if (sort === 'date') return rows;
  const tallies = talliesOf(parts, sort.endsWith('users') ? countUsers : sumSessions, scope);
  const value = ({ version }: ReleaseRow): number => {
    const tally = tallies.get(version);
    // The one in which most crashed comes first.
    return sort.startsWith('crash_free') ? -(crashFree(tally) ?? Number.POSITIVE_INFINITY) : totalOf(tally);
  };
  return rows.toSorted((a, b) => compareNumbers(value(b), value(a)));
}

/** Infinities are equal to themselves. */
function compareNumbers(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

function talliesOf({ db, now }: ServerParts, count: typeof sumSessions, { projects, environments }: ReleaseScope) {
  const groups = listSessionGroups(db, projects).filter(
    ({ environment }) => environments.length === 0 || environments.includes(environment),
  );
  const versions = [...new Set(groups.map(({ release }) => release))];
  const indexes = new Map(versions.map((version, index) => [version, index]));
  const end = Math.floor(now().getTime() / HOUR) + 1;
  const keys = new Map(groups.map(({ id, release }) => [id, indexes.get(release) ?? -1]));
  const tallies = count(db, { keys, from: end - HOURS, to: end });
  return new Map(tallies.map((tally) => [versions[tally.key] ?? '', tally]));
}
