/** Events by their own id, and the events of a project. */
import { Hono } from 'hono';
import type { ServerParts } from '../server-parts.ts';
import { EVENT_COLUMNS } from '../storage/issues.ts';
import { findProject } from '../storage/projects.ts';
import { EventRow } from '../storage/rows.ts';
import { notFound } from './api-error.ts';
import { ERRORS, eventScope } from './event-filter.ts';
import { projectOf } from './organization-routes.ts';
import { pageAnswer, readPage } from './pagination.ts';
import { showEvent, showEventSummary } from './show-event.ts';
import { all, condition } from './sql-condition.ts';

export function eventRoutes(parts: ServerParts): Hono {
  const app = new Hono();
  app.get('/projects/:org/:project/events/', (c) => {
    const page = readPage(c);
    const { sql, values } = all([
      ERRORS,
      condition('events.project_id = ?', projectOf(parts, c).id),
      ...eventScope(parts, c),
    ]);
    const events = parts.db.all(
      EventRow,
      `SELECT ${EVENT_COLUMNS} FROM events WHERE ${sql} ORDER BY at DESC, number DESC LIMIT ? OFFSET ?`,
      ...values,
      page.limit + 1,
      page.offset,
    );
    const show = c.req.query('full') === '1' || c.req.query('full') === 'true' ? showEvent : showEventSummary;
    return pageAnswer(
      c,
      page,
      events.map((event) => show(parts, event)),
    );
  });
  app.get('/projects/:org/:project/events/:event/', (c) => {
    const sql = `SELECT ${EVENT_COLUMNS} FROM events WHERE project_id = ? AND id = ?`;
    const event = parts.db.one(EventRow, sql, projectOf(parts, c).id, plainId(c.req.param('event')));
    if (event === undefined) throw notFound();
    return c.json(showEvent(parts, event));
  });
  app.get('/organizations/:org/eventids/:event/', (c) => {
    const event = parts.db.one(
      EventRow,
      `SELECT ${EVENT_COLUMNS} FROM events WHERE id = ?`,
      plainId(c.req.param('event')),
    );
    if (event === undefined) throw notFound();
    return c.json({
      organizationSlug: parts.org,
      projectSlug: findProject(parts.db, String(event.project_id))?.slug,
      groupId: String(event.issue_id),
      eventId: event.id,
      event: showEvent(parts, event),
    });
  });
  return app;
}

function plainId(id: string): string {
  return id.replaceAll('-', '').toLowerCase();
}
