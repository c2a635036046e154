/** `sessions/`: how many sessions a release had, how they went, and how many users. */
import type { Context } from 'hono';
import { Hono } from 'hono';
import { own } from '../own.ts';
import type { ServerParts } from '../server-parts.ts';
import { badRequest } from './api-error.ts';
import { readPage } from './pagination.ts';
import { parseExpression } from './search-expression.ts';
import { parseSessionField, type SessionField } from './session-figures.ts';
import { asksForStatus, countKeys, type KeyCounts, type SessionKey, STATUS, sessionKeys } from './session-keys.ts';
import { periodMs } from './sql-condition.ts';
import { isoSeconds } from './stats-routes.ts';
import { bucketsOf } from './time-buckets.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Sentry answers with so many points at most. */
const MAX_POINTS = 10_000;

export function sessionRoutes(parts: ServerParts): Hono {
  const app = new Hono();
  app.get('/organizations/:org/sessions/', (c) => c.json(sessionStats(parts, c)));
  return app;
}

interface Answer {
  readonly key: SessionKey;
  readonly totals: Readonly<Record<string, number | null>>;
}

function sessionStats(parts: ServerParts, c: Context): Record<string, unknown> {
  const groupBy = c.req.queries('groupBy') ?? [];
  const search = parseExpression(c.req.query('query') ?? '');
  const isByStatus = groupBy.includes(STATUS);
  const fields = fieldsOf(c, isByStatus ? 'Cannot group' : asksForStatus(search) ? 'Cannot filter' : undefined);
  const buckets = bucketsOf(parts, c, HOUR, intervalOf(c));
  const keys = sessionKeys(parts, c, groupBy, search);
  const counts = countKeys(parts, keys, buckets);
  const answers = keys
    .filter((key) => counts.has(key) || groupBy.every((name) => name === STATUS))
    .flatMap((key) => (isByStatus ? byStatus(key) : [key]))
    .map((key) => ({ key, totals: totalsOf(key, fields, counts) }));
  const most = Math.min(readPage(c).limit, Math.max(1, Math.floor(MAX_POINTS / (buckets.starts.length + 1))));
  const shown = sortedBy(answers, c.req.query('orderBy') ?? '').slice(0, most);
  return {
    start: isoSeconds(buckets.start),
    end: isoSeconds(buckets.end),
    intervals: buckets.starts.map(isoSeconds),
    groups: shown.map(({ key, totals }) => ({
      by: key.by,
      totals: c.req.query('includeTotals') === '0' ? {} : totals,
      series: c.req.query('includeSeries') === '0' ? {} : seriesOf(key, fields, counts, buckets.starts.length),
    })),
    query: c.req.query('query') ?? '',
  };
}

function fieldsOf(c: Context, byState: 'Cannot group' | 'Cannot filter' | undefined): SessionField[] {
  const fields = c.req.queries('field') ?? [];
  if (fields.length === 0) throw badRequest('Request is missing a "field"');
  return fields.map((field) => parseSessionField(field, byState));
}

function intervalOf(c: Context): string {
  const interval = c.req.query('interval') || '1h';
  const ms = periodMs(interval);
  if (ms < HOUR || ms % HOUR !== 0)
    throw badRequest('The interval has to be a multiple of the minimum interval of one hour.');
  if (ms > DAY) throw badRequest('The interval has to be less than one day.');
  if (DAY % ms !== 0) throw badRequest('The interval should divide one day cleanly.');
  return interval;
}

function byStatus(key: SessionKey): SessionKey[] {
  return [...key.states].map((state) => ({ ...key, by: { ...key.by, [STATUS]: state }, states: new Set([state]) }));
}

function totalsOf(key: SessionKey, fields: readonly SessionField[], counts: KeyCounts): Answer['totals'] {
  return Object.fromEntries(
    fields.map(({ name, counts: of, figure }) => [name, figure(counts.total(of, key), key.states)]),
  );
}

function seriesOf(
  key: SessionKey,
  fields: readonly SessionField[],
  counts: KeyCounts,
  length: number,
): Record<string, (number | null)[]> {
  const figures = ({ counts: of, figure }: SessionField): (number | null)[] =>
    Array.from({ length }, (_, bucket) => figure(counts.in(of, key, bucket), key.states));
  return Object.fromEntries(fields.map((field) => [field.name, figures(field)]));
}

/** By a field of the answers, `-` before it for descending. */
function sortedBy(answers: readonly Answer[], order: string): readonly Answer[] {
  if (order === '') return answers;
  const field = order.replace(/^-/, '');
  if (answers.some(({ totals }) => own(totals, field) === undefined))
    throw badRequest("'orderBy' must be one of the provided 'fields'");
  const sign = order.startsWith('-') ? -1 : 1;
  const value = ({ totals }: Answer): number => own(totals, field) ?? 0;
  return answers.toSorted((a, b) => sign * (value(a) - value(b)));
}
