/** `events-timeseries/`: an aggregate of errors, spans, logs or metrics over time, in all or for the top groups. */
import type { Context } from 'hono';
import { Hono } from 'hono';
import { own } from '../own.ts';
import type { ServerParts } from '../server-parts.ts';
import { type Answer, aggregateOf, isKnown, matching, parseAggregate, plainField } from '../telemetry/query-rows.ts';
import type { Scalar } from '../telemetry/telemetry-row.ts';
import { badRequest } from './api-error.ts';
import { bucketErrors } from './discover-errors.ts';
import { parseExpression } from './search-expression.ts';
import { condition } from './sql-condition.ts';
import { isTelemetry, type TelemetryDataset, telemetryOf } from './telemetry-scope.ts';
import { type Buckets, bucketAt, bucketsOf } from './time-buckets.ts';

const MAX_TOP = 10;

export function timeseriesRoutes(parts: ServerParts): Hono {
  const app = new Hono();
  app.get('/organizations/:org/events-timeseries/', (c) => {
    const dataset = c.req.query('dataset') ?? 'errors';
    const axes = c.req.queries('yAxis') ?? ['count()'];
    const groupBy = c.req.queries('groupBy') ?? [];
    const top = topOf(c, groupBy);
    const seconds = c.req.query('interval');
    const buckets = bucketsOf(
      parts,
      c,
      60_000,
      seconds !== undefined && /^\d+$/.test(seconds) ? `${seconds}s` : seconds,
    );
    const cells = cellsOf(parts, c, { dataset, axes, groupBy: top === undefined ? [] : groupBy, buckets });
    const groups = Map.groupBy(cells, ({ group }) => JSON.stringify(group));
    const first = axes[0] ?? 'count()';
    const ranked = [...groups.values()].sort((a, b) => total(b, first) - total(a, first)).slice(0, top ?? 1);
    const shown = ranked.length === 0 && top === undefined ? [[]] : ranked;
    const timeSeries = axes.flatMap((axis) =>
      shown.map((members, order) => ({
        yAxis: axis,
        ...(top === undefined
          ? {}
          : { groupBy: groupBy.map((key, index) => ({ key, value: members[0]?.group[index] ?? null })) }),
        values: valuesOf(members, axis, buckets, parts.now().getTime()),
        meta: { order, isOther: false, valueType: valueType(axis), valueUnit: valueUnit(axis), interval: buckets.step },
      })),
    );
    return c.json({ meta: { dataset, start: buckets.start, end: buckets.end }, timeSeries });
  });
  return app;
}

/** How many groups are asked for; undefined for the whole in one series. */
function topOf(c: Context, groupBy: readonly string[]): number | undefined {
  const asked = c.req.query('topEvents');
  if (asked === undefined) return undefined;
  const top = Number(asked);
  if (!Number.isInteger(top) || top < 1 || top > MAX_TOP) throw badRequest('topEvents must be between 1 and 10');
  if (groupBy.length === 0) throw badRequest('groupBy is a required parameter when doing a top events request');
  return top;
}

/** One group in one interval. */
interface Cell {
  readonly group: readonly Scalar[];
  readonly bucket: number;
  readonly values: Readonly<Record<string, Scalar>>;
}

interface Plan {
  readonly dataset: string;
  readonly axes: readonly string[];
  readonly groupBy: readonly string[];
  readonly buckets: Buckets;
}

function cellsOf(parts: ServerParts, c: Context, plan: Plan): Cell[] {
  const { dataset, axes } = plan;
  for (const axis of axes) if (parseAggregate(axis) === undefined) throw badRequest(`${axis} is not a function.`);
  if (dataset === 'errors') return cellsOfErrors(parts, c, plan);
  if (isTelemetry(dataset)) return cellsOfTelemetry(parts, c, { ...plan, dataset });
  if (dataset === 'profile_functions' || dataset === 'uptime_results') return [];
  throw badRequest('dataset must be one of: errors, logs, profile_functions, spans, tracemetrics, uptime_results');
}

function cellsOfErrors(parts: ServerParts, c: Context, { axes, groupBy, buckets }: Plan): Cell[] {
  const answers = bucketErrors(parts, c, {
    fields: [...axes, ...groupBy],
    query: c.req.query('query') ?? '',
    step: buckets.step,
    range: condition('events.at >= ? AND events.at < ?', buckets.start, buckets.end),
  });
  return answers.map((answer: Answer) => ({
    group: groupBy.map((key) => own(answer, key) ?? null),
    bucket: bucketAt(buckets, Number(answer.bucket) * buckets.step),
    values: answer,
  }));
}

function cellsOfTelemetry(
  parts: ServerParts,
  c: Context,
  { dataset, axes, groupBy, buckets }: Plan & { dataset: TelemetryDataset },
): Cell[] {
  const search = parseExpression(c.req.query('query') ?? '');
  const rows = matching(telemetryOf(parts, c, dataset, search), search, parts.now().getTime()).filter(
    ({ at }) => at >= buckets.start && at < buckets.end,
  );
  const groupOf = (fields: Answer) => groupBy.map((key) => own(fields, plainField(key)) ?? null);
  const cells = Map.groupBy(rows, ({ at, fields }) => JSON.stringify([bucketAt(buckets, at), groupOf(fields)]));
  return [...cells.values()].map((members) => ({
    group: groupOf(members[0]?.fields ?? {}),
    bucket: bucketAt(buckets, members[0]?.at ?? 0),
    values: Object.fromEntries(
      axes.map((axis) => {
        const aggregate = parseAggregate(axis);
        if (aggregate === undefined || !isKnown(aggregate))
          throw badRequest(`${axis} is not a function that this server knows.`);
        return [axis, aggregateOf(members, aggregate, buckets.step / 60_000)];
      }),
    ),
  }));
}

function total(cells: readonly Cell[], axis: string): number {
  return cells.reduce((sum, { values }) => sum + Number(values[axis] ?? 0), 0);
}

function valuesOf(cells: readonly Cell[], axis: string, { starts, step }: Buckets, now: number) {
  const byBucket = new Map(cells.map(({ bucket, values }) => [bucket, Number(values[axis] ?? 0)]));
  return starts.map((timestamp, index) => ({
    timestamp,
    value: byBucket.get(index) ?? 0,
    incomplete: timestamp + step > now,
  }));
}

function valueType(axis: string): string {
  if (/^count/.test(axis)) return 'integer';
  return /\(span\.(?:duration|self_time)\)$/.test(axis) ? 'duration' : 'number';
}

function valueUnit(axis: string): string | null {
  return valueType(axis) === 'duration' ? 'millisecond' : null;
}
