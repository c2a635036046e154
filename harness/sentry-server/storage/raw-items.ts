/** Envelope items that become no issue: the newest are kept. */
import { z } from 'zod';
import { limits } from '../limits.ts';
import type { Database } from './database.ts';

const RawItemRow = z.object({
  number: z.number(),
  type: z.string(),
  event_id: z.string().nullable(),
  trace_id: z.string().nullable(),
  received_at: z.number(),
  header: z.string().transform((text): unknown => JSON.parse(text)),
  payload: z.instanceof(Uint8Array),
});
export type RawItemRow = z.infer<typeof RawItemRow>;

/** Newest first. */
export function listRawItems(
  db: Database,
  projectId: number,
  { type, limit, offset }: { type: string | undefined; limit: number; offset: number },
): RawItemRow[] {
  return db.all(
    RawItemRow,
    `SELECT number, type, event_id, trace_id, received_at, header, payload FROM raw_items
     WHERE project_id = ?1 AND (?2 IS NULL OR type = ?2) ORDER BY number DESC LIMIT ?3 OFFSET ?4`,
    projectId,
    type ?? null,
    limit,
    offset,
  );
}

export interface RawItem {
  readonly type: string;
  readonly eventId: string | undefined;
  readonly traceId: string | undefined;
  readonly header: Record<string, unknown>;
  readonly payload: Uint8Array;
}

export function keepRawItem(db: Database, projectId: number, item: RawItem, now: number): void {
  const { id } = db.run(
    'INSERT INTO raw_items (project_id, type, event_id, trace_id, received_at, header, payload) VALUES (?, ?, ?, ?, ?, ?, ?)',
    projectId,
    item.type,
    item.eventId ?? null,
    item.traceId ?? null,
    now,
    JSON.stringify(item.header),
    item.payload,
  );
  // Pruned now and then only, and after what is large: the bounds may be passed by a tenth.
  if (id % (limits.rawItems / 10) !== 0 && item.payload.byteLength < LARGE) return;
  db.run(
    `DELETE FROM raw_items WHERE project_id = ?1 AND number <=
     (SELECT number FROM raw_items WHERE project_id = ?1 ORDER BY number DESC LIMIT 1 OFFSET ?2)`,
    projectId,
    limits.rawItems,
  );
  db.run(
    `DELETE FROM raw_items WHERE project_id = ?1 AND number IN (
       SELECT number FROM (SELECT number, sum(length(payload)) OVER (ORDER BY number DESC) AS total FROM raw_items WHERE project_id = ?1)
       WHERE total > ?2)`,
    projectId,
    limits.rawTotalBytes,
  );
}

const LARGE = limits.rawTotalBytes / 100;
