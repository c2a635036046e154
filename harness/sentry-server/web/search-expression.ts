/** Searches over events, spans, logs and replays know more than issue searches do: `(level:error OR level:fatal) AND !till:4`. */
import { badRequest } from './api-error.ts';
import { type Filter, isAggregate, readTerm, splitTerms } from './search-query.ts';

export type Expression =
  | { readonly kind: 'filter'; readonly filter: Filter }
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'all' | 'any'; readonly members: readonly Expression[] };

const MAX_DEPTH = 20;

/** Terms beside each other must all be true; `AND` binds before `OR`. */
export function parseExpression(query: string): Expression {
  const tokens = splitTerms(query).flatMap(withoutBrackets);
  const { expression, next } = readAny(tokens, 0, 0);
  if (next < tokens.length) throw badRequest('Parse error: a closing bracket without an opening one.');
  return expression;
}

/** Filters that every found row meets. */
export function requiredFilters(expression: Expression): Filter[] {
  if (expression.kind === 'filter') return [expression.filter];
  return expression.kind === 'all' ? expression.members.flatMap(requiredFilters) : [];
}

/** All filters of it, negated ones and those of one side of an `OR` too. */
export function filtersOf(expression: Expression): Filter[] {
  if (expression.kind === 'filter') return [expression.filter];
  return expression.kind === 'words' ? [] : expression.members.flatMap(filtersOf);
}

export function mapFilters(expression: Expression, change: (filter: Filter) => Filter): Expression {
  if (expression.kind === 'words') return expression;
  if (expression.kind === 'filter') return { kind: 'filter', filter: change(expression.filter) };
  return { kind: expression.kind, members: expression.members.map((member) => mapFilters(member, change)) };
}

interface SplitSearch {
  /** On rows. */
  readonly where: Expression;
  /** On groups of rows, such as `count():>5`. */
  readonly having: Expression;
}

/** 400 where an `OR` joins conditions of both kinds. */
export function splitHaving(search: Expression): SplitSearch {
  const where: Expression[] = [];
  const having: Expression[] = [];
  for (const member of search.kind === 'all' ? search.members : [search]) {
    const filters = filtersOf(member);
    const aggregates = filters.filter(isAggregate).length;
    if (aggregates === 0) where.push(member);
    else if (aggregates === filters.length && !hasWords(member)) having.push(member);
    else if (member.kind === 'all') {
      const inner = splitHaving(member);
      where.push(inner.where);
      having.push(inner.having);
    } else throw badRequest('Conditions on aggregates and on fields cannot be joined by OR.');
  }
  return { where: { kind: 'all', members: where }, having: { kind: 'all', members: having } };
}

function hasWords(expression: Expression): boolean {
  if (expression.kind === 'all' || expression.kind === 'any') return expression.members.some(hasWords);
  return expression.kind === 'words';
}

/** 400 where a condition asks for an aggregate that is not among the fields. */
export function checkHaving(having: Expression, fields: readonly string[]): void {
  const missing = filtersOf(having).find(({ key }) => !fields.includes(key));
  if (missing !== undefined)
    throw badRequest(`Aggregate ${missing.key} used in a condition but is not a selected column.`);
}

/** Brackets around terms stand alone; those of `count():>5` stay where they are. */
function withoutBrackets(term: string): string[] {
  const opening = /^\(*/.exec(term)?.[0].length ?? 0;
  let rest = term.slice(opening);
  let closing = 0;
  while (rest.endsWith(')') && occurrences(rest, ')') > occurrences(rest, '(')) {
    rest = rest.slice(0, -1);
    closing += 1;
  }
  return [...Array<string>(opening).fill('('), ...(rest === '' ? [] : [rest]), ...Array<string>(closing).fill(')')];
}

function occurrences(term: string, bracket: string): number {
  return term.replaceAll(/"(?:[^"\\]|\\.)*"/g, '').split(bracket).length - 1;
}

interface Read {
  readonly expression: Expression;
  /** Where the rest begins. */
  readonly next: number;
}

function readAny(tokens: readonly string[], start: number, depth: number): Read {
  if (depth > MAX_DEPTH) throw badRequest('The query has too many brackets.');
  const members: Expression[] = [];
  let at = start;
  for (;;) {
    const { expression, next } = readAll(tokens, at, depth);
    members.push(expression);
    at = next;
    if (tokens[at] !== 'OR') break;
    at += 1;
  }
  const [only] = members;
  return { expression: members.length === 1 && only !== undefined ? only : { kind: 'any', members }, next: at };
}

function readAll(tokens: readonly string[], start: number, depth: number): Read {
  const members: Expression[] = [];
  const words: string[] = [];
  let at = start;
  for (; at < tokens.length; at += 1) {
    const token = tokens[at] ?? '';
    if (token === 'OR' || token === ')') break;
    if (token === 'AND') continue;
    if (token === '(') {
      const inner = readAny(tokens, at + 1, depth + 1);
      if (tokens[inner.next] !== ')') throw badRequest('Parse error: an opening bracket without a closing one.');
      members.push(inner.expression);
      at = inner.next;
      continue;
    }
    const term = readTerm(token);
    if (typeof term === 'string') words.push(term);
    else members.push({ kind: 'filter', filter: term });
  }
  const isEmpty = members.length === 0 && words.length === 0;
  if (isEmpty && (depth > 0 || tokens.length > 0)) throw badRequest('Parse error: a side of AND or OR is empty.');
  const text = words.join(' ').trim();
  return {
    expression: { kind: 'all', members: [...members, ...(text === '' ? [] : [{ kind: 'words' as const, text }])] },
    next: at,
  };
}
