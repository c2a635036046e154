/** Calls of the Web API with hostile ids, cursors, queries, dates and limits. */

import type { Random } from '../random.ts';
import { HOSTILE_TEXTS, PARAMETERS, SEARCHES } from './hostile.ts';

/** Values that let a call get far enough to do harm. */
const PLAUSIBLE: Readonly<Record<string, readonly string[]>> = {
  org: ['mendwright', '1'],
  project: ['shop', '1', '-1'],
  issue: ['1', '2', 'SHOP-1'],
  event: ['latest', 'oldest', 'recommended', 'a'.repeat(32)],
  version: ['shop@1.4.0', 'latest'],
  monitor: ['night'],
  key: ['level', 'user', 'url'],
  short: ['SHOP-1'],
  cursor: ['0:0:0', '0:100:0', '0:999999999:0', '0:0:1'],
  limit: ['1', '100', '101', '0', '-1'],
  per_page: ['1', '100', '101'],
  statsPeriod: ['24h', '14d', '999999w', '0d', '90d'],
  start: ['2026-11-01', '0001-01-01', '+275760-09-13T00:00:00Z'],
  end: ['2026-11-30', '9999-12-31T23:59:59Z', '-271821-04-20T00:00:00Z'],
  sort: ['date', 'freq', 'new', 'user', 'trends', '-count()', 'timestamp'],
  field: ['title', 'count()', 'timestamp', 'tags[a]', 'count_unique(user)', 'p95(span.duration)'],
  dataset: ['errors', 'spans', 'logs', 'discover'],
  query: SEARCHES,
};

/** `/api/0/organizations/:org/issues/` with holes filled and parameters added. */
export function hostileCall(route: string, random: Random): string {
  const path = route.replaceAll(/:(?<name>\w+)(?:\{[^}]*\})?\??|\*/g, (_, name: string | undefined) =>
    segment(valueFor(name ?? 'org', random), random),
  );
  const parameters = Array.from({ length: random.int(5) }, () => random.pick(PARAMETERS));
  const query = parameters.map((name) => `${name}=${part(valueFor(name, random), random)}`).join('&');
  return query === '' ? path : `${path}?${query}`;
}

function valueFor(name: string, random: Random): string {
  const plausible = PLAUSIBLE[name];
  return plausible !== undefined && random.chance(0.6) ? random.pick(plausible) : random.pick(HOSTILE_TEXTS);
}

/** An empty part, `.` or `..` would be another path. */
function segment(text: string, random: Random): string {
  const encoded = part(text.slice(0, 1000), random);
  return /^\.{0,2}$/.test(encoded) ? '%2E%2E' : encoded;
}

/** Mostly as a client would encode it; lone surrogates and broken escapes go as they are. */
function part(text: string, random: Random): string {
  if (random.chance(0.03)) return '%';
  if (random.chance(0.03)) return '%ff%fe';
  return encodeURIComponent(text.isWellFormed() ? text : text.toWellFormed());
}
