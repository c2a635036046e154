/** Releases: made by hand or by the first event that names them, ordered by when they came to be. */
import type { Database } from './database.ts';
import { IdRow, ReleaseRow } from './rows.ts';

/** Returns whether it is new. */
export function ensureRelease(db: Database, version: string, projectId: number, now: number): boolean {
  // Nearly always known: looking is cheaper than writing in vain.
  const known = db.one(
    IdRow,
    'SELECT id FROM releases JOIN release_projects ON release_id = id WHERE version = ? AND project_id = ?',
    version,
    projectId,
  );
  if (known !== undefined) return false;
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
  const notAfter = db.one(
    IdRow,
    `SELECT one.id FROM releases AS one, releases AS other WHERE one.version = ? AND other.version = ?
     AND (coalesce(one.released_at, one.created_at), one.id) <= (coalesce(other.released_at, other.created_at), other.id)`,
    version,
    than,
  );
  return notAfter === undefined;
}
