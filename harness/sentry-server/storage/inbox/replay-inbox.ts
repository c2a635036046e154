/** Stores what a process that was killed has left in its inbox. */
import { fstatSync, rmSync } from 'node:fs';
import { z } from 'zod';
import type { Database } from '../database.ts';
import { type InboxFile, listInboxFiles, withInboxFile } from './inbox-files.ts';
import { readRecords } from './inbox-records.ts';
import { type InboxStore, markStored, storeRecords } from './store-records.ts';

const BYTES = 2 * 1024 * 1024;

/** Who calls it holds the lock. Returns the inbox's name and the offset at which it goes on; no file is left. */
export function replayInbox(store: InboxStore, database: string): { name: string; base: number } {
  const { name, storedTo } = inboxPosition(store.db);
  const files = listInboxFiles(database, name);
  let next = storedTo;
  for (const file of files) next = Math.max(next, replayFile(store, file, next));
  markStored(store.db, next);
  for (const { path } of files) rmSync(path, { force: true });
  return { name, base: next };
}

const Position = z.object({ name: z.string(), stored_to: z.number() });

/** Of the database: its inbox's name, and how much of it is stored. */
export function inboxPosition(db: Database): { name: string; storedTo: number } {
  const row = db.one(Position, 'SELECT name, stored_to FROM inbox');
  if (row === undefined) throw new Error('the database does not know its inbox');
  return { name: row.name, storedTo: row.stored_to };
}

/** Returns where the file ends in the inbox. */
function replayFile(store: InboxStore, file: InboxFile, storedTo: number): number {
  return withInboxFile(file, (fd) => {
    const to = file.base + fstatSync(fd).size;
    for (let from = Math.max(storedTo, file.base); from < to; ) {
      const records = readRecords(fd, { base: file.base, from, to }, BYTES);
      // What is not whole was never answered.
      if (records.length === 0) break;
      const stored = storeRecords(store, records, store.db.transaction);
      for (const failure of stored?.failures ?? []) process.emitWarning(warningOf(failure));
      from = stored?.to ?? to;
    }
    return to;
  });
}

export function warningOf(failure: unknown): Error | string {
  return failure instanceof Error ? failure : String(failure);
}
