/** Releases: made by hand or by the first event that names them, ordered by when they came to be. */
import type { Database } from './database.ts';
import { IdRow, ReleaseRow } from './rows.ts';

/** Returns whether it is new. */
export function ensureRelease(db: Database, version: string, projectId: number, now: number): boolean {
  const { changes } = db.run(
    'INSERT INTO releases (version, created_at) VALUES (?, ?) ON CONFLICT DO NOTHING',
    version,
    now,
  );
  db.run(
    'INSERT INTO release_projects (release_id, project_id) SELECT id, ? FROM releases WHERE version = ? ON CONFLICT DO NOTHING',
    projectId,
    version,
  );
  return changes > 0;
}

export function findRelease(db: Database, version: string): ReleaseRow | undefined {
  return db.one(ReleaseRow, 'SELECT * FROM releases WHERE version = ?', version);
}

/** The newest release of a project, undefined where it has none. */
export function latestRelease(db: Database, projectId: number): ReleaseRow | undefined {
  return db.one(
    ReleaseRow,
    `SELECT releases.* FROM releases JOIN release_projects ON release_id = releases.id WHERE project_id = ?
     ORDER BY coalesce(released_at, created_at) DESC, id DESC LIMIT 1`,
    projectId,
  );
}

/** Whether `version` came to be after `than`; a release that nobody knows counts as newer. */
export function isAfterRelease(db: Database, version: string, than: string): boolean {
  const order = 'SELECT coalesce(released_at, created_at) * 1000000 + id AS id FROM releases WHERE version = ?';
  const one = db.one(IdRow, order, version)?.id;
  const other = db.one(IdRow, order, than)?.id;
  return one === undefined || other === undefined || one > other;
}
