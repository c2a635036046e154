/** How many items of each kind came and what became of them, by the hour. */
import { z } from 'zod';
import type { Database } from './database.ts';

/** Sentry's outcomes are `accepted` (here also `kept`), `filtered`, `rate_limited`, `invalid` (here also `unknown`, `duplicate`, `too-large`) and `client_discard`. */
export type Outcome =
  | 'accepted'
  | 'kept'
  | 'filtered'
  | 'rate_limited'
  | 'client_discard'
  | 'unknown'
  | 'duplicate'
  | 'too-large'
  | 'invalid';

export interface ItemCount {
  /** The item's type; `client_report` for what an SDK says that it threw away. */
  readonly type: string;
  /** Sentry's data category, such as `error` or `span`. */
  readonly category: string;
  readonly outcome: Outcome;
  /** Why, for all outcomes but `accepted` and `kept`; else empty. */
  readonly reason: string;
  readonly quantity: number;
  /** Of payloads; left out where none came. */
  readonly bytes?: number;
}

const HOUR = 3_600_000;

/** Counts of items, added up until the transaction that stores them ends: one row counts all items of a kind. */
export interface ItemCounts {
  add(projectId: number, count: ItemCount, now: number): void;
  /** Within the transaction. */
  write(): void;
  /** After a transaction that was rolled back. */
  clear(): void;
}

interface Sum extends ItemCount {
  readonly projectId: number;
  readonly hour: number;
  quantity: number;
  bytes: number;
}

export function itemCounts(db: Database): ItemCounts {
  const sums = new Map<string, Sum>();
  return {
    add: (projectId, count, now) => {
      const { type, category, outcome, reason, quantity, bytes = 0 } = count;
      const hour = Math.floor(now / HOUR) * HOUR;
      const key = [projectId, hour, type, category, outcome, reason].join('\n');
      const sum = sums.get(key);
      if (sum === undefined) sums.set(key, { ...count, bytes, projectId, hour });
      else {
        sum.quantity += quantity;
        sum.bytes += bytes;
      }
    },
    write: () => {
      for (const { projectId, hour, type, category, outcome, reason, quantity, bytes } of sums.values()) {
        db.run(
          `INSERT INTO item_counts (project_id, hour, type, category, outcome, reason, count, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT DO UPDATE SET count = count + excluded.count, bytes = bytes + excluded.bytes`,
          projectId,
          hour,
          type,
          category,
          outcome,
          reason,
          quantity,
          bytes,
        );
      }
      sums.clear();
    },
    clear: () => sums.clear(),
  };
}

const SumRow = z.object({
  type: z.string(),
  category: z.string(),
  outcome: z.string(),
  reason: z.string(),
  count: z.number(),
});
export type SumRow = z.infer<typeof SumRow>;

/** Of all hours, by category, outcome and reason. */
export function sumItemCounts(db: Database, projectId: number): SumRow[] {
  return db.all(
    SumRow,
    `SELECT type, category, outcome, reason, sum(count) AS count FROM item_counts WHERE project_id = ?
     GROUP BY category, outcome, reason, type ORDER BY category, outcome, reason, type`,
    projectId,
  );
}

const HourRow = z.object({
  project_id: z.number(),
  hour: z.number(),
  type: z.string(),
  category: z.string(),
  outcome: z.string(),
  reason: z.string(),
  count: z.number(),
  bytes: z.number(),
});
export type HourRow = z.infer<typeof HourRow>;

/** Of the hours that begin at or after `since` (milliseconds), oldest first; of all projects where none is named. */
export function listItemCounts(
  db: Database,
  { since, projects }: { readonly since: number; readonly projects: readonly number[] },
): HourRow[] {
  return db.all(
    HourRow,
    `SELECT * FROM item_counts WHERE hour >= ?
     ${projects.length > 0 ? `AND project_id IN (${projects.map(() => '?').join(', ')})` : ''} ORDER BY hour`,
    since,
    ...projects,
  );
}
