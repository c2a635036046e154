/** Releases: made by hand or by the first event that names them, ordered as release-order.ts says. */
import { z } from 'zod';
import type { Database } from './database.ts';
import { compareReleases, latestOf } from './release-order.ts';
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

const VersionRow = z.object({ version: z.string() });

/** The newest ten thousand. */
export function listVersions(db: Database): string[] {
  return db.all(VersionRow, 'SELECT version FROM releases ORDER BY id DESC LIMIT 10000').map(({ version }) => version);
}

/** The latest release of a project, undefined where it has none. */
export function latestRelease(db: Database, projectId: number): ReleaseRow | undefined {
  return latestOf(
    db.all(
      ReleaseRow,
      `SELECT releases.* FROM releases JOIN release_projects ON release_id = releases.id WHERE project_id = ?
       ORDER BY coalesce(released_at, created_at) DESC, id DESC LIMIT 1000`,
      projectId,
    ),
  );
}

/** Whether `version` comes after `than`. A release that nobody knows yet comes after all that are known, but for their versions. */
export function isAfterRelease(db: Database, version: string, than: string): boolean {
  return compareReleases(knownOrNew(db, version), knownOrNew(db, than)) > 0;
}

function knownOrNew(db: Database, version: string): Pick<ReleaseRow, 'id' | 'version' | 'created_at' | 'released_at'> {
  const later = { id: Number.MAX_SAFE_INTEGER, version, created_at: Number.MAX_SAFE_INTEGER, released_at: null };
  return findRelease(db, version) ?? later;
}

/** Releases that share a project with the given one and have commits; the given one is left out. */
export function releasesWithCommits(db: Database, releaseId: number): ReleaseRow[] {
  return db.all(
    ReleaseRow,
    `SELECT * FROM releases WHERE id <> ?1 AND EXISTS (SELECT 1 FROM commits WHERE release_id = releases.id)
     AND id IN (SELECT release_id FROM release_projects WHERE project_id IN (SELECT project_id FROM release_projects WHERE release_id = ?1))
     ORDER BY id DESC LIMIT 1000`,
    releaseId,
  );
}
