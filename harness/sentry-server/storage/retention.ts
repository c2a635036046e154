/**
 * Lets old events go, a few at a time, and carries those of merged and deleted issues. An issue keeps its counts, hours, users and tag counts when events of it go, as at
 * Sentry; and, as there, an issue goes with all that is known of it when its last event is older than `days`. What is kept beside
 * events (envelope items, counts of items, check-ins, user reports) goes at that age, too; releases, monitors and source maps stay.
 */
import { z } from 'zod';
import type { Database } from './database.ts';
import { HOUR } from './issue-statistics.ts';
import { hasMoves, moveStep } from './move-events.ts';
import { pruneSessions } from './prune-sessions.ts';
import { IdRow } from './rows.ts';

export interface Retention {
  /** How long an event is kept after it came. */
  readonly days: number;
  /** How many events are kept, the newest, over all projects. */
  readonly events: number;
}

/** Sentry's 90 days; a million events of 5 kB are a file of about 8 GB. */
export const RETENTION: Retention = { days: 90, events: 1_000_000 };

/** Of one step: some milliseconds, so that events that arrive meanwhile do not wait for it. */
const STEP = 100;
const ISSUES = 10;
const HOURS = 24;

const Range = z.object({ first: z.number().nullable(), last: z.number().nullable() });

/**
 * One step, within a transaction. Returns whether there may be more to do. With `andIssues` it looks through the issues as
 * well, which costs more the more there are.
 */
export function pruneStep(db: Database, retention: Retention, now: number, andIssues: boolean): boolean {
  if (moveStep(db)) return true;
  const last = lastToPrune(db, retention, now);
  const pruned = last > 0 ? pruneEvents(db, last) : 0;
  const hasOldSessions = pruneSessions(db, retention, now);
  const cutoff = cutoffOf(retention, now);
  const hasOldIssues = andIssues && (pruneIssues(db, cutoff) === ISSUES || pruneBeside(db, cutoff) > 0);
  return hasOldSessions || hasOldIssues || pruned > 0;
}

/** Whether a step would move events or find old ones; to be asked without a transaction. */
export function hasWork(db: Database, retention: Retention, now: number): boolean {
  return hasMoves(db) || lastToPrune(db, retention, now) > 0;
}

function cutoffOf({ days }: Retention, now: number): number {
  return now - days * 24 * HOUR;
}

/** Number of the last event of a step, 0 where there is none. */
function lastToPrune(db: Database, retention: Retention, now: number): number {
  const range = db.one(
    Range,
    'SELECT (SELECT min(number) FROM events) AS first, (SELECT max(number) FROM events) AS last',
  );
  const first = range?.first ?? 0;
  // Numbers grow by one; those that are missing in between count as kept, which errs by what was deleted by hand.
  const tooMany = Math.min((range?.last ?? 0) - retention.events, first + STEP - 1);
  const old = db.one(
    IdRow,
    `SELECT max(number) AS id FROM (SELECT number, received_at FROM events ORDER BY number LIMIT ${STEP}) WHERE received_at < ? HAVING id IS NOT NULL`,
    cutoffOf(retention, now),
  );
  const last = Math.max(tooMany, old?.id ?? 0);
  return last >= first && first > 0 ? last : 0;
}

/** Up to the event of that number. */
function pruneEvents(db: Database, last: number): number {
  // What goes is counted first: `countTags` could not count it any more.
  const uncounted = 'events JOIN issues ON issues.id = events.issue_id AND events.number > issues.tags_counted_to';
  db.run(
    `INSERT INTO issue_tags (issue_id, key, value, count, first, last)
     SELECT events.issue_id, tag.key, tag.value, count(*), min(at), max(at) FROM ${uncounted}, json_each(events.tags) AS tag
     WHERE events.number <= ? GROUP BY 1, 2, 3
     ON CONFLICT DO UPDATE SET count = count + excluded.count,
     first = min(coalesce(first, excluded.first), excluded.first), last = max(coalesce(last, excluded.last), excluded.last)`,
    last,
  );
  db.run(
    `UPDATE issues SET tags_uncounted = tags_uncounted - gone.count, tags_counted_to = ?1
     FROM (SELECT issue_id, count(*) AS count FROM ${uncounted} WHERE events.number <= ?1 GROUP BY issue_id) AS gone WHERE id = gone.issue_id`,
    last,
  );
  return db.run('DELETE FROM events WHERE number <= ?', last).changes;
}

/** `issue_users` stays: it is found by user, ids of issues are not used again, and a row of it has 13 bytes. */
function pruneIssues(db: Database, cutoff: number): number {
  const old = db.all(
    IdRow,
    `SELECT id FROM issues WHERE last_seen < ? AND leaving IS NULL AND NOT EXISTS (SELECT 1 FROM events WHERE issue_id = issues.id) LIMIT ${ISSUES}`,
    cutoff,
  );
  for (const { id } of old) {
    for (const table of ['hashes', 'activities', 'issue_hours', 'issue_tags'])
      db.run(`DELETE FROM ${table} WHERE issue_id = ?`, id);
    db.run('DELETE FROM issue_redirects WHERE to_issue = ?', id);
    db.run('DELETE FROM issues WHERE id = ?', id);
  }
  return old.length;
}

const BESIDE = [
  ['raw_items', 'received_at'],
  ['check_ins', 'updated_at'],
  ['user_reports', 'at'],
] as const;

/** Returns how much went. The hour 0 holds what older versions counted without an hour. */
function pruneBeside(db: Database, cutoff: number): number {
  const rows = BESIDE.map(([table, at]) => {
    const old = `SELECT rowid FROM ${table} WHERE ${at} < ? ORDER BY rowid LIMIT ${STEP}`;
    return db.run(`DELETE FROM ${table} WHERE rowid IN (${old})`, cutoff).changes;
  });
  const hours = `SELECT DISTINCT hour FROM item_counts WHERE hour > 0 AND hour < ? ORDER BY hour LIMIT ${HOURS}`;
  const counts = db.run(`DELETE FROM item_counts WHERE hour IN (${hours})`, cutoff).changes;
  return rows.reduce((sum, count) => sum + count, counts);
}
