/** Sentry's pages: `Link` headers with cursors of the form `0:offset:0`. */
import type { Context } from 'hono';
import { badRequest } from './api-error.ts';

export interface Page {
  readonly limit: number;
  readonly offset: number;
}

const MAX = 100;

export function readPage(c: Context): Page {
  const asked = c.req.query('limit') ?? c.req.query('per_page') ?? String(MAX);
  const limit = Number(asked);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX)
    throw badRequest(`Invalid per_page parameter. Must be between 1 and ${MAX}.`);
  const cursor = c.req.query('cursor') || '0:0:0';
  const offset = /^-?\d{1,15}:(?<offset>\d{1,9}):[01]$/.exec(cursor)?.groups?.offset;
  if (offset === undefined) throw badRequest('Invalid cursor parameter.');
  return { limit, offset: Number(offset) };
}

/** `items` is one longer than the page where there are more; the extra one is cut off. */
export function pageAnswer<T>(
  c: Context,
  page: Page,
  items: readonly T[],
  headers: Record<string, string> = {},
): Response {
  const link = pageLink(c, page, items.length > page.limit);
  return c.json(items.slice(0, page.limit), 200, { ...headers, link });
}

/** A page of a list that is known as a whole. */
export function listAnswer<T, S>(c: Context, items: readonly T[], show: (item: T) => S): Response {
  const page = readPage(c);
  return pageAnswer(c, page, items.slice(page.offset, page.offset + page.limit + 1).map(show));
}

/** The `Link` header alone, for answers whose list is a member of an object. */
export function pageLink(c: Context, page: Page, hasMore: boolean): string {
  const before = Math.max(0, page.offset - page.limit);
  return [
    rel(c, 'previous', `0:${before}:1`, page.offset > 0),
    rel(c, 'next', `0:${page.offset + page.limit}:0`, hasMore),
  ].join(', ');
}

function rel(c: Context, name: string, cursor: string, hasResults: boolean): string {
  const url = new URL(c.req.url);
  url.searchParams.set('cursor', cursor);
  return `<${url.href}>; rel="${name}"; results="${hasResults}"; cursor="${cursor}"`;
}
