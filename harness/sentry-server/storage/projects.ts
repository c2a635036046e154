/** Projects and their client keys. */
import { randomBytes } from 'node:crypto';
import { Failure } from '../../model/failure.ts';
import type { Database } from './database.ts';
import { KeptAnswers } from './kept-answers.ts';
import { KeyRow, ProjectRow, SenderRow } from './rows.ts';

export const PROJECT_SLUG = /^(?!\d+$)[a-z0-9][a-z0-9_-]{0,99}$/;

export interface NewProject {
  readonly slug: string;
  readonly platform?: string | undefined;
  readonly name?: string | undefined;
}

/** The project with that slug, made with one key where there is none. */
export function ensureProject(db: Database, wanted: NewProject, now: number): { project: ProjectRow; key: KeyRow } {
  if (!PROJECT_SLUG.test(wanted.slug)) {
    throw new Failure('usage', 'sentry-project-slug', `"${wanted.slug}" cannot be the slug of a Sentry project.`, {
      hint: 'Use small letters, digits, - and _, beginning with a letter or digit, and not digits only.',
    });
  }
  return db.transaction(() => {
    db.run(
      'INSERT INTO projects (slug, name, platform, created_at) VALUES (?, ?, ?, ?) ON CONFLICT (slug) DO NOTHING',
      wanted.slug,
      wanted.name ?? wanted.slug,
      wanted.platform ?? null,
      now,
    );
    const project = findProject(db, wanted.slug);
    if (project === undefined) throw new Error(`project ${wanted.slug} vanished inside its own transaction`);
    return {
      project,
      key: listKeys(db, project.id).find((key) => key.is_active) ?? addKey(db, project.id, 'Default', now),
    };
  });
}

export function findProject(db: Database, idOrSlug: string): ProjectRow | undefined {
  if (/^\d{1,15}$/.test(idOrSlug)) return db.one(ProjectRow, 'SELECT * FROM projects WHERE id = ?', Number(idOrSlug));
  return db.one(ProjectRow, 'SELECT * FROM projects WHERE slug = ?', idOrSlug);
}

/** The slug must be free. */
export function changeProject(
  db: Database,
  projectId: number,
  change: { name?: string | undefined; slug?: string | undefined; platform?: string | null | undefined },
): void {
  db.transaction(() => {
    for (const column of ['name', 'slug', 'platform'] as const) {
      const value = change[column];
      if (value !== undefined) db.run(`UPDATE projects SET ${column} = ? WHERE id = ?`, value, projectId);
    }
  });
}

const senders = new KeptAnswers<SenderRow>();

/** The project of that numeric id, where the key is an active one of it. */
export function projectOfKey(db: Database, id: string, publicKey: string): SenderRow | undefined {
  if (!/^\d{1,15}$/.test(id)) return undefined;
  return senders.of(db, `${id} ${publicKey}`, () => readSender(db, id, publicKey));
}

function readSender(db: Database, id: string, publicKey: string): SenderRow | undefined {
  return db.one(
    SenderRow,
    'SELECT projects.*, limit_count, limit_seconds FROM projects JOIN keys ON project_id = projects.id WHERE projects.id = ? AND public = ? AND is_active = 1',
    Number(id),
    publicKey,
  );
}

/** By slug. */
export function listProjects(db: Database): ProjectRow[] {
  return db.all(ProjectRow, 'SELECT * FROM projects ORDER BY slug');
}

export function addKey(db: Database, projectId: number, label: string, now: number): KeyRow {
  const key = randomBytes(16).toString('hex');
  db.run(
    'INSERT INTO keys (public, secret, project_id, label, created_at) VALUES (?, ?, ?, ?, ?)',
    key,
    randomBytes(16).toString('hex'),
    projectId,
    label,
    now,
  );
  const row = findKey(db, key);
  if (row === undefined) throw new Error('a key vanished after it was inserted');
  return row;
}

function findKey(db: Database, publicKey: string): KeyRow | undefined {
  return db.one(KeyRow, 'SELECT * FROM keys WHERE public = ?', publicKey);
}

/** Oldest first. */
export function listKeys(db: Database, projectId: number): KeyRow[] {
  return db.all(KeyRow, 'SELECT * FROM keys WHERE project_id = ? ORDER BY created_at, rowid', projectId);
}
