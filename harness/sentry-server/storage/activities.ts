/** What happened to an issue: notes, resolutions, regressions. */
import type { Database } from './database.ts';
import { ActivityRow } from './rows.ts';

export function addActivity(
  db: Database,
  issueId: number,
  type: string,
  data: Record<string, unknown>,
  at: number,
): ActivityRow {
  const { id } = db.run(
    'INSERT INTO activities (issue_id, type, data, at) VALUES (?, ?, ?, ?)',
    issueId,
    type,
    JSON.stringify(data),
    at,
  );
  return { id, issue_id: issueId, type, data, at };
}

/** Newest first. */
export function listActivities(db: Database, issueId: number, type?: string): ActivityRow[] {
  return db.all(
    ActivityRow,
    'SELECT * FROM activities WHERE issue_id = ?1 AND (?2 IS NULL OR type = ?2) ORDER BY id DESC LIMIT 1000',
    issueId,
    type ?? null,
  );
}
