/** Notes on an issue and the rest of its activity. */
import { Hono } from 'hono';
import { z } from 'zod';
import type { ServerParts } from '../server-parts.ts';
import { addActivity, listActivities } from '../storage/activities.ts';
import { badRequest } from './api-error.ts';
import { issueOf } from './issue-routes.ts';
import { pageAnswer, readPage } from './pagination.ts';
import { readJson } from './read-json.ts';
import { showActivity } from './show-issue.ts';

const Note = z.object({ text: z.string().trim().min(1, 'This field may not be blank.').max(65_536) });
const HOUR = 3_600_000;

export function noteRoutes(parts: ServerParts): Hono {
  const app = new Hono();
  for (const name of ['notes', 'comments']) {
    app.get(`/organizations/:org/issues/:issue/${name}/`, (c) => {
      const page = readPage(c);
      const notes = listActivities(parts.db, issueOf(parts, c).id, 'note').slice(
        page.offset,
        page.offset + page.limit + 1,
      );
      return pageAnswer(c, page, notes.map(showActivity));
    });
    app.post(`/organizations/:org/issues/:issue/${name}/`, async (c) => {
      const issue = issueOf(parts, c);
      const { text } = await readJson(c, Note);
      const now = parts.now().getTime();
      const isRepeated = listActivities(parts.db, issue.id, 'note').some(
        (note) => note.data.text === text && now - note.at < HOUR,
      );
      if (isRepeated) throw badRequest('You have already posted that comment.');
      return c.json(showActivity(addActivity(parts.db, issue.id, 'note', { text }, now)), 201);
    });
  }
  app.get('/organizations/:org/issues/:issue/activities/', (c) => {
    return c.json({ activity: listActivities(parts.db, issueOf(parts, c).id).map(showActivity) });
  });
  // No tracker of issues is linked to this server.
  app.get('/organizations/:org/issues/:issue/external-issues/', (c) => {
    issueOf(parts, c);
    return c.json([]);
  });
  return app;
}
