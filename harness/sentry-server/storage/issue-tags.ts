/** Which tags an issue's events have: known at once for searches, counted when somebody asks. */
import { z } from 'zod';
import type { Arrival } from '../event/arrival.ts';
import type { Database } from './database.ts';

/** Remembers which pairs were written, as 64-bit digests in a table of fixed size: a newer pair takes an older one's place. */
export interface SeenTags {
  /** Whether the pair was added before; it is from now on. */
  add(issueId: number, key: string, value: string): boolean;
  /** After a transaction that was rolled back. */
  clear(): void;
}

/** Threads that store for one file share it: who clears it clears it for all. */
export interface SharedSeenTags extends SeenTags {
  readonly shared: SharedArrayBuffer;
}

const SLOTS = 1 << 18;
const SLOT_BYTES = 8;

export function seenTags(shared = new SharedArrayBuffer(SLOTS * SLOT_BYTES)): SharedSeenTags {
  const slots = new Uint32Array(shared);
  return {
    shared,
    add: (issueId, key, value) => {
      let one = Math.imul(issueId, 0x9e3779b1) | 1;
      let other = Math.imul(issueId, 0x85ebca6b) ^ key.length;
      for (const text of [key, value]) {
        for (let index = 0; index < text.length; index += 1) {
          const code = text.charCodeAt(index);
          one = Math.imul(one ^ code, 0x01000193);
          other = Math.imul(other + code, 0xcc9e2d51) ^ (other >>> 15);
        }
      }
      const slot = (((one ^ (one >>> 15)) >>> 0) % SLOTS) * 2;
      const isKnown = slots[slot] === one >>> 0 && slots[slot + 1] === other >>> 0;
      slots[slot] = one;
      slots[slot + 1] = other;
      return isKnown;
    },
    clear: () => {
      slots.fill(0);
    },
  };
}

/** `tags` are without the user's, whom `issue_users` has in a tenth of the space. */
export function noteTags(
  db: Database,
  seen: SeenTags,
  issueId: number,
  tags: readonly (readonly [string, string])[],
): void {
  for (const [key, value] of tags) {
    if (seen.add(issueId, key, value)) continue;
    db.run(
      'INSERT INTO issue_tags (issue_id, key, value) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
      issueId,
      key,
      value,
    );
  }
}

/** What a search over issues may ask for: an event's tags, its platform and the types of its exceptions. */
export function searchable({ tags, words, errorTypes }: Arrival): (readonly [string, string])[] {
  return [
    ...tags,
    [' platform', words.platform ?? 'other'],
    ...errorTypes.map((type): [string, string] => [' error.type', type]),
  ];
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
