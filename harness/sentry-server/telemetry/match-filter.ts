/** Whether one term of a search is true of a value. */
import { own } from '../own.ts';
import type { Filter } from '../web/search-query.ts';
import { parseTime, periodMs } from '../web/sql-condition.ts';
import { betweenWildcards, hasWildcard, matchesPattern } from '../web/wildcards.ts';
import type { Scalar } from './telemetry-row.ts';

export function matchesFilter(filter: Filter, value: Scalar, now: number): boolean {
  return filter.values.some((wanted) => matchesValue(filter, wanted, value, now)) !== filter.isNegated;
}

const TIMES = new Set(['timestamp', 'last_seen()', 'first_seen()']);

function matchesValue({ key, operator }: Filter, wanted: string, value: Scalar, now: number): boolean {
  if (wanted === '') return value === null || value === '';
  if (value === null) return false;
  if (TIMES.has(key)) return matchesTime(operator, wanted, Date.parse(String(value)), now);
  if (operator !== '=') {
    const bound = numberOf(wanted);
    return bound !== undefined && compares(Number(value), operator, bound);
  }
  if (typeof value === 'boolean') return value === (wanted === 'true' || wanted === '1');
  if (typeof value === 'number') return numberOf(wanted) === value;
  return hasWildcard(wanted) ? matchesPattern(wanted, value) : value === betweenWildcards(wanted)[0];
}

function matchesTime(operator: Filter['operator'], wanted: string, at: number, now: number): boolean {
  const ago = /^(?<sign>[+-])(?<period>\d{1,6}[smhdw])$/.exec(wanted)?.groups;
  if (ago?.period !== undefined) return compares(at, ago.sign === '-' ? '>=' : '<=', now - periodMs(ago.period));
  return compares(at, operator, parseTime(wanted));
}

function compares(a: number, operator: Filter['operator'], b: number): boolean {
  switch (operator) {
    case '>':
      return a > b;
    case '<':
      return a < b;
    case '>=':
      return a >= b;
    case '<=':
      return a <= b;
    case '=':
      return a === b;
  }
}

const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  ms: 1,
  s: 1e3,
  sec: 1e3,
  m: 6e4,
  min: 6e4,
  h: 36e5,
  hr: 36e5,
  d: 864e5,
};

/** `300`, and durations such as `300ms` and `1.5s` in milliseconds. */
function numberOf(text: string): number | undefined {
  const parts = /^(?<number>-?\d+(?:\.\d+)?)(?<unit>[a-z]*)$/.exec(text)?.groups;
  const unit = parts?.unit ? own(UNITS, parts.unit) : 1;
  return parts?.number === undefined || unit === undefined ? undefined : Number(parts.number) * unit;
}
