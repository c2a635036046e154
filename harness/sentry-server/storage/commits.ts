/** The commits of releases, and the repositories that they name. */
import { z } from 'zod';
import type { Database } from './database.ts';

const PatchSet = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(z.array(z.object({ path: z.string(), type: z.enum(['A', 'M', 'D']) })));

const CommitRow = z.object({
  release_id: z.number(),
  position: z.number(),
  id: z.string(),
  repository: z.string().nullable(),
  message: z.string().nullable(),
  author_name: z.string().nullable(),
  author_email: z.string().nullable(),
  /** ISO 8601 as the caller wrote it. */
  at: z.string().nullable(),
  patch_set: PatchSet,
});
export type CommitRow = z.infer<typeof CommitRow>;

/** Newest first, as they were given. */
export function listCommits(db: Database, releaseId: number): CommitRow[] {
  return db.all(CommitRow, 'SELECT * FROM commits WHERE release_id = ? ORDER BY position', releaseId);
}

const RepositoryRow = z.object({ name: z.string(), first_release: z.number(), since: z.number() });
export type RepositoryRow = z.infer<typeof RepositoryRow>;

/** Repositories that commits name, by name; `first_release` tells one from another, `since` is in milliseconds. */
export function listRepositories(db: Database): RepositoryRow[] {
  return db.all(
    RepositoryRow,
    `SELECT repository AS name, min(release_id) AS first_release, min(created_at) AS since FROM commits
     JOIN releases ON releases.id = release_id WHERE coalesce(repository, '') <> '' GROUP BY repository ORDER BY repository LIMIT 1000`,
  );
}
