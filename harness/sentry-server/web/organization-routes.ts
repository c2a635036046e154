/** Who am I, and what the organisation has: members, environments, repositories. */

import type { Context } from 'hono';
import { Hono } from 'hono';
import type { ServerParts } from '../server-parts.ts';
import { listEnvironments } from '../storage/environments.ts';
import { findProject } from '../storage/projects.ts';
import type { ProjectRow } from '../storage/rows.ts';
import { notFound } from './api-error.ts';
import { listAnswer } from './pagination.ts';
import { showOrganization } from './show-project.ts';
import { MEMBER, SCOPES, USER } from './show-user.ts';

/** The root of the Web API tells who is calling. */
export const CALLER = { version: '0', auth: { scopes: SCOPES }, user: USER };

export function organizationRoutes(parts: ServerParts): Hono {
  const app = new Hono();
  app.get('/auth/', (c) => c.json(USER));
  app.get('/users/me/regions/', (c) => c.json({ regions: [{ name: 'local', url: parts.baseUrl(c.req.raw) }] }));
  app.get('/organizations/', (c) => listAnswer(c, [parts.org], () => showOrganization(parts, c.req.raw)));
  app.get('/organizations/:org/', (c) => c.json(showOrganization(parts, c.req.raw)));
  app.get('/organizations/:org/members/', (c) => listAnswer(c, [MEMBER], (member) => member));
  app.get('/organizations/:org/environments/', (c) =>
    c.json(listEnvironments(parts.db).map((name, index) => ({ id: String(index + 1), name }))),
  );
  // None can be linked. A client that found some would send names of commits and leave it to the server to fetch them.
  app.get('/organizations/:org/repos/', (c) => listAnswer(c, [], (repository) => repository));
  // No model looks at this server's errors.
  app.get('/seer/models/', (c) => c.json({ models: [] }));
  return app;
}

/** The project that the path names; 404 where there is none. */
export function projectOf(parts: ServerParts, c: Context): ProjectRow {
  const project = findProject(parts.db, c.req.param('project') ?? '');
  if (project === undefined) throw notFound();
  return project;
}
