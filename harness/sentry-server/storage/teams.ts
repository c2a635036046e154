/** Teams and the projects that they look after. */
import { z } from 'zod';
import type { Database } from './database.ts';
import { ProjectRow } from './rows.ts';

const TeamRow = z.object({ id: z.number(), slug: z.string(), name: z.string(), created_at: z.number() });
export type TeamRow = z.infer<typeof TeamRow>;

/** By slug. */
export function listTeams(db: Database): TeamRow[] {
  return db.all(TeamRow, 'SELECT * FROM teams ORDER BY slug');
}

export function findTeam(db: Database, idOrSlug: string): TeamRow | undefined {
  if (/^\d{1,15}$/.test(idOrSlug)) return db.one(TeamRow, 'SELECT * FROM teams WHERE id = ?', Number(idOrSlug));
  return db.one(TeamRow, 'SELECT * FROM teams WHERE slug = ?', idOrSlug);
}

/** Undefined where the slug is taken. */
export function addTeam(db: Database, slug: string, name: string, now: number): TeamRow | undefined {
  const { changes } = db.run(
    'INSERT INTO teams (slug, name, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    slug,
    name,
    now,
  );
  return changes === 0 ? undefined : findTeam(db, slug);
}

export function addTeamProject(db: Database, teamId: number, projectId: number): void {
  db.run('INSERT INTO team_projects (team_id, project_id) VALUES (?, ?) ON CONFLICT DO NOTHING', teamId, projectId);
}

/** By slug. */
export function teamsOfProject(db: Database, projectId: number): TeamRow[] {
  return db.all(
    TeamRow,
    'SELECT teams.* FROM teams JOIN team_projects ON team_id = teams.id WHERE project_id = ? ORDER BY slug',
    projectId,
  );
}

/** By slug. */
export function projectsOfTeam(db: Database, teamId: number): ProjectRow[] {
  return db.all(
    ProjectRow,
    'SELECT projects.* FROM projects JOIN team_projects ON project_id = projects.id WHERE team_id = ? ORDER BY slug',
    teamId,
  );
}
