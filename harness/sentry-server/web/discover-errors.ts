/** The discover call's `errors` dataset: rows of chosen fields over all error events. */
import type { Context } from 'hono';
import { z } from 'zod';
import { own } from '../own.ts';
import type { ServerParts } from '../server-parts.ts';
import { formatShortId } from '../storage/short-id.ts';
import { type Answer, plainField } from '../telemetry/query-rows.ts';
import { badRequest } from './api-error.ts';
import { ERRORS, eventFilter, eventScope, freeText, minutesAsked } from './event-filter.ts';
import { checkHaving, type Expression, parseExpression, splitHaving } from './search-expression.ts';
import { all, any, type Condition, numberFilter, timeFilter } from './sql-condition.ts';

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
  'user.display': 'events.user_key',
  'error.type': 'events.error_type',
  'error.value': 'events.error_value',
  'error.unhandled': 'events.is_unhandled',
  issue: "projects.slug || ':' || issues.short_number",
};

/** `minutes` is a number of ours. */
const AGGREGATES: Readonly<Record<string, (column: string, minutes: number) => string>> = {
  count: () => 'count(*)',
  epm: (_, minutes) => `count(*) / ${minutes.toFixed(6)}`,
  eps: (_, minutes) => `count(*) / ${(minutes * 60).toFixed(6)}`,
  last_seen: () => 'max(events.at)',
  first_seen: () => 'min(events.at)',
  count_unique: (column) => `count(DISTINCT ${column})`,
  min: (column) => `min(${column})`,
  max: (column) => `max(${column})`,
};

const LISTS = new Set(['error.type', 'error.value']);
const INTEGERS = new Set(['issue.id', 'group.id', 'project.id', 'error.unhandled']);

export interface ErrorQuestion {
  readonly fields: readonly string[];
  readonly query: string;
  /** A field, `-` before it for descending. */
  readonly sort?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

const Row = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));
type Row = z.infer<typeof Row>;

export function queryErrors(parts: ServerParts, c: Context, question: ErrorQuestion): Record<string, unknown>[] {
  const { fields, limit, offset } = question;
  const rows = selectErrors(parts, c, fields, question, {
    limit,
    offset,
    order: orderOf(question),
    minutes: minutesAsked(parts, c),
  });
  return rows.map((row) =>
    Object.fromEntries(fields.map((field, index) => [field, shown(field, row[`c${index}`] ?? null)])),
  );
}

/** Aggregates per interval of `step` milliseconds: each answer has the field `bucket`, the interval's number. */
export function bucketErrors(
  parts: ServerParts,
  c: Context,
  { fields, query, step, range }: { fields: readonly string[]; query: string; step: number; range: Condition },
): Answer[] {
  const bucket = `events.at / ${Math.round(step)}`;
  const rows = selectErrors(
    parts,
    c,
    fields,
    { query },
    { limit: MAX_BUCKETS, offset: 0, order: 'bucket', bucket, range, minutes: step / 60_000 },
  );
  return rows.map((row) => ({
    bucket: row.bucket ?? null,
    ...Object.fromEntries(fields.map((field, index) => [field, row[`c${index}`] ?? null])),
  }));
}

const MAX_BUCKETS = 50_000;

function selectErrors(
  parts: ServerParts,
  c: Context,
  fields: readonly string[],
  { query }: { query: string },
  plan: { limit: number; offset: number; order: string; minutes: number; bucket?: string; range?: Condition },
): Row[] {
  const { where, having } = splitHaving(parseExpression(query));
  checkHaving(having, fields);
  const scope = all([
    ERRORS,
    ...(plan.range === undefined ? eventScope(parts, c) : [plan.range, ...eventScope(parts, c, [])]),
    searchCondition(parts, where),
  ]);
  const tags: string[] = [];
  const columns = fields.map((field, index) => `${columnOf(field, tags, plan.minutes)} AS c${index}`);
  if (plan.bucket !== undefined) columns.push(`${plan.bucket} AS bucket`);
  const groups = fields.flatMap((field, index) => (isAggregate(field) ? [] : [`c${index}`]));
  if (plan.bucket !== undefined) groups.push('bucket');
  const isGrouped = fields.some(isAggregate);
  const groupsAsked = havingCondition(having, fields, parts.now().getTime());
  return parts.db.all(
    Row,
    `SELECT ${columns.join(', ')}
     FROM events JOIN projects ON projects.id = events.project_id JOIN issues ON issues.id = events.issue_id
     WHERE ${scope.sql} ${isGrouped && groups.length > 0 ? `GROUP BY ${groups.join(', ')}` : ''}
     ${isGrouped ? `HAVING ${groupsAsked.sql}` : ''} ORDER BY ${plan.order} LIMIT ? OFFSET ?`,
    ...tags,
    ...scope.values,
    ...(isGrouped ? groupsAsked.values : []),
    plan.limit,
    plan.offset,
  );
}

function searchCondition(parts: ServerParts, search: Expression): Condition {
  switch (search.kind) {
    case 'filter':
      return eventFilter(parts, search.filter);
    case 'words':
      return all(freeText(search.text));
    case 'all':
      return all(search.members.map((member) => searchCondition(parts, member)));
    case 'any':
      return any(search.members.map((member) => searchCondition(parts, member)));
  }
}

/** On the columns of the answer, which are named by their place among the fields. */
function havingCondition(search: Expression, fields: readonly string[], now: number): Condition {
  switch (search.kind) {
    case 'filter': {
      const { key } = search.filter;
      const column = `c${fields.indexOf(key)}`;
      return errorType(key) === 'date' ? timeFilter(column, search.filter, now) : numberFilter(column, search.filter);
    }
    case 'words':
      return all([]);
    case 'all':
      return all(search.members.map((member) => havingCondition(member, fields, now)));
    case 'any':
      return any(search.members.map((member) => havingCondition(member, fields, now)));
  }
}

function isAggregate(field: string): boolean {
  return field.endsWith(')');
}

/** Tag names become values of the statement, in the order of the columns. */
function columnOf(field: string, tags: string[], minutes: number): string {
  const call = /^(?<name>\w+)\((?<inner>[^()]*)\)$/.exec(field)?.groups;
  if (call?.name !== undefined) {
    const aggregate = own(AGGREGATES, call.name);
    const needsField = ['count_unique', 'min', 'max'].includes(call.name);
    if (aggregate === undefined || (needsField && !call.inner))
      throw badRequest(`${field} is not a function that this server knows.`);
    return aggregate(needsField ? columnOf(call.inner?.trim() ?? '', tags, minutes) : '', minutes);
  }
  if (isAggregate(field)) throw badRequest(`${field} is not a function that this server knows.`);
  const column = own(COLUMNS, field);
  if (column !== undefined) return column;
  tags.push(plainField(field));
  return '(SELECT value FROM event_tags WHERE event_number = events.number AND key = ?)';
}

function orderOf({ fields, sort }: ErrorQuestion): string {
  const isGrouped = fields.some(isAggregate);
  if (sort === undefined || sort === '') return isGrouped ? '1' : 'events.at DESC, events.number DESC';
  const name = sort.replace(/^-/, '');
  const index = fields.findIndex((field) => field === name || sortName(field) === name);
  if (index < 0) throw badRequest('Cannot sort by a field that is not selected.');
  return `c${index} ${sort.startsWith('-') ? 'DESC' : 'ASC'}${isGrouped ? '' : ', events.number DESC'}`;
}

/** `count_unique(user)` is also sorted by as `count_unique_user`. */
export function sortName(field: string): string {
  return field.replace('()', '').replaceAll(/[().]/g, '_').replace(/_$/, '');
}

function shown(field: string, value: string | number | null): unknown {
  if (field === 'issue' && typeof value === 'string') {
    const at = value.lastIndexOf(':');
    return formatShortId(value.slice(0, at), Number(value.slice(at + 1)));
  }
  if (errorType(field) === 'date' && typeof value === 'number')
    return new Date(value).toISOString().replace('Z', '+00:00');
  if (LISTS.has(field)) return value === null ? [] : [value];
  return value;
}

export function errorType(field: string): string {
  if (/^(?:timestamp|(?:last|first)_seen\(\)|m(?:in|ax)\(timestamp\))$/.test(field)) return 'date';
  if (LISTS.has(field)) return 'array';
  return isAggregate(field) || INTEGERS.has(field) ? 'integer' : 'string';
}
