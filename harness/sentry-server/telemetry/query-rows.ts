/** Answers a question in fields, aggregates, filters and a sort over rows in memory, as the discover call asks it. */
import { own } from '../own.ts';
import { checkHaving, type Expression, splitHaving } from '../web/search-expression.ts';
import type { Filter } from '../web/search-query.ts';
import { matchesFilter } from './match-filter.ts';
import type { Scalar, TelemetryRow } from './telemetry-row.ts';

export interface RowQuestion {
  readonly fields: readonly string[];
  readonly search: Expression;
  /** A field of `fields`, `-` before it for descending; undefined for newest first. */
  readonly sort?: string | undefined;
  readonly now: number;
  /** How long the question's time is; for rates. */
  readonly minutes?: number;
}

export type Answer = Readonly<Record<string, Scalar>>;

/** `tags[size,number]` and `tags[size]` are the field `size`. */
export function plainField(field: string): string {
  return /^tags\[(?<name>[^,\]]+)(?:,\s*\w+)?\]$/.exec(field)?.groups?.name ?? field;
}

export interface Aggregate {
  readonly name: string;
  readonly field: string | undefined;
}

/** Undefined for a plain field. */
export function parseAggregate(field: string): Aggregate | undefined {
  const parts = /^(?<name>[a-z_0-9]+)\((?<field>[^()]*)\)$/.exec(field)?.groups;
  if (parts?.name === undefined) return undefined;
  return { name: parts.name, field: parts.field ? plainField(parts.field.trim()) : undefined };
}

export function matching<T extends TelemetryRow>(rows: readonly T[], search: Expression, now: number): T[] {
  return rows.filter((row) => isMatch(row, search, now));
}

/** Plain words must be part of the row's own, whatever the case. */
function isMatch(row: TelemetryRow, search: Expression, now: number): boolean {
  switch (search.kind) {
    case 'filter':
      return matchesRow(search.filter, row, now);
    case 'words':
      return wordsOf(row).includes(search.text.toLowerCase());
    case 'all':
      return search.members.every((member) => isMatch(row, member, now));
    case 'any':
      return search.members.some((member) => isMatch(row, member, now));
  }
}

function matchesRow(filter: Filter, { fields }: TelemetryRow, now: number): boolean {
  if (filter.key === 'has')
    return filter.values.some((key) => (own(fields, plainField(key)) ?? null) !== null) !== filter.isNegated;
  return matchesFilter(filter, own(fields, plainField(filter.key)) ?? null, now);
}

function wordsOf({ fields }: TelemetryRow): string {
  return [fields.message, fields['span.description'], fields['metric.name']].join('\n').toLowerCase();
}

/** Undefined where an aggregate is not known. */
export function queryRows(rows: readonly TelemetryRow[], question: RowQuestion): Answer[] | undefined {
  const { where, having } = splitHaving(question.search);
  checkHaving(having, question.fields);
  const found = matching(rows, where, question.now);
  const aggregates = question.fields.map(parseAggregate);
  if (aggregates.some((one) => one !== undefined && !isKnown(one))) return undefined;
  const answers = aggregates.some((one) => one !== undefined)
    ? grouped(found, question).filter((fields) => isMatch({ projectId: 0, at: 0, fields }, having, question.now))
    : [...found].sort((a, b) => b.at - a.at).map((row) => pick(row, question.fields));
  return question.sort === undefined ? answers : sorted(answers, question.sort);
}

function pick(row: TelemetryRow, fields: readonly string[]): Answer {
  return Object.fromEntries(fields.map((field) => [field, own(row.fields, plainField(field)) ?? null]));
}

function grouped(rows: readonly TelemetryRow[], { fields, minutes }: RowQuestion): Answer[] {
  const keys = fields.filter((field) => parseAggregate(field) === undefined);
  const groups = Map.groupBy(rows, (row) =>
    JSON.stringify(keys.map((key) => own(row.fields, plainField(key)) ?? null)),
  );
  if (keys.length === 0 && groups.size === 0) groups.set('', []);
  return [...groups.values()].map((members) =>
    Object.fromEntries(
      fields.map((field) => {
        const aggregate = parseAggregate(field);
        if (aggregate !== undefined) return [field, aggregateOf(members, aggregate, minutes)];
        return [field, own(members[0]?.fields ?? {}, plainField(field)) ?? null];
      }),
    ),
  );
}

function sorted(answers: readonly Answer[], sort: string): Answer[] {
  const field = sort.replace(/^-/, '');
  const sign = sort.startsWith('-') ? -1 : 1;
  return [...answers].sort((a, b) => sign * compare(own(a, field) ?? null, own(b, field) ?? null));
}

function compare(a: Scalar, b: Scalar): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (a === null || b === null) return Number(b === null) - Number(a === null);
  return String(a) < String(b) ? -1 : Number(String(a) > String(b));
}

const PERCENTILE = /^p(?<share>50|75|90|95|99|100)$/;
const OF_ROWS = new Set(['count', 'epm', 'eps', 'first_seen', 'last_seen', 'failure_count', 'failure_rate']);
/** Sentry's 90 days, where a question names no time. */
export const DEFAULT_MINUTES = 90 * 24 * 60;
const NUMERIC = new Set(['sum', 'avg', 'min', 'max']);

export function isKnown({ name, field }: Aggregate): boolean {
  if (name === 'count_unique') return field !== undefined;
  return OF_ROWS.has(name) || NUMERIC.has(name) || PERCENTILE.test(name);
}

/** Null where there is nothing to compute from. What is computed of numbers is computed of durations where no field is named. */
export function aggregateOf(
  rows: readonly TelemetryRow[],
  { name, field = 'span.duration' }: Aggregate,
  minutes = DEFAULT_MINUTES,
): Scalar {
  if (name === 'count') return rows.length;
  if (name === 'epm') return rows.length / minutes;
  if (name === 'eps') return rows.length / minutes / 60;
  if (name === 'failure_count') return rows.filter(hasFailed).length;
  if (name === 'first_seen')
    return rows.reduce<string | null>((first, row) => earlier(first, row.fields.timestamp), null);
  if (name === 'last_seen') return rows.reduce<string | null>((last, row) => later(last, row.fields.timestamp), null);
  if (name === 'failure_rate') return rows.length === 0 ? null : rows.filter(hasFailed).length / rows.length;
  const values = rows.flatMap((row) => own(row.fields, field) ?? []);
  if (name === 'count_unique') return new Set(values).size;
  const numbers = values.filter((value) => typeof value === 'number').sort((a, b) => a - b);
  if (numbers.length === 0) return null;
  const sum = numbers.reduce((total, value) => total + value, 0);
  switch (name) {
    case 'sum':
      return sum;
    case 'avg':
      return sum / numbers.length;
    case 'min':
      return numbers[0] ?? null;
    case 'max':
      return numbers.at(-1) ?? null;
    default:
      return percentile(numbers, Number(PERCENTILE.exec(name)?.groups?.share ?? 50) / 100);
  }
}

/** Of sorted numbers, between neighbours in proportion. */
function percentile(numbers: readonly number[], share: number): number {
  const place = (numbers.length - 1) * share;
  const below = numbers[Math.floor(place)] ?? 0;
  return below + ((numbers[Math.ceil(place)] ?? below) - below) * (place - Math.floor(place));
}

function later(last: string | null, time: Scalar | undefined): string | null {
  return typeof time === 'string' && (last === null || time > last) ? time : last;
}

function earlier(first: string | null, time: Scalar | undefined): string | null {
  return typeof time === 'string' && (first === null || time < first) ? time : first;
}

/** Every outcome but a success, a cancellation and an unknown one. */
function hasFailed({ fields }: TelemetryRow): boolean {
  const status = fields['span.status'] ?? null;
  return status !== null && !['ok', 'cancelled', 'unknown'].includes(String(status));
}
