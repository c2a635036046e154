/** When a release's events came. */
import { z } from 'zod';
import type { Database } from './database.ts';

const Span = z.object({ first: z.number().nullable(), last: z.number().nullable() });
export type Span = z.infer<typeof Span>;

/** Milliseconds since 1970; null before the first event. */
export function eventsOfRelease(db: Database, version: string): Span {
  const sql = 'SELECT min(at) AS first, max(at) AS last FROM events WHERE release = ?';
  return db.one(Span, sql, version) ?? { first: null, last: null };
}
