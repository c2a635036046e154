/** Counts calls per endpoint as Sentry does, says so on every answer, and refuses those above the limit. */

import type { MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { matchedRoutes } from 'hono/route';

export interface RateLimits {
  readonly callsPerSecond: number;
  readonly concurrent: number;
}

const SECOND = 1000;

export function rateLimit(now: () => Date, limits: RateLimits): MiddlewareHandler {
  let window = 0;
  let inFlight = 0;
  const calls = new Map<string, number>();
  return async (c, next) => {
    const second = Math.floor(now().getTime() / SECOND);
    if (second !== window) {
      window = second;
      calls.clear();
    }
    const endpoint = `${c.req.method} ${matchedRoutes(c).at(-1)?.path ?? ''}`;
    const count = (calls.get(endpoint) ?? 0) + 1;
    calls.set(endpoint, count);
    c.header('x-sentry-rate-limit-limit', String(limits.callsPerSecond));
    c.header('x-sentry-rate-limit-remaining', String(Math.max(0, limits.callsPerSecond - count)));
    c.header('x-sentry-rate-limit-reset', String(second + 1));
    c.header('x-sentry-rate-limit-concurrentlimit', String(limits.concurrent));
    c.header('x-sentry-rate-limit-concurrentremaining', String(Math.max(0, limits.concurrent - inFlight - 1)));
    if (count > limits.callsPerSecond) throw tooMany(`Limit is ${limits.callsPerSecond} requests in 1 seconds`);
    if (inFlight >= limits.concurrent) throw tooMany(`Limit is ${limits.concurrent} concurrent requests`);
    inFlight += 1;
    try {
      await next();
    } finally {
      inFlight -= 1;
    }
  };
}

function tooMany(limit: string): HTTPException {
  return new HTTPException(429, { message: `You are attempting to use this endpoint too frequently. ${limit}` });
}
