/**
 * Where events wait between their answer and the database. They are appended to a file, which survives the death of the process
 * as the database does; another thread stores them, many in a transaction. Reads wait for what was answered before them.
 */
import type { Arrival } from '../../event/arrival.ts';
import { FileBusy } from '../group-commit.ts';
import type { SharedSeenTags } from '../issue-tags.ts';
import { lockInbox } from './inbox-files.ts';
import { encodeRecord } from './inbox-records.ts';
import { FLAG, hurry, type InboxState, readOffset, ring, writeOffset } from './inbox-state.ts';
import { type InboxWriter, inboxWriter } from './inbox-writer.ts';
import { replayInbox, warningOf } from './replay-inbox.ts';
import { type InboxNotice, type InboxStore, storeRecords } from './store-records.ts';
import { type StoringThread, storingThread } from './storing-thread.ts';

export interface Inbox {
  /** Resolves when the events are in the inbox's file. Rejects with FileBusy where too much waits there for too long. */
  add(projectId: number, arrivals: readonly Arrival[]): Promise<void>;
  /** Resolves when all that was answered before can be read, or another process or the disk is in the way. */
  settled(): Promise<void>;
  /** Stores what waits, as long as nothing is in the way; what is left is stored by who opens the file next. */
  close(): void;
}

export interface InboxOptions {
  readonly file: string;
  readonly state: InboxState;
  readonly store: InboxStore & { readonly seenTags: SharedSeenTags };
  /** How many events were stored, and which they are where somebody `listens`. */
  readonly onStored: (count: number, notices: readonly InboxNotice[]) => void;
  readonly listens: () => boolean;
}

/** Bytes that may wait to be stored: what comes on top of them is answered later. */
const MOST_WAITING = 16 * 1024 * 1024;
const PATIENCE_MS = 10_000;
const SETTLE_MS = 30_000;

interface Waiting {
  readonly projectId: number;
  readonly arrivals: readonly Arrival[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Stores first what a killed process has left. Undefined where another process has the inbox. */
export function openInbox({ file, state, store, onStored, listens }: InboxOptions): Inbox | undefined {
  const lock = lockInbox(file);
  if (lock === undefined) return undefined;
  const { name, base } = replayInbox(store, file);
  writeOffset(state, 'written', base);
  writeOffset(state, 'stored', base);
  let writer: InboxWriter | undefined;
  let thread: StoringThread | undefined;
  let waiting: Waiting[] = [];
  let isClosed = false;

  /** Without the thread events are stored as they come. */
  const onFailure = (error: Error): void => {
    process.emitWarning(error);
    writer?.close(base);
    writer = undefined;
    store.seenTags.clear();
    try {
      const { base: end } = replayInbox(store, file);
      writeOffset(state, 'written', end);
      writeOffset(state, 'stored', end);
    } catch (failure) {
      // Who opens the file next will store it.
      process.emitWarning(warningOf(failure));
    }
  };
  const start = (): InboxWriter => {
    const started = inboxWriter(file, name, base);
    thread = storingThread({
      file,
      base,
      state,
      seen: store.seenTags.shared,
      onFailure,
      onStored: ({ count, notices, failures }) => {
        for (const failure of failures) process.emitWarning(failure);
        if (isClosed) return;
        writer?.release(readOffset(state, 'stored'));
        onStored(count, notices);
      },
    });
    return started;
  };

  const append = (): void => {
    const group = waiting;
    waiting = [];
    if (group.length === 0) return;
    try {
      const records = group.flatMap(({ projectId, arrivals }) =>
        arrivals.flatMap((one) => encodeRecord(projectId, one)),
      );
      if (thread === undefined) writer = start();
      Atomics.store(state.flags, FLAG.notices, Number(listens()));
      if (writer === undefined) storeNow(group);
      else writeOffset(state, 'written', writer.append(records));
      ring(state);
      for (const { resolve } of group) resolve();
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  };
  const storeNow = (group: readonly Waiting[]): void => {
    const end = readOffset(state, 'stored');
    for (const { projectId, arrivals } of group) {
      const records = arrivals.map((arrival) => ({ projectId, arrival, end }));
      const stored = storeRecords(store, records, store.db.transaction);
      for (const failure of stored?.failures ?? []) process.emitWarning(warningOf(failure));
      onStored(stored?.notices.length ?? 0, stored?.notices ?? []);
    }
  };

  const hasRoom = (): boolean => readOffset(state, 'written') - readOffset(state, 'stored') < MOST_WAITING;
  return {
    add: async (projectId, arrivals) => {
      if (isClosed) throw new FileBusy('The server is closed.');
      if (!hasRoom() && !(await thread?.until(hasRoom, PATIENCE_MS)))
        throw new FileBusy('Too many events wait for the file.');
      await new Promise<void>((resolve, reject) => {
        waiting.push({ projectId, arrivals, resolve, reject });
        if (waiting.length === 1) setImmediate(append);
      });
    },
    settled: async () => {
      const target = readOffset(state, 'written');
      const isSettled = (): boolean =>
        readOffset(state, 'stored') >= target || Atomics.load(state.flags, FLAG.trouble) > 0;
      if (isSettled()) return;
      hurry(state);
      await thread?.until(isSettled, SETTLE_MS);
    },
    close: () => {
      append();
      isClosed = true;
      thread?.close();
      writer?.close(readOffset(state, 'stored'));
      lock.release();
    },
  };
}
