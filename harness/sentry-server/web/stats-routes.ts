/** Numbers over time about what arrived: `stats_v2/` and a project's `stats/`. */
import type { Context } from 'hono';
import { Hono } from 'hono';
import { own } from '../own.ts';
import type { ServerParts } from '../server-parts.ts';
import { type OutcomeCount, readOutcomes } from '../telemetry/outcomes.ts';
import { badRequest } from './api-error.ts';
import { projectIds } from './event-filter.ts';
import { projectOf } from './organization-routes.ts';
import { type Buckets, bucketAt, bucketsOf } from './time-buckets.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const FIELDS = { 'sum(quantity)': 'quantity', 'sum(times_seen)': 'timesSeen' } as const;
const GROUPS: Readonly<Record<string, (count: OutcomeCount) => string | number>> = {
  outcome: (count) => count.outcome,
  category: (count) => count.category,
  reason: (count) => count.reason,
  project: (count) => count.projectId,
};

export function statsRoutes(parts: ServerParts): Hono {
  const app = new Hono();
  app.get('/organizations/:org/stats_v2/', (c) => c.json(outcomeStats(parts, c)));
  app.get('/projects/:org/:project/stats/', (c) => c.json(projectStats(parts, c)));
  return app;
}

function outcomeStats(parts: ServerParts, c: Context): Record<string, unknown> {
  const field = c.req.query('field') ?? 'sum(quantity)';
  if (field !== 'sum(quantity)' && field !== 'sum(times_seen)')
    throw badRequest(`Invalid field: ${JSON.stringify(field)}`);
  const groupBy = c.req.queries('groupBy') ?? [];
  const unknown = groupBy.find((name) => own(GROUPS, name) === undefined);
  if (unknown !== undefined) throw badRequest(`Invalid groupBy: ${JSON.stringify(unknown)}`);
  const buckets = bucketsOf(parts, c, HOUR, c.req.query('interval') ?? '1h');
  const counts = readOutcomes(parts.db, { since: buckets.start, projects: projectIds(parts, c) }).filter(
    (count) =>
      count.at >= buckets.start &&
      count.at < buckets.end &&
      isAsked(c, 'category', count.category) &&
      isAsked(c, 'outcome', count.outcome) &&
      isAsked(c, 'reason', count.reason),
  );
  const groups = Map.groupBy(counts, (count) => JSON.stringify(groupBy.map((name) => own(GROUPS, name)?.(count))));
  return {
    start: isoSeconds(buckets.start),
    end: isoSeconds(buckets.end),
    intervals: buckets.starts.map(isoSeconds),
    groups: [...groups.values()].map((members) => {
      const [first] = members;
      const series = sumPerBucket(buckets, members, (count) => count[FIELDS[field]]);
      return {
        by: first === undefined ? {} : Object.fromEntries(groupBy.map((name) => [name, own(GROUPS, name)?.(first)])),
        totals: { [field]: series.reduce((sum, value) => sum + value, 0) },
        series: { [field]: series },
      };
    }),
  };
}

function isAsked(c: Context, name: string, value: string): boolean {
  const asked = (c.req.queries(name) ?? []).filter((one) => one !== '');
  return asked.length === 0 || asked.includes(value);
}

/** Error events by what became of them, under the older words. */
const STATS: Readonly<Record<string, readonly OutcomeCount['outcome'][]>> = {
  received: ['accepted', 'filtered', 'rate_limited'],
  rejected: ['rate_limited'],
  blacklisted: ['filtered'],
  generated: [],
};

/** `[epoch seconds, events]` per interval between `since` and `until`. */
function projectStats(parts: ServerParts, c: Context): [number, number][] {
  const project = projectOf(parts, c);
  const stat = c.req.query('stat') ?? 'received';
  const outcomes = own(STATS, stat);
  if (outcomes === undefined) throw badRequest('Invalid stat.');
  const step = c.req.query('resolution') === '1d' ? DAY : HOUR;
  const until = secondsOf(c.req.query('until')) ?? parts.now().getTime();
  const since = secondsOf(c.req.query('since')) ?? until - DAY;
  const start = Math.floor(since / step) * step;
  const length = Math.ceil((until - start) / step);
  if (length < 1 || length > 10_000) throw badRequest('Invalid range.');
  const starts = Array.from({ length }, (_, index) => start + index * step);
  const counts = readOutcomes(parts.db, { since: start, projects: [project.id] }).filter(
    ({ category, outcome }) => category === 'error' && outcomes.includes(outcome),
  );
  const sums = sumPerBucket({ start, step, starts }, counts, ({ quantity }) => quantity);
  return starts.map((at, index) => [at / 1000, sums[index] ?? 0]);
}

function secondsOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (!Number.isFinite(seconds) || seconds < 0 || seconds > 1e11)
    throw badRequest('since and until must be timestamps in seconds.');
  return seconds * 1000;
}

export function sumPerBucket<T extends { readonly at: number }>(
  buckets: Pick<Buckets, 'start' | 'step' | 'starts'>,
  counts: readonly T[],
  quantity: (count: T) => number,
): number[] {
  const sums = buckets.starts.map(() => 0);
  for (const count of counts) {
    const index = bucketAt(buckets, count.at);
    if (index >= 0 && index < sums.length) sums[index] = (sums[index] ?? 0) + quantity(count);
  }
  return sums;
}

export function isoSeconds(at: number): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}
