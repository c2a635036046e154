/** What users wrote about errors. */
import { Hono } from 'hono';
import { z } from 'zod';
import type { ServerParts } from '../server-parts.ts';
import { findEvent, plainId } from '../storage/find-event.ts';
import { findIssue } from '../storage/issues.ts';
import { storeReport } from '../storage/store-feedback.ts';
import type { Feedback } from '../storage/user-reports.ts';
import { addUserReport } from '../storage/user-reports.ts';
import { feedbackOfIssue, readFeedback } from '../telemetry/feedback.ts';
import { issueOf } from './issue-routes.ts';
import { projectOf } from './organization-routes.ts';
import { listAnswer } from './pagination.ts';
import { readJson } from './read-json.ts';
import { showTime } from './show-project.ts';

const Report = z.object({
  event_id: z.string().regex(/^[0-9a-f-]{32,36}$/i, 'Invalid event ID.'),
  name: z.string().trim().min(1).max(128),
  email: z.email().max(75),
  comments: z.string().trim().min(1).max(65_536),
});

export function feedbackRoutes(parts: ServerParts): Hono {
  const app = new Hono();
  app.get('/organizations/:org/issues/:issue/user-reports/', (c) =>
    listAnswer(c, feedbackOfIssue(parts.db, issueOf(parts, c)), (one) => showFeedback(parts, one)),
  );
  for (const name of ['user-feedback', 'user-reports']) {
    app.get(`/projects/:org/:project/${name}/`, (c) =>
      listAnswer(c, readFeedback(parts.db, [projectOf(parts, c).id]), (one) => showFeedback(parts, one)),
    );
    app.post(`/projects/:org/:project/${name}/`, async (c) => {
      const project = projectOf(parts, c);
      const { event_id: eventId, ...words } = await readJson(c, Report);
      parts.intake.scrubber?.item('user_report', words);
      const { name, email, comments } = words;
      const report = { ...words, projectId: project.id, eventId: plainId(eventId), at: parts.now().getTime() };
      const kept = parts.db.transaction(() => {
        const source = 'user_report_sentry_django_endpoint';
        const words = { name, email, message: comments, eventId: report.eventId, source } as const;
        storeReport(parts, project, words, { size: 0, now: report.at });
        return addUserReport(parts.db, report);
      });
      return c.json(showFeedback(parts, kept));
    });
  }
  return app;
}

function showFeedback(
  parts: ServerParts,
  { id, projectId, eventId, name, email, comments, at }: Feedback,
): Record<string, unknown> {
  const event = eventId === undefined ? undefined : findEvent(parts.db, projectId, eventId);
  const issue = event === undefined ? undefined : findIssue(parts.db, String(event.issue_id));
  return {
    id,
    eventID: eventId ?? '',
    event: { id: eventId ?? null, eventID: eventId ?? '' },
    name,
    email,
    comments,
    dateCreated: showTime(at),
    user: null,
    issue: issue === undefined ? null : { id: String(issue.id), title: issue.title },
  };
}
