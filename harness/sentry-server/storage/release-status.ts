/** Releases that are archived, and releases that are removed. */
import { z } from 'zod';
import type { Database } from './database.ts';
import type { ReleaseRow } from './rows.ts';

export const ReleaseStatus = z.enum(['open', 'archived']);
export type ReleaseStatus = z.infer<typeof ReleaseStatus>;

export function changeReleaseStatus(db: Database, id: number, status: ReleaseStatus): void {
  db.run('UPDATE releases SET status = ? WHERE id = ?', status, id);
}

const Found = z.object({ found: z.number() });

/** With its commits and deploys. Returns false, and removes nothing, where an issue was first seen in it. */
export function removeRelease(db: Database, { id, version }: ReleaseRow): boolean {
  const referenced = 'SELECT EXISTS (SELECT 1 FROM issues WHERE first_release = ?) AS found';
  if (db.one(Found, referenced, version)?.found === 1) return false;
  db.transaction(() => {
    for (const table of ['commits', 'deploys', 'release_projects'])
      db.run(`DELETE FROM ${table} WHERE release_id = ?`, id);
    db.run('DELETE FROM releases WHERE id = ?', id);
  });
  return true;
}
