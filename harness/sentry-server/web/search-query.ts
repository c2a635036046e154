/** Splits Sentry's search syntax into terms: `is:unresolved !level:info release:[a,b] timesSeen:>5 "free text"`. */
import { badRequest } from './api-error.ts';

export interface Filter {
  readonly key: string;
  readonly isNegated: boolean;
  readonly operator: '=' | '>' | '<' | '>=' | '<=';
  /** One, or several for `key:[a,b]`; `''` asks for absence. */
  readonly values: readonly string[];
}

export interface SearchQuery {
  readonly filters: readonly Filter[];
  readonly text: string;
}

const MAX_CHARS = 4096;
const QUOTED = String.raw`"(?:[^"\\]|\\.)*"`;
const TERM = new RegExp(String.raw`(?:[^\s"\[\]]|\[(?:${QUOTED}|[^\]"])*\]|${QUOTED})+`, 'gy');

export function parseSearch(query: string): SearchQuery {
  const filters: Filter[] = [];
  const words: string[] = [];
  for (const term of splitTerms(query)) {
    if (/^(?:OR|AND)$|^\(|\)$/.test(term) && !/^[\w.()]+\(.*\):/.test(term)) {
      throw badRequest('Boolean statements containing "OR" or "AND" are not supported in this search');
    }
    const read = readTerm(term);
    if (typeof read === 'string') words.push(read);
    else if (isAggregate(read))
      throw badRequest(`Aggregate filters (${read.key}) are not supported in issue searches.`);
    else filters.push(read);
  }
  return { filters, text: words.join(' ').trim() };
}

/** `count():>5` filters groups, not events. */
export function isAggregate({ key }: Filter): boolean {
  return /^\w+\(.*\)$/.test(key);
}

const PAIR = new RegExp(
  String.raw`^(?<not>!?)(?<key>tags\[[^\]]+\]|[\w.[\]-]+|${QUOTED}|\w+\([^()]*\)):(?<rest>.*)$`,
  'su',
);

/** A filter, or a word without its quotes. */
export function readTerm(term: string): Filter | string {
  const parts = PAIR.exec(term)?.groups;
  if (parts?.key === undefined || parts.rest === undefined || parts.rest.startsWith('//')) return unquote(term);
  if (parts.rest === '') throw badRequest(`Empty string after '${parts.key}:'`);
  return readFilter(unquote(parts.key), parts.not === '!', parts.rest);
}

/** At white space outside of quotes and lists. */
export function splitTerms(query: string): string[] {
  if (query.length > MAX_CHARS) throw badRequest('The query is too long.');
  const terms: string[] = [];
  let at = 0;
  while (at < query.length) {
    if (/\s/.test(query[at] ?? '')) {
      at += 1;
      continue;
    }
    TERM.lastIndex = at;
    const term = TERM.exec(query)?.[0];
    if (term === undefined) throw badRequest(`Parse error at character ${at + 1}: unbalanced quote or bracket.`);
    terms.push(term);
    at += term.length;
  }
  return terms;
}

function readFilter(key: string, isNegated: boolean, rest: string): Filter {
  const shared = { key: /^tags\[(?<name>[^\]]+)\]$/.exec(key)?.groups?.name ?? key, isNegated };
  if (rest.startsWith('[') && rest.endsWith(']')) {
    const values = rest.slice(1, -1).match(new RegExp(`${QUOTED}|[^,]+`, 'g')) ?? [];
    return { ...shared, operator: '=', values: values.map((value) => unquote(value.trim())) };
  }
  const compared = /^(?<operator>>=|<=|>|<)(?<value>.+)$/s.exec(rest)?.groups;
  const operator = (['>', '<', '>=', '<='] as const).find((one) => one === compared?.operator);
  if (operator !== undefined && compared?.value !== undefined)
    return { ...shared, operator, values: [unquote(compared.value)] };
  return { ...shared, operator: '=', values: [unquote(rest)] };
}

function unquote(text: string): string {
  return /^".*"$/s.test(text) ? text.slice(1, -1).replaceAll(/\\(["\\])/g, '$1') : text;
}
