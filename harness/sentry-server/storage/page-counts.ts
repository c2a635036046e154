/** Counts that the page for people shows: one query for all issues of a list, never one per row. */
import { z } from 'zod';
import type { Database } from './database.ts';

const Bucket = z.object({ issue: z.number(), bucket: z.number(), count: z.number() });

export interface Span {
  /** Milliseconds of one interval. */
  readonly step: number;
  readonly length: number;
  /** The last interval is the one that holds this time. */
  readonly now: number;
}

/** Events per interval for each issue, oldest first, empty intervals included. */
export function countsPerInterval(
  db: Database,
  issueIds: readonly number[],
  { step, length, now }: Span,
): Map<number, number[]> {
  const start = Math.floor(now / step) - length + 1;
  const counts = new Map(issueIds.map((id) => [id, Array.from({ length }, () => 0)]));
  const found = db.all(
    Bucket,
    // A bound number is a fraction to SQLite; only whole ones divide to whole ones.
    `SELECT issue_id AS issue, at / CAST(?1 AS INTEGER) AS bucket, count(*) AS count FROM events
     WHERE issue_id IN (SELECT value FROM json_each(?2)) AND at >= ?3 AND at < ?4 GROUP BY 1, 2`,
    step,
    JSON.stringify(issueIds),
    start * step,
    (start + length) * step,
  );
  for (const { issue, bucket, count } of found) {
    const row = counts.get(issue);
    if (row !== undefined) row[bucket - start] = count;
  }
  return counts;
}

const UserCount = z.object({ issue: z.number(), count: z.number() });

/** Different users per issue; an issue without any is left out. */
export function usersPerIssue(db: Database, issueIds: readonly number[]): Map<number, number> {
  const found = db.all(
    UserCount,
    `SELECT issue_id AS issue, count(DISTINCT user_key) AS count FROM events
     WHERE issue_id IN (SELECT value FROM json_each(?)) GROUP BY 1`,
    JSON.stringify(issueIds),
  );
  return new Map(found.map(({ issue, count }) => [issue, count]));
}

const Named = z.object({ name: z.string() });

/** Names by alphabet; those that none of the newest events came from are left out. */
export function recentEnvironments(db: Database): string[] {
  return db
    .all(
      Named,
      `SELECT DISTINCT environment AS name FROM (SELECT environment FROM events ORDER BY number DESC LIMIT 2000)
       WHERE environment IS NOT NULL ORDER BY 1 LIMIT 100`,
    )
    .map(({ name }) => name);
}

const TagCount = z.object({
  key: z.string(),
  value: z.string(),
  count: z.number(),
  first: z.number(),
  last: z.number(),
});
export type TagCount = z.infer<typeof TagCount>;

/** How the tags of an issue's newest events are spread, by key and most frequent first; `events` bounds the work. */
export function tagCounts(db: Database, issueId: number, events: number): TagCount[] {
  return db.all(
    TagCount,
    `SELECT key, value, count(*) AS count, min(at) AS first, max(at) AS last
     FROM (SELECT number, at FROM events WHERE issue_id = ? ORDER BY at DESC, number DESC LIMIT ?)
     JOIN event_tags ON event_number = number GROUP BY key, value ORDER BY key, count DESC, value`,
    issueId,
    events,
  );
}
