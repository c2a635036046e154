/** Lets counts of sessions go when they are too old, a few at a time; of users and single sessions the newest are kept, so many. */
import { z } from 'zod';
import type { Database } from './database.ts';
import { HOUR } from './issue-statistics.ts';

/** Of one step: some milliseconds, so that what arrives meanwhile does not wait for it. */
const STEP = 500;

const Last = z.object({ number: z.number().nullable() });

/** One step, within a transaction. Returns whether there may be more to do. */
export function pruneSessions(
  db: Database,
  { days, events }: { readonly days: number; readonly events: number },
  now: number,
): boolean {
  const cutoff = Math.floor((now - days * 24 * HOUR) / HOUR);
  let most = 0;
  for (const table of ['counted_sessions', 'session_users']) {
    const last = db.one(Last, `SELECT max(number) AS number FROM ${table}`)?.number ?? 0;
    const old = `DELETE FROM ${table} WHERE number IN (SELECT number FROM ${table} WHERE hour < ? LIMIT ${STEP})`;
    const many = `DELETE FROM ${table} WHERE number IN (SELECT number FROM ${table} WHERE number <= ? ORDER BY number LIMIT ${STEP})`;
    most = Math.max(most, db.run(old, cutoff).changes, db.run(many, last - events).changes);
  }
  const hours = db.run(
    `DELETE FROM session_hours WHERE (group_id, hour) IN (SELECT group_id, hour FROM session_hours WHERE hour < ? LIMIT ${STEP})`,
    cutoff,
  ).changes;
  if (hours > 0 && hours < STEP && most < STEP) dropEmptyGroups(db);
  return Math.max(most, hours) === STEP;
}

function dropEmptyGroups(db: Database): void {
  const others = ['session_hours', 'session_users', 'counted_sessions']
    .map((table) => `AND NOT EXISTS (SELECT 1 FROM ${table} WHERE group_id = session_groups.id)`)
    .join(' ');
  db.run(`DELETE FROM session_groups WHERE 1 ${others}`);
}
