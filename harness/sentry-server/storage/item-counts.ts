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
}

const HOUR = 3_600_000;

/** One statement for each kind of item, however many there are. */
export function countItems(db: Database, projectId: number, counts: readonly ItemCount[], now: number): void {
  const sums = new Map<string, ItemCount>();
  for (const one of counts) {
    const key = JSON.stringify([one.type, one.category, one.outcome, one.reason]);
    const sum = sums.get(key);
    sums.set(key, sum === undefined ? one : { ...one, quantity: sum.quantity + one.quantity });
  }
  const hour = Math.floor(now / HOUR) * HOUR;
  for (const { type, category, outcome, reason, quantity } of sums.values()) {
    db.run(
      `INSERT INTO item_counts (project_id, hour, type, category, outcome, reason, count) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET count = count + excluded.count`,
      projectId,
      hour,
      type,
      category,
      outcome,
      reason,
      quantity,
    );
  }
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
