/** `organizations/{org}/events/`: rows of chosen fields over errors, spans, logs or metrics; and whether such a question is valid. */

import type { Context } from 'hono';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ServerParts } from '../server-parts.ts';
import { type Answer, parseAggregate, queryRows } from '../telemetry/query-rows.ts';
import { badRequest } from './api-error.ts';
import { errorType, queryErrors, sortName } from './discover-errors.ts';
import { minutesAsked } from './event-filter.ts';
import { pageLink, readPage } from './pagination.ts';
import { parseExpression, requiredFilters } from './search-expression.ts';
import { isTelemetry, type TelemetryDataset, telemetryOf } from './telemetry-scope.ts';

/** The last four exist at Sentry and are always empty here. */
const DATASETS = [
  'errors',
  'discover',
  'spans',
  'logs',
  'ourlogs',
  'tracemetrics',
  'profile_functions',
  'uptime_results',
  'transactions',
  'issuePlatform',
];
const MAX_FIELDS = 20;
const NUMERIC = new Set(['integer', 'number', 'duration', 'percentage', 'size', 'rate']);
const EVERYTHING = { kind: 'all', members: [] } as const;

export function discoverRoutes(parts: ServerParts): Hono {
  const app = new Hono();
  app.get('/organizations/:org/events/', (c) => {
    const page = readPage(c);
    const { dataset, fields } = questionOf(c);
    const answers = answerQuestion(parts, c, { limit: page.limit + 1, offset: page.offset });
    const data = answers.slice(0, page.limit);
    const types = Object.fromEntries(fields.map((field) => [field, typeOf(dataset, field, data)]));
    const units = Object.fromEntries(fields.map((field) => [field, unitOf(field)]));
    const meta = { fields: types, units, dataset };
    return c.json({ data, meta }, 200, { link: pageLink(c, page, answers.length > page.limit) });
  });
  app.get('/organizations/:org/events/validate/', (c) => c.json(validate(parts, c)));
  return app;
}

interface Question {
  readonly dataset: string;
  readonly fields: readonly string[];
  readonly query: string;
  readonly sort: string | undefined;
}

function questionOf(c: Context): Question {
  const asked = c.req.query('dataset') ?? 'errors';
  if (!DATASETS.includes(asked)) throw badRequest(`dataset must be one of: ${DATASETS.join(', ')}`);
  const fields = c.req.queries('field') ?? [];
  if (fields.length === 0) throw badRequest('No columns selected');
  if (fields.length > MAX_FIELDS)
    throw badRequest(`You can view up to ${MAX_FIELDS} fields at a time. Please delete some and try again.`);
  const sort = c.req.query('sort') || c.req.query('orderby') || undefined;
  return { dataset: asked === 'ourlogs' ? 'logs' : asked, fields, query: c.req.query('query') ?? '', sort };
}

function answerQuestion(
  parts: ServerParts,
  c: Context,
  { limit, offset }: { limit: number; offset: number },
): Record<string, unknown>[] {
  const { dataset, fields, query, sort } = questionOf(c);
  if (dataset === 'errors' || dataset === 'discover')
    return queryErrors(parts, c, { fields, query, sort, limit, offset });
  if (!isTelemetry(dataset)) return [];
  return queryTelemetry(parts, c, dataset, { fields, query, sort }).slice(offset, offset + limit);
}

function queryTelemetry(
  parts: ServerParts,
  c: Context,
  dataset: TelemetryDataset,
  { fields, query, sort }: Pick<Question, 'fields' | 'query' | 'sort'>,
): Answer[] {
  const search = parseExpression(query);
  const name = sort?.replace(/^-/, '');
  const field = fields.find((one) => one === name || sortName(one) === name);
  if (sort !== undefined && field === undefined) throw badRequest('Cannot sort by a field that is not selected.');
  const rows = telemetryOf(parts, c, dataset, search);
  const order = sort === undefined ? undefined : `${sort.startsWith('-') ? '-' : ''}${field}`;
  const answers = queryRows(rows, {
    fields,
    search,
    sort: order,
    now: parts.now().getTime(),
    minutes: minutesAsked(parts, c),
  });
  if (answers === undefined) throw badRequest('A function is selected that this server does not know.');
  return answers;
}

/** What clients ask before a search, so that a person hears what is wrong with it. */
function validate(parts: ServerParts, c: Context): Record<string, unknown> {
  const dataset = c.req.query('dataset') ?? 'errors';
  const query = c.req.query('query') ?? '';
  const fields = (c.req.queries('field') ?? []).map((name) => ({
    name,
    trouble: troubleOf(() => checkField(parts, c, dataset, name)),
  }));
  const right = fields.filter(({ trouble }) => trouble === null).map(({ name }) => name);
  const queryTrouble = troubleOf(() => checkQuery(parts, c, dataset, { query, fields: ['id', ...right] }));
  const datasetTrouble = DATASETS.includes(dataset) ? null : `dataset must be one of: ${DATASETS.join(', ')}`;
  // Clients insist on a type of three.
  const checked = (name: string, error: string | null) => {
    const attrType = NUMERIC.has(typeOf(dataset, name.replace(/^-/, ''), [])) ? 'number' : 'string';
    return { name, attrType, valid: error === null, error };
  };
  const keys =
    queryTrouble === null ? requiredFilters(parseExpression(query)).map(({ key }) => checked(key, null)) : [];
  return {
    valid: datasetTrouble === null && queryTrouble === null && fields.every(({ trouble }) => trouble === null),
    projects: [],
    dataset: datasetTrouble === null ? [] : [{ name: dataset, valid: false, error: datasetTrouble }],
    environment: [],
    field: fields.map(({ name, trouble }) => checked(name, trouble)),
    query: { valid: queryTrouble === null, error: queryTrouble, fields: keys },
    orderby: (c.req.queries('orderby') ?? []).map((name) => checked(name, null)),
  };
}

/** Asked of nothing: what is wrong with it shows all the same. */
function checkQuery(
  parts: ServerParts,
  c: Context,
  dataset: string,
  { query, fields }: { query: string; fields: readonly string[] },
): void {
  const search = parseExpression(query);
  if (isTelemetry(dataset)) queryRows([], { fields, search, now: 0 });
  else queryErrors(parts, c, { fields, query, limit: 0, offset: 0 });
}

function checkField(parts: ServerParts, c: Context, dataset: string, field: string): void {
  const question = { fields: [field], query: '', sort: undefined };
  if (isTelemetry(dataset)) {
    if (queryRows([], { ...question, search: EVERYTHING, now: 0 }) === undefined)
      throw badRequest(`${field} is not a function that this server knows.`);
  } else queryErrors(parts, c, { ...question, limit: 0, offset: 0 });
}

function troubleOf(check: () => void): string | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof HTTPException) return error.message;
    throw error;
  }
}

function typeOf(dataset: string, field: string, data: readonly Record<string, unknown>[]): string {
  if (/^ep[ms]\(\)$/.test(field)) return 'rate';
  if (!isTelemetry(dataset)) return errorType(field);
  if (field.startsWith('timestamp') || /^(?:first|last)_seen\(\)$/.test(field))
    return field === 'timestamp_precise' ? 'string' : 'date';
  if (field === 'span.duration' || field === 'span.self_time' || /\(span\.(?:duration|self_time)\)$/.test(field))
    return 'duration';
  const aggregate = parseAggregate(field);
  if (/^(?:failure_)?count(?:_unique)?$/.test(aggregate?.name ?? '')) return 'integer';
  if (aggregate?.name === 'failure_rate') return 'percentage';
  if (aggregate !== undefined) return 'number';
  const value = data.find((row) => row[field] !== null && row[field] !== undefined)?.[field];
  return typeof value === 'number' || typeof value === 'boolean' ? typeof value : 'string';
}

function unitOf(field: string): string | null {
  if (field === 'epm()') return '1/minute';
  if (field === 'eps()') return '1/second';
  return /span\.(?:duration|self_time)/.test(field) && !field.startsWith('count') ? 'millisecond' : null;
}
