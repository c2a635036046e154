/** Which events a search means; used by the issue list, an issue's events and the discover call. */
import type { Context } from 'hono';
import { own } from '../own.ts';
import type { ServerParts } from '../server-parts.ts';
import { findProject } from '../storage/projects.ts';
import { parseShortId } from '../storage/short-id.ts';
import { DEFAULT_MINUTES } from '../telemetry/query-rows.ts';
import { badRequest } from './api-error.ts';
import { asReleases } from './release-filter.ts';
import type { Filter } from './search-query.ts';
import {
  any,
  type Condition,
  condition,
  not,
  numberFilter,
  parseTime,
  periodMs,
  textFilter,
  timeFilter,
  wordFilter,
} from './sql-condition.ts';
import { hasWildcard } from './wildcards.ts';

/** Search keys that are columns of `events`; every other key is a tag. */
const COLUMNS: Readonly<Record<string, string>> = {
  id: 'events.id',
  level: 'events.level',
  platform: 'events.platform',
  'platform.name': 'events.platform',
  logger: 'events.logger',
  environment: 'events.environment',
  release: 'events.release',
  dist: 'events.dist',
  trace: 'events.trace_id',
  transaction: 'events.transaction_name',
  url: 'events.url',
  'http.url': 'events.url',
  title: 'events.title',
  culprit: 'events.culprit',
  'event.type': 'events.type',
  'error.type': 'events.error_type',
  'error.value': 'events.error_value',
  user: 'events.user_key',
  'user.id': "json_extract(events.payload, '$.user.id')",
  'user.email': "json_extract(events.payload, '$.user.email')",
  'user.username': "json_extract(events.payload, '$.user.username')",
  'user.ip': "json_extract(events.payload, '$.user.ip_address')",
  'http.method': "json_extract(events.payload, '$.request.method')",
  'sdk.name': "json_extract(events.payload, '$.sdk.name')",
  'sdk.version': "json_extract(events.payload, '$.sdk.version')",
};

/** What users wrote is kept as events too, and is none of the dataset. */
export const ERRORS = condition("events.type <> 'generic'");

/** Where a search for plain words looks. */
const WORDS = ['events.title', 'events.message', 'events.culprit'];

/** Members of the frames of an event's stacks. */
const FRAME_FIELDS = ['filename', 'abs_path', 'function', 'module', 'package'];

export function eventFilter(parts: ServerParts, given: Filter): Condition {
  const filter = asReleases(parts, given);
  switch (filter.key) {
    case 'has':
      return not(any(filter.values.map((key) => presence(key))), filter.isNegated);
    case 'id':
      return textFilter('events.id', withIds(filter, 'Filter ID'));
    case 'trace':
      return textFilter('events.trace_id', withIds(filter, 'Filter Trace ID'));
    case 'message':
      return wordFilter(WORDS, filter);
    case 'timestamp':
    case 'event.timestamp':
      return timeFilter('events.at', filter, parts.now().getTime());
    case 'issue.id':
    case 'group.id':
      return numberFilter('events.issue_id', filter);
    case 'issue':
      return not(any(filter.values.map(issueCondition)), filter.isNegated);
    case 'project':
    case 'project.name':
    case 'project.id':
      return not(
        any(filter.values.map((value) => condition('events.project_id = ?', findProject(parts.db, value)?.id ?? -1))),
        filter.isNegated,
      );
    case 'error.unhandled':
    case 'error.handled': {
      const wantsUnhandled =
        (filter.values[0] !== '0' && filter.values[0] !== 'false') === (filter.key === 'error.unhandled');
      return not(condition('events.is_unhandled = ?', Number(wantsUnhandled)), filter.isNegated);
    }
    case 'error.type':
      return typeFilter(filter);
    default: {
      const column = own(COLUMNS, filter.key);
      if (column !== undefined) return textFilter(column, filter);
      const field = filter.key.replace(/^stack\./, '');
      return field !== filter.key && FRAME_FIELDS.includes(field) ? frameFilter(field, filter) : tagFilter(filter);
    }
  }
}

/** As they are kept: 32 hex digits. */
function withIds(filter: Filter, name: string): Filter {
  const values = filter.values.map((value) => value.replaceAll('-', '').toLowerCase());
  if (values.some((value) => hasWildcard(value)))
    throw badRequest(`Wildcard conditions are not permitted on "${filter.key}" filter`);
  if (values.some((value) => !/^(?:[0-9a-f]{32})?$/.test(value)))
    throw badRequest(
      `${name} must be a valid UUID hex (32-36 characters long, containing only digits, dashes, or a-f characters)`,
    );
  return { ...filter, values };
}

/** One frame of an exception must have it. */
function frameFilter(field: string, filter: Filter): Condition {
  const inner = textFilter('frame.atom', { ...filter, isNegated: false });
  const found: Condition = {
    sql: `EXISTS (SELECT 1 FROM json_tree(events.payload, '$.exception') AS frame WHERE frame.key = ? AND ${inner.sql})`,
    values: [field, ...inner.values],
  };
  return not(found, filter.isNegated);
}

/** Any exception of the chain; only events of issues that are known to have it are read for the others than the main one. */
function typeFilter(filter: Filter): Condition {
  const meant = { ...filter, isNegated: false };
  const main = textFilter('events.error_type', meant);
  if (filter.values.includes('')) return not(main, filter.isNegated);
  const known = textFilter('value', meant);
  const chained = textFilter("json_extract(one.value, '$.type')", meant);
  const found: Condition = {
    sql: `(${main.sql} OR events.issue_id IN (SELECT issue_id FROM issue_tags WHERE key = ' error.type' AND ${known.sql}) AND EXISTS (SELECT 1 FROM json_each(events.payload, '$.exception') AS one WHERE ${chained.sql}))`,
    values: [...main.values, ...known.values, ...chained.values],
  };
  return not(found, filter.isNegated);
}

/** What a search's plain words ask for. */
export function freeText(text: string): Condition[] {
  return text === '' ? [] : [wordFilter(WORDS, { key: 'message', isNegated: false, operator: '=', values: [text] })];
}

function issueCondition(value: string): Condition {
  const short = parseShortId(value);
  if (short === undefined) throw badRequest(`Invalid value '${value}' for 'issue:' filter`);
  return condition(
    'events.issue_id IN (SELECT issues.id FROM issues JOIN projects ON projects.id = project_id WHERE slug = ? AND short_number = ?)',
    short.slug,
    short.number,
  );
}

function presence(key: string): Condition {
  const column = own(COLUMNS, key);
  if (column !== undefined) return condition(`coalesce(${column}, '') <> ''`);
  return condition('EXISTS (SELECT 1 FROM event_tags WHERE event_number = events.number AND key = ?)', key);
}

function tagFilter(filter: Filter): Condition {
  const inner = textFilter('value', { ...filter, isNegated: false });
  if (filter.values.includes('')) return not(presence(filter.key), !filter.isNegated);
  const found: Condition = {
    sql: `EXISTS (SELECT 1 FROM event_tags WHERE event_number = events.number AND key = ? AND ${inner.sql})`,
    values: [filter.key, ...inner.values],
  };
  return not(found, filter.isNegated);
}

/** What `project`, `environment`, `statsPeriod`, `start` and `end` of a request ask for. */
export function eventScope(parts: ServerParts, c: Context, range = timeRange(parts, c)): Condition[] {
  const environments = environmentsAsked(c);
  const time = range.map(({ operator, at }) => condition(`events.at ${operator} ?`, at));
  const projects = projectIds(parts, c);
  return [
    ...time,
    ...(environments.length > 0 ? [any(environments.map((name) => condition('events.environment = ?', name)))] : []),
    ...(projects.length > 0 ? [any(projects.map((id) => condition('events.project_id = ?', id)))] : []),
  ];
}

/** Empty for all. */
export function environmentsAsked(c: Context): string[] {
  return (c.req.queries('environment') ?? []).filter((name) => name !== '');
}

export interface TimeBound {
  readonly operator: '>=' | '<';
  readonly at: number;
}

export function timeRange(parts: ServerParts, c: Context): TimeBound[] {
  const period = c.req.query('statsPeriod');
  if (period) return [{ operator: '>=', at: parts.now().getTime() - periodMs(period) }];
  const start = c.req.query('start');
  const end = c.req.query('end');
  if ((start === undefined) !== (end === undefined)) throw badRequest('start and end are both required');
  if (start === undefined || end === undefined) return [];
  // Sentry keeps whole seconds here and takes the end's second in.
  return [
    { operator: '>=', at: parseTime(start) },
    { operator: '<', at: parseTime(end) + 1 },
  ];
}

/** How long the time is that the request names. */
export function minutesAsked(parts: ServerParts, c: Context): number {
  const [from, to] = timeRange(parts, c);
  if (from === undefined) return DEFAULT_MINUTES;
  return Math.max(1, ((to?.at ?? parts.now().getTime()) - from.at) / 60_000);
}

/** Ids; empty for all. A project that does not exist is asked for by an id that nobody has. */
export function projectIds(parts: ServerParts, c: Context): number[] {
  const wanted = (c.req.queries('project') ?? []).filter((name) => name !== '');
  if (wanted.includes('-1')) return [];
  return wanted.map((name) => findProject(parts.db, name)?.id ?? -1);
}
