/** Error events by the hour of their arrival. */
import { z } from 'zod';
import type { Database } from './database.ts';

const Arrivals = z.object({ project_id: z.number(), hour: z.number(), count: z.number() });

/** Oldest first; of all projects where none is named. */
export function countArrivals(
  db: Database,
  { since, projects }: { readonly since: number; readonly projects: readonly number[] },
): z.infer<typeof Arrivals>[] {
  return db.all(
    Arrivals,
    `SELECT project_id, received_at / 3600000 AS hour, count(*) AS count FROM events
     WHERE received_at >= ? ${projects.length > 0 ? `AND project_id IN (${projects.map(() => '?').join(', ')})` : ''} GROUP BY 1, 2 ORDER BY 2`,
    since,
    ...projects,
  );
}
