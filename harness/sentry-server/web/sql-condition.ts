/** Small pieces of SQL with their values, so that no stranger's text is ever part of a statement. */
import type { SQLInputValue } from 'node:sqlite';
import { own } from '../own.ts';
import { badRequest } from './api-error.ts';
import type { Filter } from './search-query.ts';
import { betweenWildcards, hasWildcard, likePattern } from './wildcards.ts';

export interface Condition {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

export function condition(sql: string, ...values: SQLInputValue[]): Condition {
  return { sql, values };
}

export function all(conditions: readonly Condition[]): Condition {
  if (conditions.length === 0) return condition('1');
  return joined(conditions, ' AND ');
}

export function any(conditions: readonly Condition[]): Condition {
  if (conditions.length === 0) return condition('0');
  return joined(conditions, ' OR ');
}

/** SQLite takes a chain of a thousand at most, so that a longer one is cut into chains of chains. */
const LONGEST = 100;

function joined(conditions: readonly Condition[], word: string): Condition {
  if (conditions.length > LONGEST) {
    const parts = Array.from({ length: Math.ceil(conditions.length / LONGEST) }, (_, part) =>
      joined(conditions.slice(part * LONGEST, (part + 1) * LONGEST), word),
    );
    return joined(parts, word);
  }
  return { sql: `(${conditions.map((one) => one.sql).join(word)})`, values: conditions.flatMap((one) => one.values) };
}

export function not(inner: Condition, isNegated: boolean): Condition {
  return isNegated ? { sql: `NOT coalesce(${inner.sql}, 0)`, values: inner.values } : inner;
}

/** `column` is one of ours. `*` stands for anything; an empty value asks for absence. */
export function textFilter(column: string, filter: Filter): Condition {
  const tests = literals(filter).map((value) => {
    if (value === '') return condition(`coalesce(${column}, '') = ''`);
    return hasWildcard(value)
      ? condition(`${column} LIKE ? ESCAPE '\\'`, likePattern(value))
      : condition(`${column} = ?`, betweenWildcards(value)[0]);
  });
  return not(any(tests), filter.isNegated);
}

/** As Sentry reads `message:` and plain words: anywhere in the text, whatever the case; `*` inside stands for anything. */
export function wordFilter(columns: readonly string[], filter: Filter): Condition {
  const tests = literals(filter).flatMap((value) =>
    columns.map((column) =>
      value === ''
        ? condition(`coalesce(${column}, '') = ''`)
        : condition(`${column} LIKE ? ESCAPE '\\'`, `%${likePattern(value)}%`),
    ),
  );
  return not(any(tests), filter.isNegated);
}

export function contains(column: string, text: string): Condition {
  return condition(`${column} LIKE ? ESCAPE '\\'`, `%${likePattern(text.replaceAll('*', ''))}%`);
}

/** Texts have no order in searches: `release:>1` asks for that very name. */
function literals({ operator, values }: Filter): readonly string[] {
  return operator === '=' ? values : values.map((value) => `${operator}${value}`);
}

export function numberFilter(column: string, filter: Filter): Condition {
  const tests = filter.values.map((value) => {
    return condition(`${column} ${filter.operator} ?`, numberOf(value));
  });
  return not(any(tests), filter.isNegated);
}

const MANY: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, b: 1e9 };

/** `500`, and `500k`. */
function numberOf(text: string): number {
  const parts = /^(?<number>-?\d{1,15}(?:\.\d{1,15})?)(?<many>[kmb]?)$/i.exec(text)?.groups;
  const factor = own(MANY, parts?.many?.toLowerCase() ?? 'none');
  if (parts?.number === undefined || factor === undefined)
    throw badRequest(`Invalid number: ${text}. Expected number then optional k, m, or b suffix (e.g. 500k).`);
  return Number(parts.number) * factor;
}

/** `>2026-01-01T00:00:00`, `2026-01-01` (that day), `-24h` (since then) and `+24h` (before then). */
export function timeFilter(column: string, filter: Filter, now: number): Condition {
  const [value = ''] = filter.values;
  const ago = /^(?<sign>[+-])(?<period>\d{1,6}[smhdw])$/.exec(value)?.groups;
  if (ago?.period !== undefined) {
    return not(
      condition(`${column} ${ago.sign === '-' ? '>=' : '<='} ?`, now - periodMs(ago.period)),
      filter.isNegated,
    );
  }
  const at = parseTime(value);
  if (filter.operator !== '=') return not(condition(`${column} ${filter.operator} ?`, at), filter.isNegated);
  // A day means all of it, and a time its second.
  const end = at + (/^\d{4}-\d\d-\d\d$/.test(value) ? 864e5 : 1e3);
  return not(condition(`(${column} >= ? AND ${column} < ?)`, at, end), filter.isNegated);
}

const UNITS: Readonly<Record<string, number>> = { s: 1e3, m: 6e4, h: 36e5, d: 864e5, w: 6048e5 };

/** `14d` in milliseconds. */
export function periodMs(period: string): number {
  const parts = /^(?<count>\d{1,6})(?<unit>[smhdw])$/.exec(period)?.groups;
  const unit = own(UNITS, parts?.unit ?? '');
  if (parts?.count === undefined || unit === undefined)
    throw badRequest(`Invalid statsPeriod: ${JSON.stringify(period)}`);
  return Number(parts.count) * unit;
}

const ISO = /^\d{4}-\d\d-\d\d(?:[t ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:z|[+-]\d\d:?\d\d)?)?$/i;

/** Without a zone UTC is meant. */
export function parseTime(text: string): number {
  if (!ISO.test(text)) throw badRequest(`${JSON.stringify(text)} is not a valid ISO8601 date query`);
  const at = Date.parse(/^\d{4}-\d\d-\d\d$|(?:z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`);
  if (Number.isNaN(at)) throw badRequest(`${JSON.stringify(text)} is not a valid ISO8601 date query`);
  return at;
}
