/** Reads back how sessions went, and how many users had them: added up over any groups and intervals of hours. */
import { z } from 'zod';
import { STATE_BITS } from './count-sessions.ts';
import type { Database } from './database.ts';

const SessionGroup = z.object({
  id: z.number(),
  project_id: z.number(),
  release: z.string(),
  environment: z.string(),
});
export type SessionGroup = z.infer<typeof SessionGroup>;

/** Of all projects where none is named. */
export function listSessionGroups(db: Database, projects: readonly number[]): SessionGroup[] {
  const sql = `SELECT * FROM session_groups ${projects.length > 0 ? `WHERE project_id IN (${projects.map(() => '?').join(', ')})` : ''} ORDER BY id`;
  return db.all(SessionGroup, sql, ...projects);
}

interface SessionScope {
  /** Ids of groups, each with the number of what it is added to. */
  readonly keys: ReadonlyMap<number, number>;
  /** Hours since 1970; the last one is not part of it. */
  readonly from: number;
  readonly to: number;
  /** Hours of an interval; one interval for all where it is left out. */
  readonly step?: number;
}

/** How many sessions or users there were; a user stands once, with the worst that happened, but in `anr` and `foreground` too. */
const SessionTally = z.object({
  key: z.number(),
  /** The interval's number, from 0. */
  bucket: z.number(),
  healthy: z.number(),
  errored: z.number(),
  unhandled: z.number(),
  abnormal: z.number(),
  crashed: z.number(),
  anr: z.number(),
  foreground: z.number(),
});
export type SessionTally = z.infer<typeof SessionTally>;

/** What there was none of is left out. */
export function sumSessions(db: Database, scope: SessionScope): SessionTally[] {
  return tallies(
    db,
    scope,
    `SELECT key, bucket, sum(healthy) AS healthy, sum(errored) AS errored, sum(unhandled) AS unhandled, sum(abnormal) AS abnormal,
     sum(crashed) AS crashed, 0 AS anr, 0 AS foreground FROM (${within('session_hours', '*')}) GROUP BY key, bucket`,
  );
}

const { errored, unhandled, abnormal, crashed, anr, foreground } = STATE_BITS;
const ANY_STATE = Object.values(STATE_BITS)
  .filter((bit) => bit > 0)
  .map((bit) => `max(states & ${bit})`)
  .join(' | ');

export function countUsers(db: Database, scope: SessionScope): SessionTally[] {
  return tallies(
    db,
    scope,
    `SELECT key, bucket, sum(states & ${errored | unhandled | abnormal | crashed} = 0) AS healthy,
     sum(states & ${errored | unhandled | abnormal | crashed} = ${errored}) AS errored,
     sum(states & ${unhandled} AND NOT states & ${abnormal | crashed}) AS unhandled,
     sum(states & ${abnormal} AND NOT states & ${crashed}) AS abnormal, sum(states & ${crashed} > 0) AS crashed,
     sum(states & ${anr} > 0) AS anr, sum(states & ${foreground} > 0) AS foreground
     FROM (SELECT key, bucket, ${ANY_STATE} AS states FROM (${within('session_users', 'user_hash, states')}) GROUP BY key, bucket, user_hash)
     GROUP BY key, bucket`,
  );
}

/** A bound number is a REAL: without the cast each hour would be an interval of its own. */
function within(table: string, columns: string): string {
  return `SELECT wanted.key AS key, (hour - CAST(?1 AS INTEGER)) / CAST(?3 AS INTEGER) AS bucket, ${columns}
    FROM (SELECT value ->> 0 AS wanted_id, value ->> 1 AS key FROM json_each(?4)) AS wanted
    JOIN ${table} ON group_id = wanted_id WHERE hour >= ?1 AND hour < ?2`;
}

function tallies(db: Database, { keys, from, to, step = to - from }: SessionScope, sql: string): SessionTally[] {
  if (keys.size === 0 || to <= from) return [];
  return db.all(SessionTally, sql, from, to, step, JSON.stringify([...keys]));
}
