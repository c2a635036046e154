/** What the hosts tell of their limits: when more may be asked, and whether a refusal is only a limit. */
import { retryAfter } from '../../web/retry-delay.ts';

interface Answer {
  readonly status: number;
  readonly headers: Headers;
}

/** GitHub refuses with 403, too, where a limit is reached. */
export function isLimited({ status, headers }: Answer): boolean {
  if (status === 429) return true;
  return status === 403 && (headers.has('retry-after') || headers.get('x-ratelimit-remaining') === '0');
}

/** Milliseconds that the answer asks for: `Retry-After`, else the epoch seconds at which the limit begins anew. */
export function askedDelay(answer: Answer, now: number): number | undefined {
  if (!isLimited(answer) && answer.status !== 503) return undefined;
  const after = retryAfter(answer.headers, now);
  if (after !== undefined) return after;
  const reset = Number(answer.headers.get('x-ratelimit-reset') ?? answer.headers.get('ratelimit-reset') ?? Number.NaN);
  return Number.isNaN(reset) ? undefined : Math.max(0, reset * 1000 - now);
}
