/** Lists, makes and changes releases. */

import type { Context } from 'hono';
import { Hono } from 'hono';
import { z } from 'zod';
import type { ServerParts } from '../server-parts.ts';
import { findProject } from '../storage/projects.ts';
import { changeReleaseStatus, ReleaseStatus, removeRelease } from '../storage/release-status.ts';
import { ensureRelease, findRelease } from '../storage/releases.ts';
import { ReleaseRow } from '../storage/rows.ts';
import { adoptionStages } from './adoption-stages.ts';
import { badRequest, notFound } from './api-error.ts';
import { environmentsAsked } from './event-filter.ts';
import { projectOf } from './organization-routes.ts';
import { pageAnswer, readPage } from './pagination.ts';
import { readJson } from './read-json.ts';
import { healthOf } from './release-health.ts';
import { sortReleases } from './release-sort.ts';
import { type ReleaseExtras, showReleaseDetails } from './show-release.ts';
import { all, any, type Condition, condition, contains, parseTime } from './sql-condition.ts';

const CommitInput = z.object({
  id: z.string().min(1).max(64),
  repository: z.string().max(256).nullish(),
  message: z.string().max(65_536).nullish(),
  author_name: z.string().max(256).nullish(),
  author_email: z.string().max(256).nullish(),
  timestamp: z.string().max(64).nullish(),
  patch_set: z
    .array(z.object({ path: z.string().max(1024), type: z.enum(['A', 'M', 'D']) }))
    .max(10_000)
    .nullish(),
});

const Changes = z.object({
  projects: z.array(z.string()).max(100).optional(),
  ref: z.string().max(250).nullish(),
  url: z.string().max(2048).nullish(),
  status: ReleaseStatus.nullish(),
  dateReleased: z.string().max(64).nullish(),
  commits: z.array(CommitInput).max(1000).optional(),
  refs: z
    .array(z.object({ commit: z.string().min(1).max(64), repository: z.string().max(256) }))
    .max(100)
    .optional(),
});

const NewRelease = Changes.extend({
  version: z
    .string()
    .trim()
    .min(1)
    .max(250)
    .regex(/^(?!\.{1,2}$)[^\n\t\f\r/\\]+$/, 'Release version is not valid.'),
  // Empty is enough for a release that exists: so does sentry-cli archive one.
  projects: z.array(z.string()).max(100),
});

export function releaseRoutes(parts: ServerParts): Hono {
  const app = new Hono();
  app.get('/organizations/:org/releases/', (c) => listReleases(parts, c, projectsAsked(parts, c)));
  app.get('/projects/:org/:project/releases/', (c) => listReleases(parts, c, [projectOf(parts, c).id]));
  app.post('/organizations/:org/releases/', async (c) => {
    const wanted = await readJson(c, NewRelease);
    const isNew = parts.db.transaction(() => {
      const ids = wanted.projects.map((name) => projectId(parts, name));
      if (ids.length === 0 && findRelease(parts.db, wanted.version) === undefined)
        throw badRequest('projects: This list may not be empty.');
      const made = ids.map((id) => ensureRelease(parts.db, wanted.version, id, parts.now().getTime()));
      changeRelease(parts, wanted.version, wanted);
      return made.includes(true);
    });
    return c.json(showReleaseDetails(parts, releaseNamed(parts, wanted.version)), isNew ? 201 : 208);
  });
  app.get('/organizations/:org/releases/:version/', (c) => {
    const release = releaseNamed(parts, c.req.param('version'));
    return c.json(showReleaseDetails(parts, release, extrasOf(parts, c, [release])));
  });
  app.put('/organizations/:org/releases/:version/', async (c) => {
    const { version } = releaseNamed(parts, c.req.param('version'));
    const changes = await readJson(c, Changes);
    parts.db.transaction(() => {
      for (const name of changes.projects ?? [])
        ensureRelease(parts.db, version, projectId(parts, name), parts.now().getTime());
      changeRelease(parts, version, changes);
    });
    return c.json(showReleaseDetails(parts, releaseNamed(parts, version)));
  });
  app.delete('/organizations/:org/releases/:version/', (c) => {
    if (!removeRelease(parts.db, releaseNamed(parts, c.req.param('version'))))
      throw badRequest('This release is referenced by active issues and cannot be removed.');
    return c.body(null, 204);
  });
  return app;
}

function listReleases(parts: ServerParts, c: Context, projects: readonly number[]): Response {
  const page = readPage(c);
  const word = c.req.query('query') ?? '';
  const conditions: Condition[] = word === '' ? [] : [contains('version', word)];
  const status = c.req.query('status') || undefined;
  if (status !== undefined) conditions.push(condition('status = ?', statusNamed(status)));
  if (projects.length > 0) {
    const ids = any(projects.map((id) => condition('project_id = ?', id)));
    conditions.push({ sql: `id IN (SELECT release_id FROM release_projects WHERE ${ids.sql})`, values: ids.values });
  }
  const { sql, values } = all(conditions);
  const found = parts.db.all(
    ReleaseRow,
    `SELECT * FROM releases WHERE ${sql} ORDER BY coalesce(released_at, created_at) DESC, id DESC LIMIT ${MAX_SORTED}`,
    ...values,
  );
  const scope = { projects, environments: environmentsAsked(c) };
  const rows = sortReleases(parts, found, c.req.query('sort') || 'date', scope).slice(
    page.offset,
    page.offset + page.limit + 1,
  );
  const extras = extrasOf(parts, c, rows);
  return pageAnswer(
    c,
    page,
    rows.map((row) => showReleaseDetails(parts, row, extras)),
  );
}

function extrasOf(parts: ServerParts, c: Context, releases: readonly ReleaseRow[]): ReleaseExtras {
  return { health: healthOf(parts, c, releases), stages: adoptionStages(parts, c) };
}

/** Of so many, the newest, a list is made. */
const MAX_SORTED = 10_000;

function statusNamed(name: string): ReleaseStatus {
  const status = ReleaseStatus.safeParse(name);
  if (!status.success) throw badRequest(`Invalid status: ${name}`);
  return status.data;
}

function projectsAsked(parts: ServerParts, c: Context): number[] {
  const names = (c.req.queries('project') ?? []).filter((name) => name !== '' && name !== '-1');
  return names.map((name) => findProject(parts.db, name)?.id ?? -1);
}

function projectId(parts: ServerParts, name: string): number {
  const project = findProject(parts.db, name);
  if (project === undefined) throw badRequest(`projects: Invalid project ids or slugs: ${name}`);
  return project.id;
}

/** 404 where there is none. */
export function releaseNamed(parts: ServerParts, version: string): ReleaseRow {
  const release = findRelease(parts.db, version);
  if (release === undefined) throw notFound();
  return release;
}

function changeRelease(parts: ServerParts, version: string, changes: z.infer<typeof Changes>): void {
  const { db } = parts;
  const { id } = releaseNamed(parts, version);
  if (changes.ref != null) db.run('UPDATE releases SET ref = ? WHERE id = ?', changes.ref, id);
  if (changes.url != null) db.run('UPDATE releases SET url = ? WHERE id = ?', changes.url, id);
  if (changes.status != null) changeReleaseStatus(db, id, changes.status);
  if (changes.dateReleased != null)
    db.run('UPDATE releases SET released_at = ? WHERE id = ?', parseTime(changes.dateReleased), id);
  // A name of a commit is all that can be known of it here.
  const commits: readonly z.infer<typeof CommitInput>[] | undefined =
    changes.commits ?? changes.refs?.map(({ commit, repository }) => ({ id: commit, repository }));
  if (commits === undefined) return;
  db.run('DELETE FROM commits WHERE release_id = ?', id);
  for (const [position, commit] of commits.entries()) {
    db.run(
      'INSERT INTO commits (release_id, position, id, repository, message, author_name, author_email, at, patch_set) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      id,
      position,
      commit.id,
      commit.repository ?? null,
      commit.message ?? null,
      commit.author_name ?? null,
      commit.author_email ?? null,
      commit.timestamp ?? null,
      JSON.stringify(commit.patch_set ?? []),
    );
  }
}
