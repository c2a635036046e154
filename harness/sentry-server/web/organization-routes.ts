/** Who am I, which organisation, which projects and keys. */

import type { Context } from 'hono';
import { Hono } from 'hono';
import { z } from 'zod';
import type { ServerParts } from '../server-parts.ts';
import { addKey, findProject, listKeys, listProjects } from '../storage/projects.ts';
import type { ProjectRow } from '../storage/rows.ts';
import { notFound } from './api-error.ts';
import { pageAnswer, readPage } from './pagination.ts';
import { readJson } from './read-json.ts';
import { showKey, showOrganization, showProject } from './show-project.ts';

const USER = { id: '1', name: 'mendwright', username: 'mendwright', email: 'mendwright@localhost', isActive: true };
const SCOPES = ['org:read', 'project:read', 'project:write', 'project:releases', 'event:read', 'event:write'];

/** The root of the Web API tells who is calling. */
export const CALLER = { version: '0', auth: { scopes: SCOPES }, user: USER };

export function organizationRoutes(parts: ServerParts): Hono {
  const app = new Hono();
  app.get('/auth/', (c) => c.json(USER));
  app.get('/users/me/regions/', (c) => c.json({ regions: [{ name: 'local', url: parts.baseUrl(c.req.raw) }] }));
  app.get('/organizations/', (c) =>
    pageAnswer(c, readPage(c), [showOrganization(parts, c.req.raw)].slice(readPage(c).offset)),
  );
  app.get('/organizations/:org/', (c) => c.json(showOrganization(parts, c.req.raw)));
  app.get('/organizations/:org/projects/', (c) => {
    const page = readPage(c);
    const word = (c.req.query('query') ?? '').toLowerCase();
    const found = listProjects(parts.db).filter(({ slug, name }) => `${slug} ${name.toLowerCase()}`.includes(word));
    return pageAnswer(c, page, found.slice(page.offset, page.offset + page.limit + 1).map(showProject));
  });
  app.get('/projects/:org/:project/', (c) => {
    const organization = showOrganization(parts, c.req.raw);
    return c.json({ ...showProject(projectOf(parts, c)), organization });
  });
  app.get('/projects/:org/:project/keys/', (c) => {
    const page = readPage(c);
    const keys = listKeys(parts.db, projectOf(parts, c).id).slice(page.offset, page.offset + page.limit + 1);
    return pageAnswer(
      c,
      page,
      keys.map((key) => showKey(parts, c.req.raw, key)),
    );
  });
  app.post('/projects/:org/:project/keys/', async (c) => {
    const project = projectOf(parts, c);
    const { name } = await readJson(c, z.object({ name: z.string().max(64).optional() }));
    return c.json(showKey(parts, c.req.raw, addKey(parts.db, project.id, name ?? 'Key', parts.now().getTime())), 201);
  });
  return app;
}

/** The project that the path names; 404 where there is none. */
export function projectOf(parts: ServerParts, c: Context): ProjectRow {
  const project = findProject(parts.db, c.req.param('project') ?? '');
  if (project === undefined) throw notFound();
  return project;
}
