/** Health of releases as `health=1` asks for it: sessions, users, crashes and adoption, per project of a release. */
import type { Context } from 'hono';
import { own } from '../own.ts';
import type { ServerParts } from '../server-parts.ts';
import type { ReleaseRow } from '../storage/rows.ts';
import {
  countUsers,
  listSessionGroups,
  type SessionGroup,
  type SessionTally,
  sumSessions,
} from '../storage/session-counts.ts';
import { badRequest } from './api-error.ts';
import { environmentsAsked } from './event-filter.ts';
import { totalOf } from './session-figures.ts';

const HOUR = 3_600_000;

/** Hours: how long, and of one interval of `stats`. Sessions are counted by the hour, so nothing is finer. */
const PERIODS: Readonly<Record<string, { readonly length: number; readonly step: number }>> = {
  '1h': { length: 1, step: 1 },
  '24h': { length: 24, step: 1 },
  '1d': { length: 24, step: 1 },
  '48h': { length: 48, step: 1 },
  '2d': { length: 48, step: 1 },
  '7d': { length: 168, step: 24 },
  '14d': { length: 336, step: 24 },
  '30d': { length: 720, step: 24 },
  '90d': { length: 2160, step: 72 },
};

/** By id of the project. Rates and adoption are percentages; null where there is nothing to compute them from. */
export type Health = (projectId: number) => Record<string, unknown>;

/** Health by version; undefined where the request does not ask for it. */
export function healthOf(
  parts: ServerParts,
  c: Context,
  releases: readonly ReleaseRow[],
): ((version: string) => Health) | undefined {
  if (!isAsked(c.req.query('health'))) return undefined;
  const summary = periodOf(c, 'summaryStatsPeriod', '14d');
  const shown = periodOf(c, 'healthStatsPeriod', '24h');
  const stat = c.req.query('healthStat') || 'sessions';
  if (stat !== 'sessions' && stat !== 'users') throw badRequest('healthStat must be one of: sessions, users');
  const { groups, keys, all } = keysOf(parts, c, releases);
  const end = Math.floor(parts.now().getTime() / HOUR) + 1;
  const over = (hours: number, of: ReadonlyMap<number, number>, step = hours) => {
    const scope = { keys: of, from: end - hours, to: end, step };
    return { sessions: () => byKey(sumSessions(parts.db, scope)), users: () => byKey(countUsers(parts.db, scope)) };
  };
  const whole = tallied(over(summary.length, keys));
  const day = tallied(over(24, keys));
  const project = tallied(over(24, all));
  const stats = over(shown.length, keys, shown.step)[stat]();
  const starts = Array.from(
    { length: shown.length / shown.step },
    (_, index) => end - shown.length + index * shown.step,
  );
  return (version) => (projectId) => {
    const group = groups.find((one) => one.release === version && one.project_id === projectId);
    const key = group === undefined ? -1 : (keys.get(group.id) ?? -1);
    const [sessions, users] = [whole.sessions(key), whole.users(key)];
    const total24h = { sessions: totalOf(day.sessions(key)), users: totalOf(day.users(key)) };
    const project24h = { sessions: totalOf(project.sessions(projectId)), users: totalOf(project.users(projectId)) };
    const counts = starts.map((hour, bucket) => [hour * 3600, totalOf(stats.get(`${key} ${bucket}`))]);
    return {
      durationP50: null,
      durationP90: null,
      crashFreeUsers: crashFree(users),
      crashFreeSessions: crashFree(sessions),
      totalUsers: totalOf(users),
      totalUsers24h: total24h.users,
      totalProjectUsers24h: project24h.users,
      totalSessions: totalOf(sessions),
      totalSessions24h: total24h.sessions,
      totalProjectSessions24h: project24h.sessions,
      adoption: percent(total24h.users, project24h.users),
      sessionsAdoption: percent(total24h.sessions, project24h.sessions),
      sessionsCrashed: sessions?.crashed ?? 0,
      sessionsErrored: (sessions?.errored ?? 0) + (sessions?.unhandled ?? 0),
      hasHealthData: group !== undefined,
      stats: { [c.req.query('healthStatsPeriod') || '24h']: counts },
    };
  };
}

/** As forms and clients write it. */
export function isAsked(flag: string | undefined): boolean {
  return flag === '1' || flag?.toLowerCase() === 'true';
}

/** Percentage; null without any. */
export function crashFree(tally: SessionTally | undefined): number | null {
  const all = totalOf(tally);
  return percent(all - (tally?.crashed ?? 0), all);
}

function percent(part: number, all: number): number | null {
  return all === 0 ? null : (part / all) * 100;
}

function periodOf(c: Context, name: string, usual: string): { readonly length: number; readonly step: number } {
  const period = own(PERIODS, c.req.query(name) || usual);
  if (period === undefined) throw badRequest(`Invalid ${name}. Must be one of ${Object.keys(PERIODS).join(', ')}.`);
  return period;
}

type ByKey = ReadonlyMap<string, SessionTally>;

function byKey(tallies: readonly SessionTally[]): ByKey {
  return new Map(tallies.map((tally) => [`${tally.key} ${tally.bucket}`, tally]));
}

function tallied({ sessions, users }: { sessions: () => ByKey; users: () => ByKey }) {
  const [found, people] = [sessions(), users()];
  return { sessions: (key: number) => found.get(`${key} 0`), users: (key: number) => people.get(`${key} 0`) };
}

/** `keys` tells the releases of the page apart, by project, `all` the projects only. */
function keysOf(
  parts: ServerParts,
  c: Context,
  releases: readonly ReleaseRow[],
): { groups: SessionGroup[]; keys: Map<number, number>; all: Map<number, number> } {
  const environments = environmentsAsked(c);
  const every = listSessionGroups(parts.db, []).filter(
    ({ environment }) => environments.length === 0 || environments.includes(environment),
  );
  const versions = new Set(releases.map(({ version }) => version));
  const groups = every.filter(({ release }) => versions.has(release));
  const numbers = new Map<string, number>();
  const keys = new Map<number, number>();
  for (const { id, project_id, release } of groups) {
    const name = `${project_id} ${release}`;
    if (!numbers.has(name)) numbers.set(name, numbers.size);
    keys.set(id, numbers.get(name) ?? -1);
  }
  return { groups, keys, all: new Map(every.map(({ id, project_id }) => [id, project_id])) };
}
