import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Database, openDatabase } from './database.ts';
import { FileBusy, groupCommit } from './group-commit.ts';
import { ensureProject, listProjects } from './projects.ts';

let folder: string;
let db: Database;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'group-commit-'));
  db = openDatabase(join(folder, 'sentry.db'));
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

const add = (slug: string) => () => ensureProject(db, { slug }, 0).project.slug;
const slugs = (): string[] => listProjects(db).map(({ slug }) => slug);

/** How many transactions were begun. */
function counted(): { db: Database; begun: () => number } {
  let begun = 0;
  const tryTransaction = <T>(work: () => T): T | undefined => {
    begun += 1;
    return db.tryTransaction(work);
  };
  return { db: { ...db, tryTransaction }, begun: () => begun };
}

test('works of one turn share a transaction, and each has its own result', async () => {
  const { db: watched, begun } = counted();
  const commits = groupCommit(watched);

  const results = await Promise.all(['a', 'b', 'c'].map((slug) => commits.add(add(slug))));

  expect({ results, begun: begun(), stored: slugs() }).toEqual({
    results: ['a', 'b', 'c'],
    begun: 1,
    stored: ['a', 'b', 'c'],
  });
});

test('a work that fails is undone and rejected alone', async () => {
  let rollbacks = 0;
  const commits = groupCommit(db, { onRollback: () => (rollbacks += 1) });
  const failing = (): never => {
    add('half')();
    throw new Error('no');
  };

  const settled = await Promise.allSettled([commits.add(add('a')), commits.add(failing), commits.add(add('b'))]);

  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(slugs()).toEqual(['a', 'b']);
  expect(rollbacks).toBe(2);
});

test('a lock that another process holds for too long rejects what waited', async () => {
  const other = new DatabaseSync(join(folder, 'sentry.db'));
  other.exec('BEGIN IMMEDIATE');
  const commits = groupCommit(db, { patience: 30 });

  await expect(commits.add(add('a'))).rejects.toBeInstanceOf(FileBusy);
  other.exec('ROLLBACK');
  other.close();

  expect(await commits.add(add('b'))).toBe('b');
  expect(slugs()).toEqual(['b']);
});

test('a group that is larger than a transaction may be is stored whole', async () => {
  const { db: watched, begun } = counted();
  const commits = groupCommit(watched);
  const wanted = Array.from({ length: 150 }, (_, index) => `p${index + 100}`);

  await Promise.all(wanted.map((slug) => commits.add(add(slug))));

  expect({ stored: slugs().length, begun: begun() }).toEqual({ stored: 150, begun: 3 });
});

test('what waits is stored at once where it is asked for, as when the server is closed', () => {
  const commits = groupCommit(db);

  for (const slug of ['a', 'b']) void commits.add(add(slug));
  const before = slugs();
  commits.flush();

  expect([before, slugs()]).toEqual([[], ['a', 'b']]);
});
