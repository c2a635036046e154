/** The files of an inbox beside the database: `sentry.db-inbox-<name>-<offset of the first byte>`, the last one being written. */
import { closeSync, openSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface InboxFile {
  readonly path: string;
  readonly base: number;
}

export function inboxFile(database: string, name: string, base: number): InboxFile {
  return { path: `${database}-inbox-${name}-${base}`, base };
}

/** Oldest first. Files of a database that stood at this place before are deleted. */
export function listInboxFiles(database: string, name: string): InboxFile[] {
  const folder = dirname(database);
  const pattern = /^-inbox-(?<name>[0-9a-f]{16})-(?<base>\d{1,15})$/;
  const found: InboxFile[] = [];
  for (const entry of readdirSync(folder)) {
    if (!entry.startsWith(basename(database))) continue;
    const parts = pattern.exec(entry.slice(basename(database).length))?.groups;
    if (parts === undefined) continue;
    if (parts.name === name) found.push({ path: join(folder, entry), base: Number(parts.base) });
    else rmSync(join(folder, entry), { force: true });
  }
  return found.sort((one, other) => one.base - other.base);
}

export function withInboxFile<T>({ path }: InboxFile, work: (fd: number) => T): T {
  const fd = openSync(path, 'r');
  try {
    return work(fd);
  } finally {
    closeSync(fd);
  }
}

/** Held until it is released or the process dies; undefined where another process holds it. SQLite knows how on each system. */
export function lockInbox(database: string): { release(): void } | undefined {
  const path = `${database}-inbox-lock`;
  const lock = new DatabaseSync(path);
  try {
    lock.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
  } catch {
    // Whatever keeps the lock from us: without it events go straight into the database.
    lock.close();
    return undefined;
  }
  return {
    release: () => {
      rmSync(path, { force: true });
      lock.close();
    },
  };
}
