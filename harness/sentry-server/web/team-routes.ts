/** Teams, and the projects that are made in them. */
import type { Context } from 'hono';
import { Hono } from 'hono';
import { z } from 'zod';
import type { ServerParts } from '../server-parts.ts';
import { ensureProject, findProject } from '../storage/projects.ts';
import {
  addTeam,
  addTeamProject,
  findTeam,
  listTeams,
  projectsOfTeam,
  type TeamRow,
  teamsOfProject,
} from '../storage/teams.ts';
import { badRequest, conflict, notFound } from './api-error.ts';
import { projectOf } from './organization-routes.ts';
import { listAnswer } from './pagination.ts';
import { ProjectSlug } from './project-routes.ts';
import { readJson } from './read-json.ts';
import { showProject, showTime } from './show-project.ts';
import { SCOPES } from './show-user.ts';

const NewTeam = z
  .object({ name: z.string().trim().max(64).optional(), slug: ProjectSlug.optional() })
  .refine(({ name, slug }) => Boolean(name ?? slug), 'Name or slug is required');

const NewProject = z.object({
  name: z.string().trim().min(1).max(200),
  slug: ProjectSlug.nullish(),
  platform: z.string().max(64).nullish(),
});

export function teamRoutes(parts: ServerParts): Hono {
  const app = new Hono();
  app.get('/organizations/:org/teams/', (c) => {
    const word = (c.req.query('query') ?? '').toLowerCase();
    const found = listTeams(parts.db).filter(({ slug, name }) => `${slug} ${name.toLowerCase()}`.includes(word));
    return listAnswer(c, found, (team) => showTeam(parts, team));
  });
  app.post('/organizations/:org/teams/', async (c) => {
    const wanted = await readJson(c, NewTeam);
    const slug = wanted.slug ?? slugOf(wanted.name ?? '');
    const team = addTeam(parts.db, slug, wanted.name ?? slug, parts.now().getTime());
    if (team === undefined) throw conflict('A team with this slug already exists.');
    return c.json(showTeam(parts, team), 201);
  });
  app.get('/teams/:org/:team/', (c) => c.json(showTeam(parts, teamOf(parts, c))));
  app.get('/teams/:org/:team/projects/', (c) =>
    listAnswer(c, projectsOfTeam(parts.db, teamOf(parts, c).id), (project) => showProject(parts, project)),
  );
  app.post('/teams/:org/:team/projects/', async (c) => {
    const team = teamOf(parts, c);
    const { name, slug: given, platform } = await readJson(c, NewProject);
    const slug = given ?? slugOf(name);
    if (findProject(parts.db, slug) !== undefined) throw conflict('A project with this slug already exists.');
    const project = parts.db.transaction(() => {
      const made = ensureProject(
        parts.db,
        { slug, name, platform: platform ?? undefined },
        parts.now().getTime(),
      ).project;
      addTeamProject(parts.db, team.id, made.id);
      return made;
    });
    return c.json(showProject(parts, project), 201);
  });
  app.get('/projects/:org/:project/teams/', (c) =>
    listAnswer(c, teamsOfProject(parts.db, projectOf(parts, c).id), (team) => showTeam(parts, team)),
  );
  app.post('/projects/:org/:project/teams/:team/', (c) => {
    const project = projectOf(parts, c);
    addTeamProject(parts.db, teamOf(parts, c).id, project.id);
    return c.json(showProject(parts, project), 201);
  });
  return app;
}

function teamOf(parts: ServerParts, c: Context): TeamRow {
  const team = findTeam(parts.db, c.req.param('team') ?? '');
  if (team === undefined) throw notFound();
  return team;
}

/** Small letters, digits and single dashes; refused where nothing is left. */
function slugOf(name: string): string {
  const slug = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 50);
  const parsed = ProjectSlug.safeParse(slug);
  if (!parsed.success) throw badRequest('slug: Enter a valid slug.');
  return parsed.data;
}

function showTeam(parts: ServerParts, team: TeamRow): Record<string, unknown> {
  return {
    id: String(team.id),
    slug: team.slug,
    name: team.name,
    dateCreated: showTime(team.created_at),
    isMember: true,
    teamRole: 'admin',
    flags: { 'idp:provisioned': false },
    access: SCOPES,
    hasAccess: true,
    isPending: false,
    memberCount: 1,
    avatar: { avatarType: 'letter_avatar', avatarUuid: null },
    projects: projectsOfTeam(parts.db, team.id).map((project) => showProject(parts, project)),
  };
}
