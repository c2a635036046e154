/** `organizations/{org}/events/`: rows of chosen fields over all error events. */

import type { Context } from 'hono';
import { Hono } from 'hono';
import { z } from 'zod';
import type { ServerParts } from '../server-parts.ts';
import { formatShortId } from '../storage/short-id.ts';
import { badRequest } from './api-error.ts';
import { eventFilter, eventScope } from './event-filter.ts';
import { pageLink, readPage } from './pagination.ts';
import { parseSearch } from './search-query.ts';
import { all, contains } from './sql-condition.ts';

const DATASETS = [
  'errors',
  'discover',
  'spans',
  'logs',
  'tracemetrics',
  'profile_functions',
  'uptime_results',
  'transactions',
  'issuePlatform',
];
const MAX_FIELDS = 20;

/** SQL of the fields that are columns; every other plain name is a tag. */
const COLUMNS: Readonly<Record<string, string>> = {
  id: 'events.id',
  'issue.id': 'events.issue_id',
  'group.id': 'events.issue_id',
  title: 'events.title',
  message: 'events.message',
  culprit: 'events.culprit',
  timestamp: 'events.at',
  trace: 'events.trace_id',
  url: 'events.url',
  transaction: 'events.transaction_name',
  project: 'projects.slug',
  'project.name': 'projects.slug',
  'project.id': 'events.project_id',
  level: 'events.level',
  platform: 'events.platform',
  'event.type': 'events.type',
  logger: 'events.logger',
  environment: 'events.environment',
  release: 'events.release',
  dist: 'events.dist',
  user: 'events.user_key',
  'error.type': 'events.error_type',
  'error.value': 'events.error_value',
  'count()': 'count(*)',
  'last_seen()': 'max(events.at)',
  'count_unique(user)': 'count(DISTINCT events.user_key)',
  'count_unique(issue)': 'count(DISTINCT events.issue_id)',
};

const LISTS = new Set(['error.type', 'error.value']);
const TIMES = new Set(['timestamp', 'last_seen()']);
const INTEGERS = new Set(['issue.id', 'group.id', 'project.id']);

const Row = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));

export function discoverRoutes(parts: ServerParts): Hono {
  const app = new Hono();
  app.get('/organizations/:org/events/', (c) => queryEvents(parts, c));
  return app;
}

function queryEvents(parts: ServerParts, c: Context): Response {
  const page = readPage(c);
  const dataset = c.req.query('dataset') ?? 'errors';
  if (!DATASETS.includes(dataset)) throw badRequest(`dataset must be one of: ${DATASETS.join(', ')}`);
  const fields = c.req.queries('field') ?? [];
  if (fields.length === 0) throw badRequest('No columns selected');
  if (fields.length > MAX_FIELDS)
    throw badRequest(`You can view up to ${MAX_FIELDS} fields at a time. Please delete some and try again.`);
  const types = Object.fromEntries(fields.map((field) => [field, typeOf(field)]));
  const meta = { fields: types, units: Object.fromEntries(fields.map((field) => [field, null])), dataset };
  // Only errors are kept in rows; the other datasets exist and are empty.
  const rows = dataset === 'errors' || dataset === 'discover' ? selectRows(parts, c, fields) : [];
  const data = rows
    .slice(0, page.limit)
    .map((row) => Object.fromEntries(fields.map((field, index) => [field, shown(field, row, index)])));
  return c.json({ data, meta }, 200, { link: pageLink(c, page, rows.length > page.limit) });
}

type DiscoverRow = z.infer<typeof Row>;

function selectRows(parts: ServerParts, c: Context, fields: readonly string[]): DiscoverRow[] {
  const page = readPage(c);
  const { filters, text } = parseSearch(c.req.query('query') ?? '');
  const scope = all([
    ...eventScope(parts, c),
    ...filters.map((filter) => eventFilter(parts, filter)),
    ...(text === '' ? [] : [contains('events.title', text)]),
  ]);
  const tags: string[] = [];
  const columns = fields.map((field, index) => `${columnOf(field, tags)} AS c${index}`);
  const isGrouped = fields.some((field) => field.endsWith(')'));
  const groups = fields.flatMap((field, index) => (field.endsWith(')') ? [] : [`c${index}`]));
  return parts.db.all(
    Row,
    `SELECT ${columns.join(', ')}
     FROM events JOIN projects ON projects.id = events.project_id JOIN issues ON issues.id = events.issue_id
     WHERE ${scope.sql} ${isGrouped && groups.length > 0 ? `GROUP BY ${groups.join(', ')}` : ''} ORDER BY ${orderOf(c, fields, isGrouped)} LIMIT ? OFFSET ?`,
    ...tags,
    ...scope.values,
    page.limit + 1,
    page.offset,
  );
}

/** Tag names become values of the statement, in the order of the columns. */
function columnOf(field: string, tags: string[]): string {
  if (field === 'issue') return "projects.slug || ':' || issues.short_number";
  const column = COLUMNS[field];
  if (column !== undefined) return column;
  if (field.endsWith(')')) throw badRequest(`${field} is not a function that this server knows.`);
  tags.push(/^tags\[(?<name>.+)\]$/.exec(field)?.groups?.name ?? field);
  return '(SELECT value FROM event_tags WHERE event_number = events.number AND key = ?)';
}

function orderOf(c: Context, fields: readonly string[], isGrouped: boolean): string {
  const sort = c.req.query('sort');
  if (sort === undefined || sort === '') return isGrouped ? '1' : 'events.at DESC, events.number DESC';
  const name = sort.replace(/^-/, '');
  const index = fields.findIndex((field) => field === name || field.replace('()', '') === name);
  if (index < 0) throw badRequest('Cannot sort by a field that is not selected.');
  return `c${index} ${sort.startsWith('-') ? 'DESC' : 'ASC'}${isGrouped ? '' : ', events.number DESC'}`;
}

function shown(field: string, row: DiscoverRow, index: number): unknown {
  const value = row[`c${index}`] ?? null;
  if (field === 'issue' && typeof value === 'string') {
    const at = value.lastIndexOf(':');
    return formatShortId(value.slice(0, at), Number(value.slice(at + 1)));
  }
  if (TIMES.has(field) && typeof value === 'number') return new Date(value).toISOString().replace('Z', '+00:00');
  if (LISTS.has(field)) return value === null ? [] : [value];
  return value;
}

function typeOf(field: string): string {
  if (TIMES.has(field)) return 'date';
  if (LISTS.has(field)) return 'array';
  return field.endsWith(')') || INTEGERS.has(field) ? 'integer' : 'string';
}
