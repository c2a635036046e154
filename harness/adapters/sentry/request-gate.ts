/** Lets a bounded number of requests run at once, fewer where Sentry allows fewer. */

export interface RequestGate {
  /** Runs `send` when there is room; rejects with the signal's reason when that is aborted first. */
  pass<T>(send: () => Promise<T>, signal: AbortSignal | undefined): Promise<T>;
  /** Reads `X-Sentry-Rate-Limit-ConcurrentLimit` of an answer. */
  heed(headers: Headers): void;
}

export function requestGate(most: number): RequestGate {
  let room = most;
  let running = 0;
  const waiting = new Set<() => void>();
  const wake = (): void => {
    for (const enter of waiting) {
      if (running >= room) return;
      waiting.delete(enter);
      running += 1;
      enter();
    }
  };
  const enter = async (signal: AbortSignal | undefined): Promise<void> => {
    signal?.throwIfAborted();
    const turn = Promise.withResolvers<void>();
    const leave = (): void => {
      if (waiting.delete(turn.resolve)) turn.reject(signal?.reason);
    };
    waiting.add(turn.resolve);
    signal?.addEventListener('abort', leave, { once: true });
    wake();
    await turn.promise.finally(() => signal?.removeEventListener('abort', leave));
  };
  return {
    pass: async (send, signal) => {
      await enter(signal);
      try {
        return await send();
      } finally {
        running -= 1;
        wake();
      }
    },
    heed: (headers) => {
      const allowed = Number(headers.get('x-sentry-rate-limit-concurrentlimit') ?? Number.NaN);
      if (Number.isInteger(allowed) && allowed > 0) room = Math.min(most, allowed);
      wake();
    },
  };
}
