/** Files that came with an event: screenshots, dumps, logs. */
import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { Hono } from 'hono';
import { z } from 'zod';
import type { ServerParts } from '../server-parts.ts';
import { findEvent, plainId } from '../storage/find-event.ts';
import { type ItemRow, readItems } from '../storage/read-items.ts';
import { notFound } from './api-error.ts';
import { projectOf } from './organization-routes.ts';
import { listAnswer } from './pagination.ts';
import { showTime } from './show-project.ts';

const Header = z.object({
  filename: z.string().max(512).catch('attachment'),
  content_type: z.string().max(128).catch('application/octet-stream'),
  attachment_type: z.string().max(128).catch('event.attachment'),
});

export function attachmentRoutes(parts: ServerParts): Hono {
  const app = new Hono();
  app.get('/projects/:org/:project/events/:event/attachments/', (c) => {
    const isScreenshotWanted = c.req.query('query')?.includes('is:screenshot') ?? false;
    const found = attachmentsOf(parts, c).filter(
      (item) => !isScreenshotWanted || /screenshot/i.test(Header.parse(item.header).filename),
    );
    return listAnswer(c, found, showAttachment);
  });
  app.get('/projects/:org/:project/events/:event/attachments/:attachment/', (c) => {
    const item = attachmentsOf(parts, c).find(({ number }) => String(number) === c.req.param('attachment'));
    if (item === undefined) throw notFound();
    if (c.req.query('download') === undefined) return c.json(showAttachment(item));
    // A stranger's file: never shown by the browser as a page of ours.
    return new Response(Uint8Array.from(item.payload), {
      headers: {
        'content-type': 'application/octet-stream',
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(Header.parse(item.header).filename.toWellFormed())}`,
        'x-content-type-options': 'nosniff',
      },
    });
  });
  return app;
}

/** Oldest first; 404 where there is neither such an event nor a file of it. */
function attachmentsOf(parts: ServerParts, c: Context): ItemRow[] {
  const project = projectOf(parts, c);
  const id = plainId(c.req.param('event') ?? '');
  const items = readItems(parts.db, { types: ['attachment'], projects: [project.id], eventId: id }).reverse();
  if (items.length === 0 && findEvent(parts.db, project.id, id) === undefined) throw notFound();
  return items;
}

function showAttachment(item: ItemRow): Record<string, unknown> {
  const { filename, content_type: mimetype, attachment_type: type } = Header.parse(item.header);
  return {
    id: String(item.number),
    event_id: item.event_id ?? '',
    type,
    name: filename,
    mimetype,
    dateCreated: showTime(item.received_at),
    size: item.payload.byteLength,
    headers: { 'Content-Type': mimetype },
    sha1: createHash('sha1').update(item.payload).digest('hex'),
  };
}
