/** How long to wait before a request to Sentry is tried again. */
import { delayBefore, retryAfter } from '../../web/retry-delay.ts';

export interface Attempt {
  /** 1 for the first. */
  readonly number: number;
  /** Undefined when no answer came. */
  readonly answer: Pick<Response, 'status' | 'headers'> | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** 0 to 1. */
  readonly random: number;
}

/** Milliseconds; undefined when Sentry asks for more patience than a night has. */
export function retryDelay({ number, answer, now, random }: Attempt): number | undefined {
  const asked = answer?.status === 429 || answer?.status === 503 ? askedDelay(answer.headers, now) : undefined;
  return delayBefore({ number, asked, random });
}

/** `Retry-After` in seconds or as a date; else the absolute epoch seconds of `X-Sentry-Rate-Limit-Reset`. */
export function askedDelay(headers: Headers, now: number): number | undefined {
  const after = retryAfter(headers, now);
  if (after !== undefined) return after;
  // Only too many at once: there is room as soon as another request ends, whenever the window does.
  if (numberOf(headers, 'concurrentremaining') === 0 && numberOf(headers, 'remaining') > 0) return undefined;
  const reset = numberOf(headers, 'reset');
  return Number.isNaN(reset) ? undefined : Math.max(0, reset * 1000 - now);
}

function numberOf(headers: Headers, name: string): number {
  return Number(headers.get(`x-sentry-rate-limit-${name}`) ?? Number.NaN);
}
