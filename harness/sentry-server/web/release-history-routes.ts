/** What went into a release and where it went: commits, changed files, deploys. */
import type { Context } from 'hono';
import { Hono } from 'hono';
import { z } from 'zod';
import type { ServerParts } from '../server-parts.ts';
import { listCommits } from '../storage/commits.ts';
import { addDeploy, listDeploys } from '../storage/deploys.ts';
import { compareReleases } from '../storage/release-order.ts';
import { releasesWithCommits } from '../storage/releases.ts';
import { projectOf } from './organization-routes.ts';
import { listAnswer } from './pagination.ts';
import { readJson } from './read-json.ts';
import { releaseNamed } from './release-routes.ts';
import { showAuthor, showCommit, showDeploy } from './show-commit.ts';
import { showTime } from './show-project.ts';
import { showRelease } from './show-release.ts';
import { parseTime } from './sql-condition.ts';

const text = z.string().max(256).nullish();

const NewDeploy = z.object({
  environment: z
    .string()
    .trim()
    .min(1)
    .max(64)
    .regex(/^[^\n\r/]+$/, 'Environment names cannot contain slashes or newlines.'),
  name: z.string().max(64).nullish(),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2048)
    .nullish(),
  dateStarted: text,
  dateFinished: text,
});

export function releaseHistoryRoutes(parts: ServerParts): Hono {
  const app = new Hono();
  app.get('/organizations/:org/releases/:version/commits/', (c) => answerCommits(parts, c));
  app.get('/projects/:org/:project/releases/:version/commits/', (c) => {
    projectOf(parts, c);
    return answerCommits(parts, c);
  });
  app.get('/organizations/:org/releases/:version/commitfiles/', (c) => {
    const release = releaseNamed(parts, c.req.param('version'));
    const files = listCommits(parts.db, release.id).flatMap((commit) =>
      commit.patch_set.map((file) => ({ commit, file })),
    );
    return listAnswer(c, files, ({ commit, file }) => ({
      id: `${commit.id}:${file.path}`,
      orgId: 1,
      author: showAuthor(commit) ?? null,
      commitMessage: commit.message,
      filename: file.path,
      type: file.type,
      repoName: commit.repository ?? '',
      dateCreated: commit.at ?? showTime(release.created_at),
    }));
  });
  app.get('/organizations/:org/releases/:version/previous-with-commits/', (c) => {
    const release = releaseNamed(parts, c.req.param('version'));
    const previous = releasesWithCommits(parts.db, release.id)
      .filter((other) => compareReleases(other, release) < 0)
      .sort(compareReleases)
      .at(-1);
    return c.json(previous === undefined ? {} : showRelease(parts, previous));
  });
  app.get('/organizations/:org/releases/:version/deploys/', (c) =>
    listAnswer(c, listDeploys(parts.db, releaseNamed(parts, c.req.param('version')).id), showDeploy),
  );
  app.post('/organizations/:org/releases/:version/deploys/', async (c) => {
    const release = releaseNamed(parts, c.req.param('version'));
    const { environment, name, url, dateStarted, dateFinished } = await readJson(c, NewDeploy);
    const deploy = addDeploy(parts.db, release.id, {
      environment,
      name: name ?? null,
      url: url ?? null,
      started_at: dateStarted == null ? null : parseTime(dateStarted),
      finished_at: dateFinished == null ? parts.now().getTime() : parseTime(dateFinished),
    });
    return c.json(showDeploy(deploy), 201);
  });
  return app;
}

function answerCommits(parts: ServerParts, c: Context): Response {
  const release = releaseNamed(parts, c.req.param('version') ?? '');
  return listAnswer(c, listCommits(parts.db, release.id), (commit) => showCommit(parts.db, commit, release));
}
