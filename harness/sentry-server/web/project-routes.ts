/** Projects and their client keys. */
import { Hono } from 'hono';
import { z } from 'zod';
import type { ServerParts } from '../server-parts.ts';
import { listEnvironments } from '../storage/environments.ts';
import { addKey, changeProject, findProject, listKeys, listProjects, PROJECT_SLUG } from '../storage/projects.ts';
import { badRequest, notFound } from './api-error.ts';
import { projectOf } from './organization-routes.ts';
import { listAnswer } from './pagination.ts';
import { readJson } from './read-json.ts';
import { showKey, showProject, showProjectDetails } from './show-project.ts';

export const ProjectSlug = z.string().regex(PROJECT_SLUG, 'Enter a valid slug: small letters, digits, - and _.');

const Change = z.object({
  name: z.string().trim().min(1).max(200).optional(),
  slug: ProjectSlug.optional(),
  platform: z.string().max(64).nullish(),
});

export function projectRoutes(parts: ServerParts): Hono {
  const app = new Hono();
  app.get('/organizations/:org/projects/', (c) => {
    const word = (c.req.query('query') ?? '').toLowerCase();
    const found = listProjects(parts.db).filter(({ slug, name }) => `${slug} ${name.toLowerCase()}`.includes(word));
    return listAnswer(c, found, (project) => showProject(parts, project));
  });
  app.get('/projects/:org/:project/', (c) => c.json(showProjectDetails(parts, c.req.raw, projectOf(parts, c))));
  app.put('/projects/:org/:project/', async (c) => {
    const { id } = projectOf(parts, c);
    const change = await readJson(c, Change);
    const other = change.slug === undefined ? undefined : findProject(parts.db, change.slug);
    if (other !== undefined && other.id !== id)
      throw badRequest(`Another project (${other.slug}) is already using that slug`);
    changeProject(parts.db, id, change);
    const project = findProject(parts.db, String(id));
    if (project === undefined) throw notFound();
    return c.json(showProjectDetails(parts, c.req.raw, project));
  });
  app.get('/projects/:org/:project/environments/', (c) =>
    c.json(
      listEnvironments(parts.db, [projectOf(parts, c).id]).map((name, index) => ({
        id: String(index + 1),
        name,
        isHidden: false,
      })),
    ),
  );
  app.get('/projects/:org/:project/keys/', (c) => {
    const status = c.req.query('status');
    const keys = listKeys(parts.db, projectOf(parts, c).id).filter(
      (key) => (status !== 'active' && status !== 'inactive') || key.is_active === (status === 'active'),
    );
    return listAnswer(c, keys, (key) => showKey(parts, c.req.raw, key));
  });
  app.post('/projects/:org/:project/keys/', async (c) => {
    const project = projectOf(parts, c);
    const { name } = await readJson(c, z.object({ name: z.string().max(64).nullish() }));
    return c.json(showKey(parts, c.req.raw, addKey(parts.db, project.id, name ?? 'Key', parts.now().getTime())), 201);
  });
  return app;
}
