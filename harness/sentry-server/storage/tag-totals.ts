/** The tags of whole projects, over all their issues. */
import { z } from 'zod';
import type { Database } from './database.ts';

const KeyTotal = z.object({ key: z.string(), values: z.number(), events: z.number() });
export type KeyTotal = z.infer<typeof KeyTotal>;

const ValueTotal = z.object({ value: z.string(), count: z.number(), first: z.number(), last: z.number() });
export type ValueTotal = z.infer<typeof ValueTotal>;

/** Most frequent first; of all projects where none is given. */
export function listTagKeys(db: Database, projects: readonly number[]): KeyTotal[] {
  return db.all(
    KeyTotal,
    `SELECT key, count(DISTINCT value) AS "values", count(*) AS events FROM event_tags JOIN issues ON issues.id = event_tags.issue_id
     ${inProjects(projects)} GROUP BY key ORDER BY events DESC, key LIMIT 1000`,
    ...projects,
  );
}

/** Most frequent first, at most 1,000. */
export function listTagValues(db: Database, projectId: number, key: string): ValueTotal[] {
  return db.all(
    ValueTotal,
    `SELECT value, count(*) AS count, min(at) AS first, max(at) AS last FROM event_tags JOIN events ON number = event_number
     WHERE key = ? AND project_id = ? GROUP BY value ORDER BY count DESC, value LIMIT 1000`,
    key,
    projectId,
  );
}

function inProjects(projects: readonly number[]): string {
  return projects.length === 0 ? '' : `WHERE project_id IN (${projects.map(() => '?').join(', ')})`;
}
