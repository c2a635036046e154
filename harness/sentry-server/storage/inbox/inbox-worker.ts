/** Stores what is written to the inbox, on a thread of its own: SQLite and the port then have a processor each. */
import { closeSync, openSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { openDatabase } from '../database.ts';
import { seenTags } from '../issue-tags.ts';
import { itemCounts } from '../item-counts.ts';
import { inboxFile } from './inbox-files.ts';
import { type InboxRecord, readRecords } from './inbox-records.ts';
import { FLAG, type InboxState, readOffset, writeOffset } from './inbox-state.ts';
import { inboxPosition } from './replay-inbox.ts';
import { isDiskTrouble, type StoredRecords, storeRecords } from './store-records.ts';

/** A transaction takes some ten milliseconds: who must read or write meanwhile waits no longer. */
const BYTES = 2 * 1024 * 1024;
const RECORDS = 400;
/** Where nobody waits, more is let come together: a page of the file is then written once for many events. */
const ENOUGH_BYTES = 1024 * 1024;
const LINGER_MS = 100;
const BUSY_MS = 5;
/** Another thread of this process is done sooner. */
const TROUBLE_MS = 200;
const DISK_MS = 200;
/** Others that want to write may be waiting for another process. */
const POLITE_MS = 50;

const { file, base, offsets, flags, seen } = z
  .object({
    file: z.string(),
    base: z.number(),
    offsets: z.instanceof(BigInt64Array),
    flags: z.instanceof(Int32Array),
    seen: z.instanceof(SharedArrayBuffer),
  })
  .parse(workerData);
const state: InboxState = { offsets, flags };
const db = openDatabase(file, { checkpoints: 'writer' });
const store = { db, seenTags: seenTags(seen), itemCounts: itemCounts(db) };
const { name } = inboxPosition(db);
let open = { base, fd: openSync(inboxFile(file, name, base).path, 'r') };

/** What is at the offset that is stored next; a file that was read to its end is followed by the one that begins there. */
function nextRecords(): InboxRecord[] {
  const from = readOffset(state, 'stored');
  const to = readOffset(state, 'written');
  const found = readRecords(open.fd, { base: open.base, from, to }, BYTES);
  if (found.length > 0 || from === open.base) return found.slice(0, RECORDS);
  closeSync(open.fd);
  open = { base: from, fd: openSync(inboxFile(file, name, from).path, 'r') };
  return readRecords(open.fd, { base: from, from, to }, BYTES).slice(0, RECORDS);
}

function storeNext(): void {
  const deadline = performance.now() + POLITE_MS;
  for (let others = 1; performance.now() < deadline; ) {
    others = Atomics.load(flags, FLAG.writers);
    if (others === 0) break;
    Atomics.wait(flags, FLAG.writers, others, POLITE_MS);
  }
  const stored = tryStore(nextRecords());
  if (stored === undefined) return;
  Atomics.store(flags, FLAG.trouble, 0);
  writeOffset(state, 'stored', stored.to);
  if (readOffset(state, 'written') === stored.to) Atomics.store(flags, FLAG.urgent, 0);
  const { notices, failures } = stored;
  const wanted = Atomics.load(flags, FLAG.notices) === 1 ? notices : [];
  parentPort?.postMessage({ count: notices.length, notices: wanted, failures: failures.map(String) });
}

let busySince: number | undefined;

/** Waits a little before it returns undefined: it is to be tried again. */
function tryStore(records: readonly InboxRecord[]): StoredRecords | undefined {
  if (records.length === 0) throw new Error('the inbox holds what it should not');
  try {
    const stored = storeRecords(store, records, db.tryTransaction);
    if (stored !== undefined) {
      busySince = undefined;
      return stored;
    }
    busySince ??= performance.now();
    pause(performance.now() - busySince > TROUBLE_MS ? 1 : 0, BUSY_MS);
  } catch (error) {
    if (!isDiskTrouble(error)) throw error;
    pause(2, DISK_MS);
  }
  return undefined;
}

function pause(trouble: 0 | 1 | 2, ms: number): void {
  const isNew = Atomics.exchange(flags, FLAG.trouble, trouble) !== trouble;
  if (isNew) parentPort?.postMessage({ count: 0, notices: [], failures: [] });
  Atomics.wait(flags, FLAG.closed, 0, ms);
}

function isDone(): boolean {
  const bell = Atomics.load(flags, FLAG.bell);
  const waiting = readOffset(state, 'written') - readOffset(state, 'stored');
  if (waiting === 0) {
    Atomics.store(flags, FLAG.urgent, 0);
    if (Atomics.load(flags, FLAG.closing) === 1) return true;
    Atomics.wait(flags, FLAG.bell, bell);
    return false;
  }
  if (waiting < ENOUGH_BYTES && Atomics.load(flags, FLAG.closing) === 0) Atomics.wait(flags, FLAG.urgent, 0, LINGER_MS);
  storeNext();
  // What is in the way now is left to who opens the file next.
  return Atomics.load(flags, FLAG.closing) === 1 && Atomics.load(flags, FLAG.trouble) > 0;
}

while (!isDone());
closeSync(open.fd);
db.close();
Atomics.store(flags, FLAG.closed, 1);
Atomics.notify(flags, FLAG.closed);
