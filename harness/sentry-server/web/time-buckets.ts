/** The intervals of a request for numbers over time. */
import type { Context } from 'hono';
import type { ServerParts } from '../server-parts.ts';
import { badRequest } from './api-error.ts';
import { timeRange } from './event-filter.ts';
import { periodMs } from './sql-condition.ts';

export interface Buckets {
  /** Milliseconds since 1970; the end is not part of it. */
  readonly start: number;
  readonly end: number;
  readonly step: number;
  /** Beginnings, oldest first. */
  readonly starts: readonly number[];
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MAX = 10_000;

/** `least` is the smallest step; whole steps, the last of them may not be over yet. */
export function bucketsOf(parts: ServerParts, c: Context, least: number, interval: string | undefined): Buckets {
  const now = parts.now().getTime();
  const [from, to] = timeRange(parts, c);
  const asked = { start: from?.at ?? now - (least < HOUR ? DAY : 14 * DAY), end: to?.at ?? now };
  if (asked.end <= asked.start) throw badRequest('start must be before end');
  const step = stepOf(interval, asked.end - asked.start, least);
  const start = Math.floor(asked.start / step) * step;
  const end = Math.max(start + step, Math.ceil(asked.end / step) * step);
  const count = (end - start) / step;
  if (count > MAX)
    throw badRequest(
      'Your interval and date range would create too many results. Use a larger interval, or a smaller date range.',
    );
  return { start, end, step, starts: Array.from({ length: count }, (_, index) => start + index * step) };
}

/** `1h`, or milliseconds as digits; without one, about a hundred intervals. */
function stepOf(interval: string | undefined, span: number, least: number): number {
  if (interval === undefined || interval === '') {
    const steps = [60_000, 300_000, 1_800_000, HOUR, 4 * HOUR, DAY].filter((step) => step >= least);
    return steps.find((step) => span / step <= 120) ?? DAY;
  }
  return Math.max(least, /^\d{1,12}$/.test(interval) ? Number(interval) : periodMs(interval));
}

export function bucketAt({ start, step }: Pick<Buckets, 'start' | 'step'>, at: number): number {
  return Math.floor((at - start) / step);
}
