/** Which tags an issue's events have: known at once for searches, counted when somebody asks. */
import { z } from 'zod';
import type { Arrival } from '../event/arrival.ts';
import type { Database } from './database.ts';

/** Pairs that were written a moment ago need not be written again; two generations bound how many are remembered. */
const GENERATION = 60_000;

export interface SeenTags {
  has(pair: string): boolean;
  add(pair: string): void;
  /** After a transaction that was rolled back. */
  clear(): void;
}

export function seenTags(): SeenTags {
  let young = new Set<string>();
  let old = new Set<string>();
  const add = (pair: string): void => {
    young.add(pair);
    if (young.size < GENERATION) return;
    old = young;
    young = new Set();
  };
  return {
    has: (pair) => {
      if (young.has(pair)) return true;
      if (!old.has(pair)) return false;
      add(pair);
      return true;
    },
    add,
    clear: () => {
      young.clear();
      old.clear();
    },
  };
}

/** `user` is left out: `issue_users` has it, in a tenth of the space. */
export function noteTags(db: Database, seen: SeenTags, issueId: number, arrival: Arrival): void {
  for (const [key, value] of searchable(arrival)) {
    if (key === 'user') continue;
    const pair = `${issueId}\n${key}\n${value}`;
    if (seen.has(pair)) continue;
    db.run('INSERT INTO issue_tags (issue_id, key, value) VALUES (?, ?, ?) ON CONFLICT DO NOTHING', issueId, key, value);
    seen.add(pair);
  }
}

function* searchable({ tags, payload, description }: Arrival): Generator<readonly [string, string]> {
  yield* tags;
  yield [' platform', payload.platform ?? 'other'];
  if (description.errorType !== undefined) yield [' error.type', description.errorType];
}

/** Events of an issue that may wait to be counted: reading its tags then takes some milliseconds. */
export const UNCOUNTED = 2000;

/** Adds what came since the last time; within a transaction that counting and reading share. */
export function countTags(db: Database, issueId: number): void {
  db.run(
    `INSERT INTO issue_tags (issue_id, key, value, count, first, last)
     SELECT events.issue_id, tag.key, tag.value, count(*), min(at), max(at) FROM events, json_each(events.tags) AS tag
     WHERE events.issue_id = ?1 AND events.number > (SELECT tags_counted_to FROM issues WHERE id = ?1) GROUP BY 2, 3
     ON CONFLICT DO UPDATE SET count = count + excluded.count,
     first = min(coalesce(first, excluded.first), excluded.first), last = max(coalesce(last, excluded.last), excluded.last)`,
    issueId,
  );
  db.run(
    'UPDATE issues SET tags_uncounted = 0, tags_counted_to = (SELECT coalesce(max(number), 0) FROM events) WHERE id = ?',
    issueId,
  );
}

const TagCount = z.object({
  key: z.string(),
  value: z.string(),
  count: z.number(),
  first: z.number(),
  last: z.number(),
});
export type TagCount = z.infer<typeof TagCount>;

const Uncounted = z.object({ count: z.number() });

/** Values of an issue's tags, with how often and when they were seen: by key, the most frequent first, at most 10,000. */
export function listTagCounts(db: Database, issueId: number): TagCount[] {
  const isBehind =
    (db.one(Uncounted, 'SELECT tags_uncounted AS count FROM issues WHERE id = ?', issueId)?.count ?? 0) > 0;
  if (isBehind) db.transaction(() => countTags(db, issueId));
  return db.all(
    TagCount,
    `SELECT key, value, count, first, last FROM issue_tags WHERE issue_id = ? AND count > 0
     ORDER BY key, count DESC, value LIMIT 10000`,
    issueId,
  );
}
