/** Deletes issues, and takes hashes out of them. */
import { type Context, Hono } from 'hono';
import type { ServerParts } from '../server-parts.ts';
import { listHashes } from '../storage/issues.ts';
import { unmergeIssue } from '../storage/unmerge-issue.ts';
import { badRequest } from './api-error.ts';
import { chosenIssues, issueOf } from './issue-routes.ts';
import { change, deleteChosen } from './merge-and-discard.ts';

export function issueRemovalRoutes(parts: ServerParts): Hono {
  const app = new Hono();
  for (const path of ['/organizations/:org/issues/', '/projects/:org/:project/issues/']) {
    app.delete(path, (c) => {
      deleteChosen(parts, chosenIssues(parts, c));
      return c.body(null, 204);
    });
  }
  app.delete('/organizations/:org/issues/:issue/', (c) => {
    deleteChosen(parts, [issueOf(parts, c)]);
    return c.body(null, 202);
  });
  app.delete('/organizations/:org/issues/:issue/hashes/', (c) => unmerge(parts, c));
  return app;
}

/** Sentry says no more than that it has begun. */
function unmerge(parts: ServerParts, c: Context): Response {
  const issue = issueOf(parts, c);
  const known = listHashes(parts.db, issue.id);
  const asked = new Set(c.req.queries('id') ?? []);
  const hashes = known.filter((hash) => asked.has(hash));
  if (hashes.length === 0) return c.body(null, 204);
  if (hashes.length === known.length) throw badRequest('An issue keeps at least one of its hashes.');
  change(parts, () => unmergeIssue(parts.db, issue, hashes, parts.now().getTime()));
  return c.body(null, 202);
}
