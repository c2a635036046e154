/** The environments that events name. */
import { z } from 'zod';
import type { Database } from './database.ts';

const EnvironmentRow = z.object({ name: z.string() });

/** By name; of all projects where none is given. */
export function listEnvironments(db: Database, projects: readonly number[] = []): string[] {
  const rows = db.all(
    EnvironmentRow,
    `SELECT DISTINCT value AS name FROM event_tags JOIN issues ON issues.id = event_tags.issue_id
     WHERE key = 'environment' ${projects.length > 0 ? `AND project_id IN (${projects.map(() => '?').join(', ')})` : ''} ORDER BY 1 LIMIT 1000`,
    ...projects,
  );
  return rows.map(({ name }) => name);
}
