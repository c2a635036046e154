/**
 * Has the log of a database moved to its place by another thread while the writer goes on. What that thread has moved the
 * writer's own checkpoint finds done: only the rest of it, some milliseconds, holds the writer up before the log starts anew.
 */
import { Worker } from 'node:worker_threads';

export interface Checkpointer {
  /** Told of each statement that writes. */
  wrote(): void;
  /** Waits until the thread has let go of the file: who is the last to do so removes the log. */
  close(): void;
}

/** About a quarter of the log that the writer lets come together. */
const STATEMENTS = 2500;
const CLOSING_MS = 2000;

/** `file` is a path. The thread starts with the first checkpoint, and keeps no process alive. */
export function checkpointer(file: string): Checkpointer {
  let statements = 0;
  let isBusy = false;
  let worker: Worker | undefined;
  const closed = new Int32Array(new SharedArrayBuffer(4));
  const start = (): Worker => {
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const started = new Worker(new URL(`./checkpoint-worker.${extension}`, import.meta.url), {
      workerData: { file, closed },
      // Flags of the process may not suit a file: `--input-type` ends a thread at once.
      execArgv: [],
    });
    started.unref();
    started.on('message', () => {
      isBusy = false;
    });
    // Without the thread the writer does all of it, as SQLite does by itself: `isBusy` stays.
    started.on('error', () => undefined);
    return started;
  };
  return {
    wrote: () => {
      statements += 1;
      if (statements < STATEMENTS || isBusy) return;
      statements = 0;
      isBusy = true;
      worker ??= start();
      worker.postMessage('checkpoint');
    },
    close: () => {
      if (worker === undefined) return;
      worker.postMessage('close');
      Atomics.wait(closed, 0, 0, CLOSING_MS);
      worker = undefined;
    },
  };
}
