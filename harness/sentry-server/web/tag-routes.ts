/** Tags: of an issue, of a project and of the organisation; and the attributes of spans and logs. */
import type { Context } from 'hono';
import { Hono } from 'hono';
import { own } from '../own.ts';
import type { ServerParts } from '../server-parts.ts';
import { listTagCounts, type TagCount } from '../storage/issue-tags.ts';
import { listTagKeys, listTagValues } from '../storage/tag-totals.ts';
import { badRequest, notFound } from './api-error.ts';
import { projectIds } from './event-filter.ts';
import { issueOf } from './issue-routes.ts';
import { projectOf } from './organization-routes.ts';
import { listAnswer } from './pagination.ts';
import { showTime } from './show-project.ts';
import { isTelemetry, telemetryOf } from './telemetry-scope.ts';

/** How many values come with a key. */
const TOP = 9;

const SORTS: Readonly<Record<string, (a: TagCount, b: TagCount) => number>> = {
  count: (a, b) => b.count - a.count || (a.value < b.value ? -1 : 1),
  date: (a, b) => b.last - a.last,
  age: (a, b) => b.first - a.first,
};

export function tagRoutes(parts: ServerParts): Hono {
  const app = new Hono();
  app.get('/organizations/:org/issues/:issue/tags/', (c) => {
    const wanted = c.req.queries('key') ?? [];
    const groups = Map.groupBy(listTagCounts(parts.db, issueOf(parts, c).id), ({ key }) => key);
    const tags = [...groups].filter(([key]) => wanted.length === 0 || wanted.includes(key));
    return c.json(tags.map(([key, counts]) => showTag(key, counts)));
  });
  app.get('/organizations/:org/issues/:issue/tags/:key/', (c) => {
    const key = c.req.param('key');
    return c.json(showTag(key, countsOf(parts, c, key)));
  });
  app.get('/organizations/:org/issues/:issue/tags/:key/values/', (c) => {
    const order = own(SORTS, (c.req.query('sort') ?? 'count').replace(/^-/, ''));
    if (order === undefined)
      throw badRequest(`Invalid sort parameter. Must be one of ${Object.keys(SORTS).join(', ')}.`);
    return listAnswer(c, countsOf(parts, c, c.req.param('key')).toSorted(order), showValue);
  });
  app.get('/projects/:org/:project/tags/:key/values/', (c) => {
    const values = listTagValues(parts.db, projectOf(parts, c).id, c.req.param('key'));
    return listAnswer(c, values, (value) => showValue({ ...value, key: c.req.param('key') }));
  });
  app.get('/organizations/:org/tags/', (c) => {
    const dataset = c.req.query('dataset') ?? 'errors';
    if (isTelemetry(dataset))
      return c.json(attributesOf(parts, c, dataset).map(({ key, count }) => ({ key, name: key, totalValues: count })));
    const keys = listTagKeys(parts.db, projectIds(parts, c));
    return c.json(
      keys.map(({ key, values, events }) => ({ key, name: nameOf(key), uniqueValues: values, totalValues: events })),
    );
  });
  app.get('/organizations/:org/trace-items/attributes/', (c) => {
    const dataset = c.req.query('itemType') ?? 'spans';
    if (!isTelemetry(dataset)) return c.json([]);
    const types = c.req.queries('attributeType') ?? [];
    const word = c.req.query('substringMatch') ?? '';
    const found = attributesOf(parts, c, dataset).filter(
      ({ key, type }) => key.includes(word) && (types.length === 0 || types.includes(type)),
    );
    return listAnswer(c, found, ({ key, type }) => ({
      key: type === 'string' ? key : `tags[${key},${type}]`,
      name: key,
      attributeSource: { source_type: /^(?:sentry|span|user|sdk|transaction|trace)\b/.test(key) ? 'sentry' : 'user' },
      attributeType: type,
    }));
  });
  return app;
}

/** The values of one key, most frequent first; 404 where no event has it. */
function countsOf(parts: ServerParts, c: Context, key: string): TagCount[] {
  const counts = listTagCounts(parts.db, issueOf(parts, c).id).filter((one) => one.key === key);
  if (counts.length === 0) throw notFound();
  return counts;
}

function showTag(key: string, counts: readonly TagCount[]): Record<string, unknown> {
  return {
    key,
    name: nameOf(key),
    uniqueValues: counts.length,
    totalValues: counts.reduce((sum, { count }) => sum + count, 0),
    topValues: counts.slice(0, TOP).map(showValue),
  };
}

function showValue({ key, value, count, first, last }: TagCount): Record<string, unknown> {
  return {
    key: value,
    name: value,
    value,
    count,
    firstSeen: showTime(first),
    lastSeen: showTime(last),
    query: `${key}:${JSON.stringify(value)}`,
  };
}

/** `server_name` is shown as `Server Name`. */
function nameOf(key: string): string {
  return key.replaceAll(/[._]/g, ' ').replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase());
}

interface Attribute {
  readonly key: string;
  readonly type: 'string' | 'number' | 'boolean';
  readonly count: number;
}

/** By name. */
function attributesOf(parts: ServerParts, c: Context, dataset: Parameters<typeof telemetryOf>[2]): Attribute[] {
  const found = new Map<string, Attribute>();
  for (const { fields } of telemetryOf(parts, c, dataset)) {
    for (const [key, value] of Object.entries(fields)) {
      if (value === null) continue;
      const type = typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : 'string';
      found.set(key, { key, type, count: (found.get(key)?.count ?? 0) + 1 });
    }
  }
  return [...found.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}
