/** Counts that the page for people shows: one query for all issues of a list, never one per row. */
import { z } from 'zod';
import type { Database } from './database.ts';
import { HOUR } from './issue-statistics.ts';

const Bucket = z.object({ issue: z.number(), bucket: z.number(), count: z.number() });

export interface Span {
  /** Milliseconds of one interval, a multiple of an hour. */
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
    `SELECT issue_id AS issue, hour / CAST(?1 AS INTEGER) AS bucket, sum(count) AS count FROM (
       SELECT issue_id, hour, count FROM issue_hours WHERE issue_id IN (SELECT value FROM json_each(?2)) UNION ALL
       SELECT id, hour, hour_count FROM issues WHERE id IN (SELECT value FROM json_each(?2)) AND hour_count > 0)
     WHERE hour >= ?3 AND hour < ?4 GROUP BY 1, 2`,
    step / HOUR,
    JSON.stringify(issueIds),
    (start * step) / HOUR,
    ((start + length) * step) / HOUR,
  );
  for (const { issue, bucket, count } of found) {
    const row = counts.get(issue);
    if (row !== undefined) row[bucket - start] = count;
  }
  return counts;
}

const UserCount = z.object({ issue: z.number(), count: z.number() });

/** Different users per issue. */
export function usersPerIssue(db: Database, issueIds: readonly number[]): Map<number, number> {
  const found = db.all(
    UserCount,
    'SELECT id AS issue, user_count AS count FROM issues WHERE id IN (SELECT value FROM json_each(?))',
    JSON.stringify(issueIds),
  );
  return new Map(found.map(({ issue, count }) => [issue, count]));
}

const Named = z.object({ name: z.string() });

/** Names by alphabet. */
export function listEnvironments(db: Database): string[] {
  return db
    .all(Named, "SELECT DISTINCT value AS name FROM issue_tags WHERE key = 'environment' ORDER BY 1 LIMIT 100")
    .map(({ name }) => name);
}
