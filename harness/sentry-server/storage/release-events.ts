/** When a release's events came: from the tags of the issues that it had, without a look at all events. */
import { z } from 'zod';
import type { Database } from './database.ts';
import { countTags } from './issue-tags.ts';
import { IdRow } from './rows.ts';

const Span = z.object({ first: z.number().nullable(), last: z.number().nullable() });
export type Span = z.infer<typeof Span>;

/** Tags are cut to this length. */
const LONGEST = 200;

/** Milliseconds since 1970; null before the first event. */
export function eventsOfRelease(db: Database, version: string): Span {
  const value = version.slice(0, LONGEST);
  const behind = db.all(
    IdRow,
    "SELECT id FROM issues WHERE tags_uncounted > 0 AND id IN (SELECT issue_id FROM issue_tags WHERE key = 'release' AND value = ?)",
    value,
  );
  for (const { id } of behind) db.transaction(() => countTags(db, id));
  const sql =
    "SELECT min(first) AS first, max(last) AS last FROM issue_tags WHERE key = 'release' AND value = ? AND count > 0";
  return db.one(Span, sql, value) ?? { first: null, last: null };
}
