/** How long to wait before a request is tried again: as asked, else longer each time, with jitter and a ceiling. */

const FIRST_MS = 500;
const CEILING_MS = 60_000;

export interface Attempt {
  /** 1 for the first. */
  readonly number: number;
  /** Milliseconds that the answer asks for. */
  readonly asked: number | undefined;
  /** 0 to 1. */
  readonly random: number;
}

/** Milliseconds; undefined when more patience is asked for than a night has. */
export function delayBefore({ number, asked, random }: Attempt): number | undefined {
  if (asked !== undefined) return asked > CEILING_MS ? undefined : asked + random * FIRST_MS;
  const backoff = Math.min(CEILING_MS, FIRST_MS * 2 ** (number - 1));
  return backoff / 2 + (random * backoff) / 2;
}

/** Milliseconds by `Retry-After`, which holds seconds or a date; undefined where it is absent or neither. */
export function retryAfter(headers: Headers, now: number): number | undefined {
  const after = headers.get('retry-after');
  if (after === null) return undefined;
  const at = /^\d+(?:\.\d+)?$/.test(after.trim()) ? now + Number(after) * 1000 : Date.parse(after);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
