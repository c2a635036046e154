/** An issue's events, hashes and tags. */

import type { Context } from 'hono';
import { Hono } from 'hono';
import { z } from 'zod';
import type { ServerParts } from '../server-parts.ts';
import { EVENT_COLUMNS, latestEvent, listHashes } from '../storage/issues.ts';
import { EventRow } from '../storage/rows.ts';
import { notFound } from './api-error.ts';
import { eventFilter, eventScope } from './event-filter.ts';
import { issueOf } from './issue-routes.ts';
import { pageAnswer, readPage } from './pagination.ts';
import { parseSearch } from './search-query.ts';
import { showEvent, showEventSummary } from './show-event.ts';
import { showTime } from './show-project.ts';
import { all, condition, contains } from './sql-condition.ts';

export function issueEventRoutes(parts: ServerParts): Hono {
  const app = new Hono();
  app.get('/organizations/:org/issues/:issue/events/', (c) => listEvents(parts, c));
  app.get('/organizations/:org/issues/:issue/events/:event/', (c) => c.json(showEvent(parts, issueEventOf(parts, c))));
  app.get('/organizations/:org/issues/:issue/hashes/', (c) => listIssueHashes(parts, c));
  app.get('/organizations/:org/issues/:issue/tags/', (c) => c.json(tagsOf(parts, issueOf(parts, c).id)));
  app.get('/organizations/:org/issues/:issue/tags/:key/', (c) => c.json(tagOf(parts, c)));
  app.get('/organizations/:org/issues/:issue/tags/:key/values/', (c) => {
    const page = readPage(c);
    return pageAnswer(c, page, tagOf(parts, c).topValues.slice(page.offset, page.offset + page.limit + 1));
  });
  return app;
}

function listEvents(parts: ServerParts, c: Context): Response {
  const issue = issueOf(parts, c);
  const page = readPage(c);
  const { filters, text } = parseSearch(c.req.query('query') ?? '');
  const { sql, values } = all([
    condition('events.issue_id = ?', issue.id),
    ...eventScope(parts, c),
    ...filters.map((filter) => eventFilter(parts, filter)),
    ...(text === '' ? [] : [contains('events.title', text)]),
  ]);
  const events = parts.db.all(
    EventRow,
    `SELECT ${EVENT_COLUMNS} FROM events WHERE ${sql} ORDER BY at DESC, number DESC LIMIT ? OFFSET ?`,
    ...values,
    page.limit + 1,
    page.offset,
  );
  const show = isTrue(c.req.query('full')) ? showEvent : showEventSummary;
  return pageAnswer(
    c,
    page,
    events.map((event) => show(parts, event)),
  );
}

function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}

/** `latest`, `oldest`, `recommended` (the latest, here) or an id. */
export function issueEventOf(parts: ServerParts, c: Context): EventRow {
  const issue = issueOf(parts, c);
  const wanted = c.req.param('event') ?? '';
  const select = `SELECT ${EVENT_COLUMNS} FROM events WHERE issue_id = ?`;
  const event =
    wanted === 'latest' || wanted === 'recommended'
      ? latestEvent(parts.db, issue.id)
      : wanted === 'oldest'
        ? parts.db.one(EventRow, `${select} ORDER BY at, number LIMIT 1`, issue.id)
        : parts.db.one(EventRow, `${select} AND id = ?`, issue.id, wanted.replaceAll('-', '').toLowerCase());
  if (event === undefined) throw notFound();
  return event;
}

function listIssueHashes(parts: ServerParts, c: Context): Response {
  const issue = issueOf(parts, c);
  const page = readPage(c);
  const isFull = c.req.query('full') !== '0' && c.req.query('full') !== 'false';
  const hashes = listHashes(parts.db, issue.id).slice(page.offset, page.offset + page.limit + 1);
  const shown = hashes.map((id) => {
    const event = parts.db.one(
      EventRow,
      `SELECT ${EVENT_COLUMNS} FROM events WHERE issue_id = ? AND EXISTS (SELECT 1 FROM json_each(events.hashes) WHERE value = ?)
       ORDER BY at DESC, number DESC LIMIT 1`,
      issue.id,
      id,
    );
    const latest = event === undefined ? null : isFull ? showEvent(parts, event) : showEventSummary(parts, event);
    return { id, latestEvent: latest, mergedBySeer: false, seerMatchDistance: null };
  });
  return pageAnswer(c, page, shown);
}

const TagCount = z.object({
  key: z.string(),
  value: z.string(),
  count: z.number(),
  first: z.number(),
  last: z.number(),
});

interface TagValues {
  readonly key: string;
  readonly name: string;
  readonly uniqueValues: number;
  readonly totalValues: number;
  readonly topValues: readonly {
    key: string;
    name: string;
    value: string;
    count: number;
    firstSeen: string;
    lastSeen: string;
  }[];
}

function tagsOf(parts: ServerParts, issueId: number): TagValues[] {
  const rows = parts.db.all(
    TagCount,
    `SELECT key, value, count(*) AS count, min(at) AS first, max(at) AS last FROM event_tags
     JOIN events ON events.number = event_number WHERE event_tags.issue_id = ? GROUP BY key, value ORDER BY key, count DESC, value LIMIT 10000`,
    issueId,
  );
  return [...new Set(rows.map((row) => row.key))].map((key) =>
    tagValues(
      key,
      rows.filter((row) => row.key === key),
    ),
  );
}

function tagValues(key: string, found: readonly z.infer<typeof TagCount>[]): TagValues {
  return {
    key,
    name: key,
    uniqueValues: found.length,
    totalValues: found.reduce((sum, row) => sum + row.count, 0),
    topValues: found.map(({ value, count, first, last }) => ({
      key: value,
      name: value,
      value,
      count,
      firstSeen: showTime(first),
      lastSeen: showTime(last),
    })),
  };
}

function tagOf(parts: ServerParts, c: Context): TagValues {
  const tag = tagsOf(parts, issueOf(parts, c).id).find(({ key }) => key === c.req.param('key'));
  if (tag === undefined) throw notFound();
  return tag;
}
