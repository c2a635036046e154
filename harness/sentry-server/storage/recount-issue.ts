/** Counts an issue anew from its events, after it was split. */
import { z } from 'zod';
import { describeEvent } from '../event/describe-event.ts';
import type { Database } from './database.ts';
import { payloadOfEvent } from './find-event.ts';
import { latestEvent } from './issues.ts';

/** Nothing is counted any more; the events that the issue keeps are added one by one afterwards. */
export function forgetCounts(db: Database, issueId: number): void {
  for (const table of ['issue_hours', 'issue_tags', 'issue_users'])
    db.run(`DELETE FROM ${table} WHERE issue_id = ?`, issueId);
  // Tags in common would not be noted again with the next event.
  db.run(
    "UPDATE issues SET count = 0, user_count = 0, hour_count = 0, is_unhandled = 0, common_tags = '{}' WHERE id = ?",
    issueId,
  );
}

/** Those events of the issue, by their numbers; times, releases and words are left to `settleWords`. */
export function addEvents(db: Database, issueId: number, numbers: readonly number[]): void {
  if (numbers.length === 0) return;
  const list = JSON.stringify(numbers);
  const these = 'events.number IN (SELECT value FROM json_each(?2))';
  db.run(
    `INSERT INTO issue_hours (issue_id, hour, count) SELECT ?1, at / 3600000, count(*) FROM events WHERE ${these} GROUP BY 2
     ON CONFLICT DO UPDATE SET count = count + excluded.count`,
    issueId,
    list,
  );
  db.run(
    `INSERT INTO issue_tags (issue_id, key, value, count, first, last)
     SELECT ?1, tag.key, tag.value, count(*), min(at), max(at) FROM events, json_each(events.tags) AS tag WHERE ${these} GROUP BY 2, 3
     ON CONFLICT DO UPDATE SET count = count + excluded.count,
     first = min(coalesce(first, excluded.first), excluded.first), last = max(coalesce(last, excluded.last), excluded.last)`,
    issueId,
    list,
  );
  db.run(
    `INSERT INTO issue_tags (issue_id, key, value)
     SELECT ?1, ' platform', platform FROM events WHERE ${these} UNION
     SELECT ?1, ' error.type', error_type FROM events WHERE ${these} AND error_type IS NOT NULL UNION
     SELECT ?1, ' error.type', json_extract(one.value, '$.type') FROM events, json_each(events.payload, '$.exception') AS one
     WHERE ${these} AND json_type(one.value, '$.type') = 'text'
     ON CONFLICT DO NOTHING`,
    issueId,
    list,
  );
  const users = db.run(
    `INSERT INTO issue_users (user_hash, issue_id)
     SELECT DISTINCT user_hash(user_key), ?1 FROM events WHERE ${these} AND user_key IS NOT NULL ON CONFLICT DO NOTHING`,
    issueId,
    list,
  );
  db.run(
    `UPDATE issues SET count = count + ?3, user_count = user_count + ?4,
     is_unhandled = max(is_unhandled, (SELECT max(is_unhandled) FROM events WHERE ${these})) WHERE id = ?1`,
    issueId,
    list,
    numbers.length,
    users.changes,
  );
}

const Place = z.object({ at: z.number(), release: z.string().nullable() });
const Release = z.object({ release: z.string() });

/** The words of its newest event, and when and in which releases its events came. */
export function settleWords(db: Database, issueId: number): void {
  const newest = latestEvent(db, issueId);
  const oldest = db.one(
    Place,
    'SELECT at, release FROM events WHERE issue_id = ? ORDER BY at, number LIMIT 1',
    issueId,
  );
  if (newest === undefined || oldest === undefined) return;
  const named = db.one(
    Release,
    'SELECT release FROM events WHERE issue_id = ? AND release IS NOT NULL ORDER BY at DESC, number DESC LIMIT 1',
    issueId,
  );
  const { metadata } = describeEvent(payloadOfEvent(db, newest.number));
  db.run(
    `UPDATE issues SET title = ?2, culprit = ?3, level = ?4, logger = ?5, metadata = ?6, first_seen = ?7, last_seen = ?8,
     first_release = ?9, last_release = ?10 WHERE id = ?1`,
    issueId,
    newest.title,
    newest.culprit,
    newest.level,
    newest.logger,
    JSON.stringify(metadata),
    oldest.at,
    newest.at,
    oldest.release,
    named?.release ?? null,
  );
}
