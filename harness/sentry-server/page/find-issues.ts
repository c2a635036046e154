/** The issues that a list page asks for: the search language and the filters of the Web API, a page at a time. */
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';
import type { ServerParts } from '../server-parts.ts';
import { findIssue } from '../storage/issues.ts';
import { CountRow, IssueRow } from '../storage/rows.ts';
import { issueFilter } from '../web/issue-filter.ts';
import { parseSearch } from '../web/search-query.ts';

export const PER_PAGE = 25;

/** Values of `is:`, what users wrote, and no filter at all. */
export const STATUSES = {
  unresolved: 'Unresolved',
  for_review: 'For review',
  new: 'New',
  regressed: 'Regressed',
  escalating: 'Escalating',
  archived: 'Archived',
  resolved: 'Resolved',
  feedback: 'User feedback',
  all: 'All',
} as const;

export const SORTS = {
  date: 'Last seen',
  new: 'First seen',
  freq: 'Events',
  user: 'Users',
} as const;

const ORDER: Readonly<Record<keyof typeof SORTS, string>> = {
  date: 'last_seen DESC',
  new: 'first_seen DESC',
  freq: 'count DESC',
  user: 'user_count DESC',
};

export const PERIODS = {
  '1h': 'the last hour',
  '24h': 'the last 24 hours',
  '7d': 'the last 7 days',
  '14d': 'the last 14 days',
  '30d': 'the last 30 days',
  '': 'any time',
} as const;

/** What the address says; whatever is not offered counts as not said. */
const Asked = z.object({
  query: z
    .string()
    .transform((text) => text.trim())
    .catch(''),
  status: z.enum(Object.keys(STATUSES) as [keyof typeof STATUSES]).catch('unresolved'),
  sort: z.enum(Object.keys(SORTS) as [keyof typeof SORTS]).catch('date'),
  statsPeriod: z.string().catch(''),
  project: z.string().catch(''),
  environment: z.string().catch(''),
  page: z.coerce.number().int().min(1).max(1_000_000).catch(1),
});
export type Asked = z.infer<typeof Asked>;

export function readAsked(c: Context): Asked {
  return Asked.parse(c.req.query());
}

export type Found =
  | { readonly kind: 'found'; readonly issues: readonly IssueRow[]; readonly hits: number }
  | { readonly kind: 'refused'; readonly why: string };

/** `c` carries project, environment and period under the names that the Web API gives them. */
export function findIssues(parts: ServerParts, c: Context, asked: Asked): Found {
  try {
    const { sql, values } = issueFilter(parts, c, wholeQuery(asked));
    const hits = parts.db.one(CountRow, `SELECT count(*) AS count FROM issues WHERE ${sql}`, ...values)?.count ?? 0;
    const issues = parts.db.all(
      IssueRow,
      `SELECT * FROM issues WHERE ${sql} ORDER BY ${ORDER[asked.sort]}, id DESC LIMIT ? OFFSET ?`,
      ...values,
      PER_PAGE,
      (asked.page - 1) * PER_PAGE,
    );
    return { kind: 'found', issues, hits };
  } catch (error) {
    if (error instanceof HTTPException && error.status === 400) return { kind: 'refused', why: error.message };
    throw error;
  }
}

/** A status named in the search itself counts more than the field beside it. */
function wholeQuery({ query, status }: Asked): string {
  const { filters } = parseSearch(query);
  const isNamed = filters.some(
    ({ key, values }) => key === 'is' && values.some((value) => Object.hasOwn(STATUSES, value)),
  );
  if (isNamed || status === 'all') return query;
  return status === 'feedback' ? `issue.category:feedback is:unresolved ${query}` : `is:${status} ${query}`;
}

const EventPlace = z.object({ issue: z.number(), event: z.string() });

/** Path below the issues where the search is nothing but an event's id or an issue's short id. */
export function directPath(parts: ServerParts, query: string): string | undefined {
  const id = query.replaceAll('-', '').toLowerCase();
  if (/^[0-9a-f]{32}$/.test(id)) {
    const place = parts.db.one(EventPlace, 'SELECT issue_id AS issue, id AS event FROM events WHERE id = ?', id);
    if (place !== undefined) return `${place.issue}/events/${place.event}/`;
  }
  if (!/^[a-z0-9][\w-]*-[0-9a-z]+$/i.test(query)) return undefined;
  const issue = findIssue(parts.db, query);
  return issue === undefined ? undefined : `${issue.id}/`;
}
