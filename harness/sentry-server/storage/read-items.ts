/** Reads kept envelope items back: newest first, and never more bytes than fit into memory at ease. */
import type { SQLInputValue } from 'node:sqlite';
import { z } from 'zod';
import type { Database } from './database.ts';

const ItemRow = z.object({
  number: z.number(),
  project_id: z.number(),
  type: z.string(),
  event_id: z.string().nullable(),
  trace_id: z.string().nullable(),
  received_at: z.number(),
  header: z
    .string()
    .transform((text): Record<string, unknown> => z.record(z.string(), z.unknown()).parse(JSON.parse(text))),
  payload: z.instanceof(Uint8Array),
});
export type ItemRow = z.infer<typeof ItemRow>;

export interface ItemScope {
  readonly types: readonly string[];
  /** Ids; all projects where it is empty or left out. */
  readonly projects?: readonly number[];
  readonly eventId?: string;
  /** Items of that trace, and those whose envelope names none. */
  readonly traceId?: string;
  /** Received at or after, in milliseconds. */
  readonly since?: number;
}

const MAX_ITEMS = 5000;
const MAX_BYTES = 64 * 1024 * 1024;

/** Newest first. */
export function readItems(db: Database, scope: ItemScope): ItemRow[] {
  const { sql, values } = where(scope);
  return db.all(
    ItemRow,
    `SELECT * FROM raw_items WHERE number IN (
       SELECT number FROM (
         SELECT number, sum(length(payload)) OVER (ORDER BY number DESC) AS bytes FROM raw_items WHERE ${sql} ORDER BY number DESC LIMIT ${MAX_ITEMS}
       ) WHERE bytes <= ${MAX_BYTES}
     ) ORDER BY number DESC`,
    ...values,
  );
}

/** Whether there is any. */
export function hasItems(db: Database, scope: ItemScope): boolean {
  const { sql, values } = where(scope);
  return (
    db.one(z.object({ number: z.number() }), `SELECT number FROM raw_items WHERE ${sql} LIMIT 1`, ...values) !==
    undefined
  );
}

function where({ types, projects = [], eventId, traceId, since }: ItemScope): { sql: string; values: SQLInputValue[] } {
  const parts = [`type IN (${types.map(() => '?').join(', ')})`];
  const values: SQLInputValue[] = [...types];
  if (projects.length > 0) {
    parts.push(`project_id IN (${projects.map(() => '?').join(', ')})`);
    values.push(...projects);
  }
  if (eventId !== undefined) {
    parts.push('event_id = ?');
    values.push(eventId);
  }
  if (traceId !== undefined) {
    parts.push('(trace_id = ? OR trace_id IS NULL)');
    values.push(traceId);
  }
  if (since !== undefined) {
    parts.push('received_at >= ?');
    values.push(since);
  }
  return { sql: parts.join(' AND '), values };
}
