/** Finds uploaded files: by the debug id that a script and its map carry, or by release and address. */
import { z } from 'zod';
import type { Database } from '../storage/database.ts';
import { KeptAnswers } from '../storage/kept-answers.ts';
import { IdRow } from '../storage/rows.ts';
import { unpack } from './zip-archive.ts';

export interface ReleaseOfProject {
  readonly projectId: number;
  readonly release: string;
  /** '' where there is none. */
  readonly dist: string;
}

const FileRow = z.object({ id: z.number(), url: z.string(), source_map: z.string().nullable() });
/** An uploaded file without its bytes. */
export type FileRow = z.infer<typeof FileRow>;

const COLUMNS = 'artifact_files.id, artifact_files.url, artifact_files.source_map';

/** The newest upload counts. */
export function findByDebugId(
  db: Database,
  projectId: number,
  debugId: string,
  what: 'script' | 'map',
): FileRow | undefined {
  return db.one(
    FileRow,
    `SELECT ${COLUMNS} FROM artifact_files JOIN artifact_bundle_projects USING (bundle)
     WHERE debug_id = ? AND kind ${what === 'map' ? '=' : '<>'} 'source_map' AND project_id = ? ORDER BY artifact_files.id DESC LIMIT 1`,
    debugId,
    projectId,
  );
}

/** The first name that any bundle of the release has; of several such bundles the newest. */
export function findByUrl(
  db: Database,
  { projectId, release, dist }: ReleaseOfProject,
  names: readonly string[],
): FileRow | undefined {
  for (const name of names) {
    const found = db.one(
      FileRow,
      `SELECT ${COLUMNS} FROM artifact_bundle_releases AS owner JOIN artifact_files USING (bundle)
       WHERE owner.project_id = ? AND owner.release = ? AND owner.dist = ? AND artifact_files.url = ? ORDER BY artifact_files.id DESC LIMIT 1`,
      projectId,
      release,
      dist,
      name,
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

export function hasBundles(db: Database, { projectId, release, dist }: ReleaseOfProject): boolean {
  const sql =
    'SELECT bundle AS id FROM artifact_bundle_releases WHERE project_id = ? AND release = ? AND dist = ? LIMIT 1';
  const read = (): boolean => db.one(IdRow, sql, projectId, release, dist) !== undefined;
  return bundled.of(db, JSON.stringify([projectId, release, dist]), read) === true;
}

const bundled = new KeptAnswers<boolean>();

/** Whether the release has the file for a dist other than the one that was asked for. */
export function findInOtherDist(
  db: Database,
  { projectId, release, dist }: ReleaseOfProject,
  names: readonly string[],
): boolean {
  const sql = `SELECT artifact_files.id FROM artifact_bundle_releases AS owner JOIN artifact_files USING (bundle)
    WHERE owner.project_id = ? AND owner.release = ? AND owner.dist <> ? AND artifact_files.url = ? LIMIT 1`;
  return names.some((name) => db.one(IdRow, sql, projectId, release, dist, name) !== undefined);
}

const ANY = {
  project: 'SELECT bundle AS id FROM artifact_bundle_projects WHERE project_id = ? LIMIT 1',
  release: 'SELECT bundle AS id FROM artifact_bundle_releases WHERE project_id = ? AND release = ? LIMIT 1',
  'debug-id': `SELECT artifact_files.id FROM artifact_bundle_projects JOIN artifact_files USING (bundle)
    WHERE project_id = ? AND debug_id IS NOT NULL LIMIT 1`,
} as const;

/** Whether anything was uploaded for the project, for its release, or with a debug id. */
export function hasArtifacts(
  db: Database,
  what: keyof typeof ANY,
  { projectId, release }: { projectId: number; release?: string },
): boolean {
  const values = what === 'release' ? [projectId, release ?? ''] : [projectId];
  return db.one(IdRow, ANY[what], ...values) !== undefined;
}

const PackedRow = z.object({
  method: z.number(),
  size: z.number(),
  crc: z.number(),
  packed: z.instanceof(Uint8Array),
});

const decoder = new TextDecoder('utf-8');

/** Undefined where the file is damaged, or was dropped meanwhile. */
export function readArtifact(db: Database, id: number): string | undefined {
  const row = db.one(PackedRow, 'SELECT method, size, crc, packed FROM artifact_files WHERE id = ?', id);
  const bytes = row && unpack(row);
  return bytes && decoder.decode(bytes);
}
