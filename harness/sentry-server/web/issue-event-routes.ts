/** An issue's events and hashes. */

import type { Context } from 'hono';
import { Hono } from 'hono';
import type { ServerParts } from '../server-parts.ts';
import { payloadOfEvent } from '../storage/find-event.ts';
import { EVENT_COLUMNS, latestEvent, listHashes } from '../storage/issues.ts';
import { EventRow } from '../storage/rows.ts';
import { notFound } from './api-error.ts';
import { eventFilter, eventScope, freeText } from './event-filter.ts';
import { formatEvent, LlmFormat } from './format-event.ts';
import { issueOf } from './issue-routes.ts';
import { pageAnswer, readPage } from './pagination.ts';
import { parseSearch } from './search-query.ts';
import { showEvent, showEventSummary } from './show-event.ts';
import { all, condition } from './sql-condition.ts';

export function issueEventRoutes(parts: ServerParts): Hono {
  const app = new Hono();
  app.get('/organizations/:org/issues/:issue/events/', (c) => listEvents(parts, c));
  app.get('/organizations/:org/issues/:issue/events/:event/', (c) => {
    const event = eventOf(parts, c);
    const format = LlmFormat.safeParse(c.req.query('llmFormat'));
    if (!format.success) return c.json(showEvent(parts, event));
    const content = formatEvent(event, payloadOfEvent(parts.db, event.number), format.data);
    return c.json({ ...showEvent(parts, event), formatted: { format: format.data, content } });
  });
  app.get('/organizations/:org/issues/:issue/hashes/', (c) => listIssueHashes(parts, c));
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
    ...freeText(text),
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
function eventOf(parts: ServerParts, c: Context): EventRow {
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
