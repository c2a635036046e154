/** What the thread that takes events in and the one that stores them tell each other: numbers in memory that both see. */

/** Offsets count the bytes of all files of an inbox, one after the other. */
export const OFFSET = {
  /** All before it is in the files. */
  written: 0,
  /** All before it is stored. */
  stored: 1,
} as const;

export const FLAG = {
  /** Grows when there is something to do. */
  bell: 0,
  /** 1 where somebody waits for what was written so far. */
  urgent: 1,
  /** How many others want to write to the database. */
  writers: 2,
  /** 0 where storing goes on, 1 where another process holds the file's lock, 2 where the disk refuses. */
  trouble: 3,
  /** 1 where somebody wants to hear of each event. */
  notices: 4,
  /** 1 when all shall be stored and the file closed. */
  closing: 5,
  closed: 6,
} as const;

export interface InboxState {
  readonly offsets: BigInt64Array;
  readonly flags: Int32Array;
}

export function inboxState(): InboxState {
  return {
    offsets: new BigInt64Array(new SharedArrayBuffer(8 * Object.keys(OFFSET).length)),
    flags: new Int32Array(new SharedArrayBuffer(4 * Object.keys(FLAG).length)),
  };
}

export function readOffset({ offsets }: InboxState, name: keyof typeof OFFSET): number {
  return Number(Atomics.load(offsets, OFFSET[name]));
}

export function writeOffset({ offsets }: InboxState, name: keyof typeof OFFSET, value: number): void {
  Atomics.store(offsets, OFFSET[name], BigInt(value));
}

export function ring({ flags }: InboxState): void {
  Atomics.add(flags, FLAG.bell, 1);
  Atomics.notify(flags, FLAG.bell);
}

/** Has what was written stored without waiting for more. */
export function hurry(state: InboxState): void {
  Atomics.store(state.flags, FLAG.urgent, 1);
  Atomics.notify(state.flags, FLAG.urgent);
  ring(state);
}

/** Around writes of another thread than the one that stores: it steps aside for them. */
export function turnOf({ flags }: InboxState): { take(): void; give(): void } {
  return {
    take: () => {
      Atomics.add(flags, FLAG.writers, 1);
    },
    give: () => {
      Atomics.sub(flags, FLAG.writers, 1);
      Atomics.notify(flags, FLAG.writers);
    },
  };
}
