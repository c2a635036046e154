/** Envelope items that become no issue: counted, and the newest kept as they came. */
import { limits } from '../limits.ts';
import type { Database } from './database.ts';

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
  // Pruned now and then only: the bound may be passed by a tenth.
  if (id % (limits.rawItems / 10) !== 0) return;
  db.run(
    `DELETE FROM raw_items WHERE project_id = ?1 AND number <=
     (SELECT number FROM raw_items WHERE project_id = ?1 ORDER BY number DESC LIMIT 1 OFFSET ?2)`,
    projectId,
    limits.rawItems,
  );
}

export type Outcome = 'accepted' | 'kept' | 'unknown' | 'duplicate' | 'too-large' | 'invalid';

export function countItem(db: Database, projectId: number, type: string, outcome: Outcome): void {
  db.run(
    `INSERT INTO item_counts (project_id, type, outcome, count) VALUES (?, ?, ?, 1)
     ON CONFLICT DO UPDATE SET count = count + 1`,
    projectId,
    type,
    outcome,
  );
}
