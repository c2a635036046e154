/** Puts the writes of requests that arrive together into one transaction: a commit costs more than what most of them write. */
import type { Database } from './database.ts';

export interface GroupCommit {
  /** Resolves when the transaction that holds the work is committed; rejects with what kept it from that. */
  add<T>(work: () => T): Promise<T>;
  /** Commits what waits, without waiting for more. */
  flush(): void;
}

interface Waiting {
  /** Runs the work; the returned function tells its caller. */
  readonly run: () => () => void;
  readonly reject: (error: unknown) => void;
  readonly since: number;
}

/** A transaction that holds others up for longer than some milliseconds is too long. */
const LARGEST = 64;
const RETRY_MS = 5;

export interface GroupCommitOptions {
  /** Milliseconds for which works wait for another process that writes. */
  readonly patience?: number;
  /** The last of each transaction. */
  readonly beforeCommit?: () => void;
  /** Told when what works wrote is undone. */
  readonly onRollback?: () => void;
}

export function groupCommit(
  db: Database,
  { patience = 10_000, beforeCommit = () => undefined, onRollback = () => undefined }: GroupCommitOptions = {},
): GroupCommit {
  let waiting: Waiting[] = [];
  let isScheduled = false;

  const commit = (group: readonly Waiting[]): 'done' | 'busy' => {
    try {
      const tell = db.tryTransaction(() => {
        const results = group.map((one) => one.run());
        beforeCommit();
        return results;
      });
      if (tell === undefined) return 'busy';
      for (const each of tell) each();
    } catch (error) {
      onRollback();
      if (group.length === 1) for (const { reject } of group) reject(error);
      // One of them failed; the others shall not pay for it.
      else for (const one of group) if (commit([one]) === 'busy') waiting.push(one);
    }
    return 'done';
  };

  const flush = (): void => {
    isScheduled = false;
    const group = waiting.slice(0, LARGEST);
    waiting = waiting.slice(LARGEST);
    if (group.length === 0) return;
    if (commit(group) === 'busy') {
      waiting = [...group.filter((one) => isPatient(one)), ...waiting];
      schedule((next) => setTimeout(next, RETRY_MS));
    } else if (waiting.length > 0) schedule(setImmediate);
  };

  const isPatient = ({ since, reject }: Waiting): boolean => {
    const isLate = performance.now() - since > patience;
    if (isLate) reject(new FileBusy('Another process has been writing to the file for too long.'));
    return !isLate;
  };

  const schedule = (later: (next: () => void) => unknown): void => {
    if (isScheduled || waiting.length === 0) return;
    isScheduled = true;
    later(flush);
  };

  return {
    flush: () => {
      while (waiting.length > 0) {
        const before = waiting.length;
        flush();
        if (waiting.length === before) return;
      }
    },
    add: <T>(work: () => T) =>
      new Promise<T>((resolve, reject) => {
        const run = () => {
          const result = work();
          return () => resolve(result);
        };
        waiting.push({ run, reject, since: performance.now() });
        schedule(setImmediate);
      }),
  };
}

export class FileBusy extends Error {}
