/** The tags of whole projects, over all their issues. */
import { z } from 'zod';
import type { Database } from './database.ts';
import { countTags } from './issue-tags.ts';
import { IdRow } from './rows.ts';

const KeyTotal = z.object({ key: z.string(), values: z.number(), events: z.number() });
export type KeyTotal = z.infer<typeof KeyTotal>;

const ValueTotal = z.object({ value: z.string(), count: z.number(), first: z.number(), last: z.number() });
export type ValueTotal = z.infer<typeof ValueTotal>;

/** Of errors, most frequent first; of all projects where none is given. */
export function listTagKeys(db: Database, projects: readonly number[]): KeyTotal[] {
  countBehind(db, projects);
  return db.all(
    KeyTotal,
    `SELECT key, count(DISTINCT value) AS "values", sum(issue_tags.count) AS events FROM issue_tags JOIN issues ON issues.id = issue_id
     WHERE issues.category = 'error' AND issue_tags.count > 0 ${inProjects(projects)} GROUP BY key ORDER BY events DESC, key LIMIT 1000`,
    ...projects,
  );
}

/** Of errors, most frequent first, at most 1,000. */
export function listTagValues(db: Database, projectId: number, key: string): ValueTotal[] {
  countBehind(db, [projectId]);
  return db.all(
    ValueTotal,
    `SELECT value, sum(issue_tags.count) AS count, min(first) AS first, max(last) AS last FROM issue_tags
     JOIN issues ON issues.id = issue_id WHERE key = ? AND issues.category = 'error' AND issue_tags.count > 0 AND project_id = ?
     GROUP BY value ORDER BY 2 DESC, value LIMIT 1000`,
    key,
    projectId,
  );
}

/** Each event is counted once, whoever asks. */
function countBehind(db: Database, projects: readonly number[]): void {
  const behind = db.all(IdRow, `SELECT id FROM issues WHERE tags_uncounted > 0 ${inProjects(projects)}`, ...projects);
  for (const { id } of behind) db.transaction(() => countTags(db, id));
}

function inProjects(projects: readonly number[]): string {
  return projects.length === 0 ? '' : `AND project_id IN (${projects.map(() => '?').join(', ')})`;
}
