/** Lists, shows and changes issues. */

import type { Context } from 'hono';
import { Hono } from 'hono';
import { z } from 'zod';
import type { ServerParts } from '../server-parts.ts';
import { ISSUE_SORTS, orderOf } from '../storage/issue-order.ts';
import { changeIssue, findIssue } from '../storage/issues.ts';
import { findProject } from '../storage/projects.ts';
import { CountRow, IssueRow } from '../storage/rows.ts';
import { badRequest, notFound } from './api-error.ts';
import { issueFilter } from './issue-filter.ts';
import { discardChosen, mergeChosen } from './merge-and-discard.ts';
import { type Page, pageAnswer, readPage } from './pagination.ts';
import { readChange } from './read-change.ts';
import { showIssue, showIssueDetails } from './show-issue.ts';
import { all, type Condition, condition } from './sql-condition.ts';

export function issueRoutes(parts: ServerParts): Hono {
  const app = new Hono();
  app.get('/organizations/:org/issues/', (c) => listIssues(parts, c, condition('1')));
  app.put('/organizations/:org/issues/', (c) => changeMany(parts, c));
  app.get('/projects/:org/:project/issues/', (c) => listIssues(parts, c, inProject(parts, c)));
  app.put('/projects/:org/:project/issues/', (c) => changeMany(parts, c));
  app.get('/organizations/:org/issues/:issue/', (c) => c.json(showIssueDetails(parts, c, issueOf(parts, c))));
  app.put('/organizations/:org/issues/:issue/', async (c) => {
    const change = await readChange(parts, c);
    const issue = issueOf(parts, c);
    if (change.discard === true) {
      discardChosen(parts, [issue]);
      return c.body(null, 204);
    }
    changeIssue(parts.db, issue, change, parts.now().getTime());
    return c.json(showIssue(parts, c, issueOf(parts, c)));
  });
  app.get('/organizations/:org/shortids/:short/', (c) => {
    const issue = /^\d+$/.test(c.req.param('short')) ? undefined : findIssue(parts.db, c.req.param('short'));
    if (issue === undefined) throw notFound();
    const group = showIssue(parts, c, issue);
    const project = findProject(parts.db, String(issue.project_id));
    return c.json({
      organizationSlug: parts.org,
      projectSlug: project?.slug,
      groupId: group.id,
      group,
      shortId: group.shortId,
    });
  });
  return app;
}

/** The issue that the path names by id or short id; 404 where there is none. */
export function issueOf(parts: ServerParts, c: Context): IssueRow {
  const issue = findIssue(parts.db, c.req.param('issue') ?? '');
  if (issue === undefined) throw notFound();
  return issue;
}

function inProject(parts: ServerParts, c: Context): Condition {
  const project = findProject(parts.db, c.req.param('project') ?? '');
  if (project === undefined) throw notFound();
  return condition('issues.project_id = ?', project.id);
}

function listIssues(parts: ServerParts, c: Context, scope: Condition): Response {
  const page = readPage(c);
  const query = (c.req.query('query') ?? 'is:unresolved').trim();
  const direct = directHit(parts, c, query);
  if (direct !== undefined) return pageAnswer(c, page, page.offset === 0 ? [direct] : [], { 'x-hits': '1' });
  const order = orderOf(c.req.query('sort') ?? 'date', parts.now().getTime());
  if (order === undefined) throw badRequest(`Invalid sort parameter. Must be one of ${ISSUE_SORTS.join(', ')}.`);
  const { sql, values } = all([scope, issueFilter(parts, c, query)]);
  const { found, hits } = selectIssues(parts, { sql, values }, order, page);
  return pageAnswer(
    c,
    page,
    found.map((issue) => ({ ...showIssue(parts, c, issue), ...NO_MATCH })),
    { 'x-hits': String(hits) },
  );
}

const Hit = z.object({ id: z.number(), hits: z.number() });

/** One issue more than the page holds where there are more. Which issues a search means is worked out once for list and count. */
function selectIssues(
  { db }: ServerParts,
  { sql, values }: Condition,
  order: Condition,
  page: Page,
): { found: IssueRow[]; hits: number } {
  const rows = db.all(
    Hit,
    `SELECT id, count(*) OVER () AS hits FROM issues WHERE ${sql} ORDER BY ${order.sql}, id DESC LIMIT ? OFFSET ?`,
    ...values,
    ...order.values,
    page.limit + 1,
    page.offset,
  );
  const found = rows.flatMap(({ id }) => db.one(IssueRow, 'SELECT * FROM issues WHERE id = ?', id) ?? []);
  const [first] = rows;
  if (first !== undefined || page.offset === 0) return { found, hits: first?.hits ?? 0 };
  const counted = db.one(CountRow, `SELECT count(*) AS count FROM issues WHERE ${sql}`, ...values);
  return { found, hits: counted?.count ?? 0 };
}

/** The search named no event. */
const NO_MATCH = { matchingEventId: null, matchingEventEnvironment: null };

const EventIssue = z.object({ issue_id: z.number() });

/** A query that is nothing but an event id or a short id finds its issue, whatever the filters say. */
function directHit(parts: ServerParts, c: Context, query: string): Record<string, unknown> | undefined {
  const eventId = query.replaceAll('-', '').toLowerCase();
  if (/^[0-9a-f]{32}$/.test(eventId)) {
    const row = parts.db.one(EventIssue, 'SELECT issue_id FROM events WHERE id = ?', eventId);
    const issue = row === undefined ? undefined : findIssue(parts.db, String(row.issue_id));
    return issue === undefined
      ? undefined
      : { ...showIssue(parts, c, issue), matchingEventId: eventId, matchingEventEnvironment: null };
  }
  if (c.req.query('shortIdLookup') === '0' || !/^[a-z0-9][\w-]*-[0-9a-z]+$/i.test(query)) return undefined;
  const issue = findIssue(parts.db, query);
  return issue === undefined ? undefined : { ...showIssue(parts, c, issue), ...NO_MATCH };
}

/** Of a call that changes many: those of its ids, else of its search; at most a thousand, oldest first. */
export function chosenIssues(parts: ServerParts, c: Context): IssueRow[] {
  const ids = c.req.queries('id') ?? [];
  const { sql, values } = all([
    c.req.param('project') === undefined ? condition('1') : inProject(parts, c),
    ids.length === 0
      ? issueFilter(parts, c, c.req.query('query') ?? 'is:unresolved')
      : condition('leaving IS NULL AND CAST(id AS TEXT) IN (SELECT value FROM json_each(?))', JSON.stringify(ids)),
  ]);
  return parts.db.all(IssueRow, `SELECT * FROM issues WHERE ${sql} ORDER BY id LIMIT ${MANY}`, ...values);
}

const MANY = 1000;

async function changeMany(parts: ServerParts, c: Context): Promise<Response> {
  const change = await readChange(parts, c);
  const isForIds = change.merge === true || change.discard === true;
  if (isForIds && c.req.queries('id') === undefined) throw badRequest('Name the issues: ?id=1&id=2');
  const issues = chosenIssues(parts, c);
  if (issues.length === 0) return c.body(null, 204);
  if (change.discard === true) {
    discardChosen(parts, issues);
    return c.body(null, 204);
  }
  const merged = change.merge === true ? mergeChosen(parts, issues) : undefined;
  const left = merged === undefined ? issues : issues.filter(({ id }) => String(id) === merged.parent);
  parts.db.transaction(() => {
    for (const issue of left) changeIssue(parts.db, issue, change, parts.now().getTime());
  });
  const [first] = left;
  const after = first === undefined ? undefined : findIssue(parts.db, String(first.id));
  if (after === undefined) throw notFound();
  const { status, statusDetails, substatus, isPublic, assignedTo } = showIssue(parts, c, after);
  // Only what was asked for, and the state that came of it.
  const { statusDetails: _, merge: __, discard: ___, ...asked } = change;
  return c.json({
    ...asked,
    ...(merged === undefined ? {} : { merge: merged }),
    ...(change.assignedTo == null ? {} : { assignedTo: assignedTo ?? undefined }),
    ...(change.status === undefined && c.req.param('project') === undefined
      ? {}
      : { status, statusDetails, substatus: substatus ?? undefined }),
    ...(c.req.param('project') === undefined ? {} : { isPublic }),
  });
}
