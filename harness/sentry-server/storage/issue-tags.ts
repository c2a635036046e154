/** The tags of issues' events, counted. */
import { z } from 'zod';
import type { Database } from './database.ts';

const TagCount = z.object({
  key: z.string(),
  value: z.string(),
  count: z.number(),
  first: z.number(),
  last: z.number(),
});
export type TagCount = z.infer<typeof TagCount>;

/** Values of an issue's tags, with how often and when they were seen: by key, the most frequent first, at most 10,000. */
export function listTagCounts(db: Database, issueId: number): TagCount[] {
  return db.all(
    TagCount,
    `SELECT key, value, count(*) AS count, min(at) AS first, max(at) AS last FROM event_tags
     JOIN events ON events.number = event_number WHERE event_tags.issue_id = ? GROUP BY key, value ORDER BY key, count DESC, value LIMIT 10000`,
    issueId,
  );
}
