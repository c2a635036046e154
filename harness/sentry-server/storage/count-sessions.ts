/** Counts sessions as they arrive: one by one with updates, as browsers and apps send them, or counted already, as servers do. */
import { z } from 'zod';
import type { Database } from './database.ts';
import { HOUR } from './issue-statistics.ts';
import { ensureRelease } from './releases.ts';
import { IdRow } from './rows.ts';
import { userHash } from './user-hash.ts';

/** From the best to the worst. */
export const SESSION_STATES = ['healthy', 'errored', 'unhandled', 'abnormal', 'crashed'] as const;
export const SessionState = z.enum(SESSION_STATES);
export type SessionState = z.infer<typeof SessionState>;

/** Of `session_users.states`. The last two say that an app did not respond; in the foreground for `foreground`. */
export const STATE_BITS = {
  healthy: 0,
  errored: 1,
  unhandled: 2,
  abnormal: 4,
  crashed: 8,
  anr: 16,
  foreground: 32,
} as const;

export interface Sessions {
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly release: string;
  /** Empty where none is named. */
  readonly environment: string;
  readonly state: SessionState;
  readonly count: number;
  /** Undefined where the SDK does not tell users apart. */
  readonly user: string | undefined;
  /** Of one session that may be told of again; undefined for sessions that were counted by the SDK. */
  readonly sid: string | undefined;
  readonly anr: 'foreground' | 'background' | undefined;
}

const Counted = z.object({ group_id: z.number(), hour: z.number(), state: SessionState });

/** Within a transaction. A session counts once, in the worst of its states; where and when its first update says. */
export function countSessions(db: Database, projectId: number, sessions: readonly Sessions[], now: number): void {
  for (const one of sessions) {
    const known = one.sid === undefined ? undefined : findCounted(db, projectId, one.sid);
    const place = known ?? {
      group_id: groupOf(db, projectId, one, now),
      hour: Math.floor(one.startedAt / HOUR),
    };
    if (known === undefined) {
      addToHour(db, place, one.state, one.count);
      if (one.sid !== undefined) noteCounted(db, projectId, one.sid, { ...place, state: one.state });
    } else if (SESSION_STATES.indexOf(one.state) > SESSION_STATES.indexOf(known.state)) {
      addToHour(db, place, known.state, -1);
      addToHour(db, place, one.state, 1);
      db.run(
        'UPDATE counted_sessions SET state = ? WHERE project_id = ? AND sid = ?',
        one.state,
        projectId,
        one.sid ?? '',
      );
    }
    if (one.user !== undefined) countUser(db, place, one.user, one);
  }
}

interface Place {
  readonly group_id: number;
  readonly hour: number;
}

function findCounted(db: Database, projectId: number, sid: string): z.infer<typeof Counted> | undefined {
  const sql = 'SELECT group_id, hour, state FROM counted_sessions WHERE project_id = ? AND sid = ?';
  return db.one(Counted, sql, projectId, sid);
}

function noteCounted(
  db: Database,
  projectId: number,
  sid: string,
  { group_id, hour, state }: z.infer<typeof Counted>,
): void {
  const sql = 'INSERT INTO counted_sessions (project_id, sid, group_id, hour, state) VALUES (?, ?, ?, ?, ?)';
  db.run(sql, projectId, sid, group_id, hour, state);
}

/** A release that only sessions have told of is one all the same. */
function groupOf(db: Database, projectId: number, { release, environment }: Sessions, now: number): number {
  const sql = 'SELECT id FROM session_groups WHERE project_id = ? AND release = ? AND environment = ?';
  const known = db.one(IdRow, sql, projectId, release, environment);
  if (known !== undefined) return known.id;
  ensureRelease(db, release, projectId, now);
  const insert = 'INSERT INTO session_groups (project_id, release, environment) VALUES (?, ?, ?)';
  return db.run(insert, projectId, release, environment).id;
}

/** `state` is one of our own words. */
function addToHour(db: Database, { group_id, hour }: Place, state: SessionState, count: number): void {
  db.run(
    `INSERT INTO session_hours (group_id, hour, ${state}) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET ${state} = ${state} + excluded.${state}`,
    group_id,
    hour,
    count,
  );
}

function countUser(db: Database, { group_id, hour }: Place, user: string, { state, anr }: Sessions): void {
  const stuck = anr === undefined ? 0 : STATE_BITS.anr | (anr === 'foreground' ? STATE_BITS.foreground : 0);
  db.run(
    `INSERT INTO session_users (group_id, hour, user_hash, states) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET states = states | excluded.states WHERE states | excluded.states <> states`,
    group_id,
    hour,
    userHash(user),
    STATE_BITS[state] | stuck,
  );
}
