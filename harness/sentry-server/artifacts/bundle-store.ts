/** Uploaded bundles and the projects and releases that they belong to. */
import { z } from 'zod';
import type { Database } from '../storage/database.ts';
import { IdRow } from '../storage/rows.ts';
import type { Bundle } from './artifact-bundle.ts';
import { artifactLimits } from './artifact-limits.ts';

/** What a bundle is uploaded for. */
export interface Owner {
  readonly projectIds: readonly number[];
  readonly release?: string | undefined;
  readonly dist?: string | undefined;
}

export function findBundle(db: Database, checksum: string): number | undefined {
  return db.one(IdRow, 'SELECT id FROM artifact_bundles WHERE checksum = ?', checksum)?.id;
}

/** Where all bundles together are too large, the oldest make room. */
export function addBundle(
  db: Database,
  { checksum, bundle }: { checksum: string; bundle: Extract<Bundle, { kind: 'bundle' }> },
  now: number,
  mostBytes: number = artifactLimits.keptBytes,
): number {
  const size = bundle.artifacts.reduce((sum, { packed }) => sum + packed.byteLength, 0);
  const { id } = db.run(
    'INSERT INTO artifact_bundles (checksum, bundle_id, uploaded_at, file_count, packed_size) VALUES (?, ?, ?, ?, ?)',
    checksum,
    bundle.id ?? null,
    now,
    bundle.artifacts.length,
    size,
  );
  for (const { kind, url, debugId, sourceMap, method, size, crc, packed } of bundle.artifacts) {
    db.run(
      'INSERT INTO artifact_files (bundle, kind, url, debug_id, source_map, method, size, crc, packed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      id,
      kind,
      url,
      debugId ?? null,
      sourceMap ?? null,
      method,
      size,
      crc,
      packed,
    );
  }
  for (const old of bundlesInTheWay(db, mostBytes)) dropBundle(db, old);
  return id;
}

export function giveBundle(db: Database, bundle: number, { projectIds, release, dist }: Owner): void {
  for (const projectId of projectIds) {
    db.run(
      'INSERT INTO artifact_bundle_projects (project_id, bundle) VALUES (?, ?) ON CONFLICT DO NOTHING',
      projectId,
      bundle,
    );
    if (release === undefined) continue;
    db.run(
      'INSERT INTO artifact_bundle_releases (project_id, release, dist, bundle) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
      projectId,
      release,
      dist ?? '',
      bundle,
    );
  }
}

const BundleRow = z.object({
  id: z.number(),
  bundle_id: z.string().nullable(),
  uploaded_at: z.number(),
  file_count: z.number(),
});
export type BundleRow = z.infer<typeof BundleRow>;

const ReleaseRow = z.object({ release: z.string(), dist: z.string() });
export type BundleRelease = z.infer<typeof ReleaseRow>;

/** The newest first. */
export function listBundles(
  db: Database,
  projectId: number,
  { offset, limit }: { offset: number; limit: number },
): BundleRow[] {
  return db.all(
    BundleRow,
    `SELECT id, bundle_id, uploaded_at, file_count FROM artifact_bundle_projects JOIN artifact_bundles ON id = bundle
     WHERE project_id = ? ORDER BY bundle DESC LIMIT ? OFFSET ?`,
    projectId,
    limit,
    offset,
  );
}

export function releasesOfBundle(db: Database, bundle: number, projectId: number): BundleRelease[] {
  return db.all(
    ReleaseRow,
    'SELECT release, dist FROM artifact_bundle_releases WHERE bundle = ? AND project_id = ? ORDER BY release, dist',
    bundle,
    projectId,
  );
}

function bundlesInTheWay(db: Database, mostBytes: number): number[] {
  return db
    .all(
      IdRow,
      `SELECT id FROM (SELECT id, sum(packed_size) OVER (ORDER BY id DESC) AS so_far FROM artifact_bundles) WHERE so_far > ?`,
      mostBytes,
    )
    .map(({ id }) => id);
}

function dropBundle(db: Database, bundle: number): void {
  for (const table of ['artifact_files', 'artifact_bundle_projects', 'artifact_bundle_releases']) {
    db.run(`DELETE FROM ${table} WHERE bundle = ?`, bundle);
  }
  db.run('DELETE FROM artifact_bundles WHERE id = ?', bundle);
}
