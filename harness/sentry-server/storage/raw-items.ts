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

/** Outcomes of items, added up until the transaction that stores them ends: one row counts all items of a kind. */
export interface ItemCounts {
  add(projectId: number, type: string, outcome: Outcome): void;
  /** Within the transaction. */
  write(): void;
  /** After a transaction that was rolled back. */
  clear(): void;
}

export function itemCounts(db: Database): ItemCounts {
  const counts = new Map<string, number>();
  return {
    add: (projectId, type, outcome) => {
      const key = `${projectId} ${outcome} ${type}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    },
    write: () => {
      for (const [key, count] of counts) {
        const [project = '', outcome = '', ...type] = key.split(' ');
        db.run(
          `INSERT INTO item_counts (project_id, type, outcome, count) VALUES (?1, ?2, ?3, ?4)
           ON CONFLICT DO UPDATE SET count = count + ?4`,
          Number(project),
          type.join(' '),
          outcome,
          count,
        );
      }
      counts.clear();
    },
    clear: () => counts.clear(),
  };
}
