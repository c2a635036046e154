/** How a monitor's check-ins ended, counted in steps of time. */
import { z } from 'zod';
import type { CheckInRow } from '../storage/check-ins.ts';
import { badRequest } from './api-error.ts';
import { periodMs } from './sql-condition.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MAX_STEPS = 1000;

const Seconds = z.coerce.number().nonnegative().max(1e11);

export interface StatsQuestion {
  /** Seconds since 1970; the last day where they are left out. */
  readonly since: string | undefined;
  readonly until: string | undefined;
  /** `1h`, `30m`; an hour where it is left out. */
  readonly resolution: string | undefined;
}

/** `ts` is in seconds, `duration` the mean of the finished ones in milliseconds. */
export function monitorStats(rows: readonly CheckInRow[], { since, until, resolution }: StatsQuestion, now: number) {
  const step = resolution ? periodMs(resolution) : HOUR;
  const end = timeOf(until, now);
  const from = Math.floor(timeOf(since, end - DAY) / step) * step;
  const steps = Math.ceil((end - from) / step);
  if (steps < 1 || steps > MAX_STEPS) throw badRequest('Your interval and date range would create too many results.');
  return Array.from({ length: steps }, (_, index) => {
    const start = from + index * step;
    const ofStep = rows.filter(({ added_at: at }) => at >= start && at < start + step);
    const count = (status: string): number => ofStep.filter((row) => row.status === status).length;
    const durations = ofStep.flatMap(({ duration }) => (duration === null ? [] : [duration * 1000]));
    const sum = durations.reduce((all, one) => all + one, 0);
    return {
      ts: start / 1000,
      in_progress: count('in_progress'),
      ok: count('ok'),
      error: count('error'),
      missed: 0,
      timeout: 0,
      unknown: 0,
      duration: durations.length === 0 ? 0 : Math.round(sum / durations.length),
    };
  });
}

function timeOf(seconds: string | undefined, otherwise: number): number {
  if (seconds === undefined || seconds === '') return otherwise;
  const parsed = Seconds.safeParse(seconds);
  if (!parsed.success) throw badRequest('since and until are seconds since 1970.');
  return parsed.data * 1000;
}
