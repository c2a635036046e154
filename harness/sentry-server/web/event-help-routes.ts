/** Help around an event: who may have caused it, where its source is, what a model says about its issue. */
import { Hono } from 'hono';
import type { ServerParts } from '../server-parts.ts';
import { listCommits } from '../storage/commits.ts';
import { findEvent, payloadOfEvent } from '../storage/find-event.ts';
import { findRelease } from '../storage/releases.ts';
import { forbidden, notFound } from './api-error.ts';
import { issueOf } from './issue-routes.ts';
import { projectOf } from './organization-routes.ts';
import { showAuthor, showCommit } from './show-commit.ts';
import { suspectCommits } from './suspect-commits.ts';

export function eventHelpRoutes(parts: ServerParts): Hono {
  const app = new Hono();
  app.get('/projects/:org/:project/events/:event/committers/', (c) => {
    const event = findEvent(parts.db, projectOf(parts, c).id, c.req.param('event'));
    if (event === undefined) throw notFound();
    const release = event.release === null ? undefined : findRelease(parts.db, event.release);
    if (release === undefined) return c.json({ committers: [] });
    const suspects = suspectCommits(payloadOfEvent(parts.db, event.number), listCommits(parts.db, release.id));
    const byAuthor = Map.groupBy(suspects, ({ commit }) => JSON.stringify(showAuthor(commit) ?? null));
    const committers = [...byAuthor].map(([author, members]) => ({
      author: JSON.parse(author),
      commits: members.map(({ commit }) => ({
        ...showCommit(parts.db, commit, release),
        suspectCommitType: 'via commit in release',
      })),
    }));
    return c.json({ committers });
  });
  // No repository is linked to this server: it knows no address of a file.
  app.get('/projects/:org/:project/stacktrace-link/', (c) => {
    projectOf(parts, c);
    return c.json({ config: null, sourceUrl: null, integrations: [] });
  });
  app.get('/organizations/:org/issues/:issue/autofix/', (c) => {
    issueOf(parts, c);
    return c.json({ autofix: null });
  });
  app.post('/organizations/:org/issues/:issue/autofix/', (c) => {
    issueOf(parts, c);
    throw forbidden('AI Autofix is not enabled for this project.');
  });
  return app;
}
