/** The thread that stores an inbox, as the thread that fills it sees it. */
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { FLAG, hurry, type InboxState } from './inbox-state.ts';

export interface StoringThread {
  /** Whether it came true within the time; asked whenever something was stored. */
  until(isTrue: () => boolean, ms: number): Promise<boolean>;
  /** Waits until the thread has stored all, or met trouble, and let go of the file. */
  close(): void;
}

const Notice = z.object({
  projectId: z.number(),
  eventId: z.string(),
  title: z.string(),
  issueId: z.number(),
  shortNumber: z.number(),
  isNew: z.boolean(),
});

const Stored = z.object({ count: z.number(), notices: z.array(Notice), failures: z.array(z.string()) });
type Stored = z.infer<typeof Stored>;

export interface ThreadOptions {
  readonly file: string;
  /** Of the inbox's first file. */
  readonly base: number;
  readonly state: InboxState;
  readonly seen: SharedArrayBuffer;
  readonly onStored: (stored: Stored) => void;
  /** The thread has ended, and stores nothing any more. */
  readonly onFailure: (error: Error) => void;
}

const CLOSING_MS = 10_000;

/** What the thread keeps are statements and one group of events. */
const MEMORY = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 8 };

/** It keeps no process alive but where somebody waits for it. */
export function storingThread({ file, base, state, seen, onStored, onFailure }: ThreadOptions): StoringThread {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const { offsets, flags } = state;
  const worker = new Worker(new URL(`./inbox-worker.${extension}`, import.meta.url), {
    workerData: { file, base, offsets, flags, seen },
    resourceLimits: MEMORY,
    // Flags of the process may not suit a file: `--input-type` ends a thread at once.
    execArgv: [],
  });
  worker.unref();
  let hasEnded = false;
  const waiting = new Set<() => void>();
  const look = (): void => {
    for (const one of waiting) one();
  };
  worker.on('message', (message) => {
    onStored(Stored.parse(message));
    look();
  });
  worker.on('error', (error) => {
    hasEnded = true;
    onFailure(error instanceof Error ? error : new Error(String(error)));
    look();
  });
  return {
    until: (isTrue, ms) =>
      new Promise((resolve) => {
        if (hasEnded) return resolve(isTrue());
        const end = (isMet: boolean): void => {
          clearTimeout(timer);
          waiting.delete(check);
          if (waiting.size === 0) worker.unref();
          resolve(isMet);
        };
        const check = (): void => {
          if (isTrue() || hasEnded) end(isTrue());
        };
        const timer = setTimeout(() => end(false), ms);
        waiting.add(check);
        worker.ref();
        // It may have come true before anybody listened.
        check();
      }),
    close: () => {
      if (hasEnded) return;
      Atomics.store(flags, FLAG.closing, 1);
      hurry(state);
      Atomics.wait(flags, FLAG.closed, 0, CLOSING_MS);
      hasEnded = true;
    },
  };
}
