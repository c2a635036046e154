/** How a monitor fares in each of its environments. */
import { z } from 'zod';
import type { Database } from './database.ts';

const EnvironmentRow = z.object({ name: z.string(), first_at: z.number(), last_at: z.number(), status: z.string() });
export type EnvironmentRow = z.infer<typeof EnvironmentRow>;

/** By name; the status is the newest check-in's. */
export function listMonitorEnvironments(db: Database, monitorId: number): EnvironmentRow[] {
  // SQLite takes the bare column from the row that has the maximum.
  return db.all(
    EnvironmentRow,
    `SELECT coalesce(environment, 'production') AS name, min(added_at) AS first_at, max(added_at) AS last_at, status
     FROM check_ins WHERE monitor_id = ? GROUP BY 1 ORDER BY 1`,
    monitorId,
  );
}
