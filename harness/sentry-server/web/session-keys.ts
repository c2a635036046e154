/** What a question about sessions tells apart, and how many sessions and users there were of each. */
import type { Context } from 'hono';
import { own } from '../own.ts';
import type { ServerParts } from '../server-parts.ts';
import { SESSION_STATES, type SessionState } from '../storage/count-sessions.ts';
import { listProjects } from '../storage/projects.ts';
import {
  countUsers,
  listSessionGroups,
  type SessionGroup,
  type SessionTally,
  sumSessions,
} from '../storage/session-counts.ts';
import { matching } from '../telemetry/query-rows.ts';
import { badRequest } from './api-error.ts';
import { environmentsAsked, projectIds } from './event-filter.ts';
import { asReleases } from './release-filter.ts';
import { type Expression, filtersOf, mapFilters } from './search-expression.ts';
import type { Buckets } from './time-buckets.ts';

export const STATUS = 'session.status';

const GROUPS: Readonly<Record<string, (group: SessionGroup) => string | number>> = {
  project: (group) => group.project_id,
  release: (group) => group.release,
  environment: (group) => group.environment,
};

const SEARCHED = new Set([
  'project',
  'project.name',
  'release',
  'release.version',
  'release.package',
  'release.build',
  'environment',
  STATUS,
  'has',
]);

export interface SessionKey {
  readonly by: Readonly<Record<string, string | number>>;
  /** Its number among the keys. */
  readonly index: number;
  /** Ids of `session_groups`. */
  readonly members: readonly number[];
  /** Those that the search means. */
  readonly states: ReadonlySet<SessionState>;
}

export function asksForStatus(search: Expression): boolean {
  return filtersOf(search).some(({ key }) => key === STATUS);
}

/** One key, of everything, where nothing but states is told apart. */
export function sessionKeys(
  parts: ServerParts,
  c: Context,
  groupBy: readonly string[],
  search: Expression,
): SessionKey[] {
  const names = groupBy.filter((name) => name !== STATUS);
  const unknown = names.find((name) => own(GROUPS, name) === undefined);
  if (unknown !== undefined) throw badRequest(`Invalid groupBy: ${JSON.stringify(unknown)}`);
  const wrong = filtersOf(search).find(({ key }) => !SEARCHED.has(key));
  if (wrong !== undefined) throw badRequest(`Invalid search filter: ${JSON.stringify(wrong.key)}`);
  const found = Map.groupBy(groupsAsked(parts, c, search), ({ group }) =>
    JSON.stringify(names.map((name) => own(GROUPS, name)?.(group))),
  );
  if (names.length === 0 && found.size === 0)
    return [{ by: {}, index: 0, members: [], states: new Set(statesAsked(search)) }];
  return [...found.values()].map((rows, index) => {
    const [first] = rows;
    const value = (name: string): [string, string | number][] => {
      const shown = first === undefined ? undefined : own(GROUPS, name)?.(first.group);
      return shown === undefined ? [] : [[name, shown]];
    };
    return {
      by: Object.fromEntries(names.flatMap(value)),
      index,
      members: [...new Set(rows.map(({ group }) => group.id))],
      states: new Set(SESSION_STATES.filter((state) => rows.some((row) => row.state === state))),
    };
  });
}

interface AskedRow {
  readonly group: SessionGroup;
  readonly state: SessionState;
}

function groupsAsked(parts: ServerParts, c: Context, search: Expression): AskedRow[] {
  const environments = environmentsAsked(c);
  const slugs = new Map(listProjects(parts.db).map(({ id, slug }) => [id, slug]));
  const rows = listSessionGroups(parts.db, projectIds(parts, c))
    .filter(({ environment }) => environments.length === 0 || environments.includes(environment))
    .flatMap((group) => SESSION_STATES.map((state) => rowOf(group, state, slugs.get(group.project_id) ?? '')));
  const meant = mapFilters(search, (filter) => asReleases(parts, filter));
  return matching(rows, meant, parts.now().getTime());
}

function rowOf(group: SessionGroup, state: SessionState, project: string) {
  const { release, environment } = group;
  const fields = { release, environment, project, 'project.name': project, [STATUS]: state };
  return { group, state, projectId: group.project_id, at: 0, fields };
}

/** Of nothing, too, a client may ask how much there is of each state. */
function statesAsked(search: Expression): SessionState[] {
  return asksForStatus(search) ? [] : [...SESSION_STATES];
}

export interface KeyCounts {
  /** Whether there was any session. */
  has(key: SessionKey): boolean;
  /** Undefined for none. */
  total(of: 'sessions' | 'users', key: SessionKey): SessionTally | undefined;
  in(of: 'sessions' | 'users', key: SessionKey, bucket: number): SessionTally | undefined;
}

const HOUR = 3_600_000;

export function countKeys(
  { db }: ServerParts,
  keys: readonly SessionKey[],
  { start, end, step }: Pick<Buckets, 'start' | 'end' | 'step'>,
): KeyCounts {
  const scope = {
    keys: new Map(keys.flatMap(({ members, index }) => members.map((id): [number, number] => [id, index]))),
    from: start / HOUR,
    to: end / HOUR,
  };
  const byKey = (tallies: readonly SessionTally[]) =>
    new Map(tallies.map((tally) => [`${tally.key} ${tally.bucket}`, tally]));
  const series = { ...scope, step: step / HOUR };
  const totals = { sessions: byKey(sumSessions(db, scope)), users: byKey(countUsers(db, scope)) };
  const counts = { sessions: byKey(sumSessions(db, series)), users: byKey(countUsers(db, series)) };
  return {
    has: ({ index }) => totals.sessions.has(`${index} 0`),
    total: (of, { index }) => totals[of].get(`${index} 0`),
    in: (of, { index }, bucket) => counts[of].get(`${index} ${bucket}`),
  };
}
