/** Items that became no issue, as they are kept, and how many of each kind came; of our own: Sentry shows each kind in a place of its own. */
import { Hono } from 'hono';
import type { ServerParts } from '../server-parts.ts';
import { sumItemCounts } from '../storage/item-counts.ts';
import { findProject } from '../storage/projects.ts';
import { listRawItems, type RawItemRow } from '../storage/raw-items.ts';
import { notFound } from './api-error.ts';
import { pageAnswer, readPage } from './pagination.ts';
import { showTime } from './show-project.ts';

export function itemRoutes(parts: ServerParts): Hono {
  const app = new Hono();
  app.get('/projects/:org/:project/items/', (c) => {
    const project = findProject(parts.db, c.req.param('project'));
    if (project === undefined) throw notFound();
    const page = readPage(c);
    const { limit, offset } = page;
    const rows = listRawItems(parts.db, project.id, { type: c.req.query('type'), limit: limit + 1, offset });
    return pageAnswer(c, page, rows.map(showItem));
  });
  app.get('/projects/:org/:project/item-counts/', (c) => {
    const project = findProject(parts.db, c.req.param('project'));
    if (project === undefined) throw notFound();
    return c.json(sumItemCounts(parts.db, project.id));
  });
  return app;
}

/** The payload is text where it is UTF-8, else base64. */
function showItem({ number, type, event_id, trace_id, received_at, header, payload }: RawItemRow) {
  const text = textOf(payload);
  return {
    id: String(number),
    type,
    eventID: event_id,
    traceID: trace_id,
    dateReceived: showTime(received_at),
    header,
    size: payload.byteLength,
    encoding: text === undefined ? 'base64' : 'utf-8',
    payload: text ?? Buffer.from(payload).toString('base64'),
  };
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
