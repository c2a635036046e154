/** What users wrote: the older user reports and the newer feedback events. */
import { z } from 'zod';
import { parseJson } from '../ingest/parse-json.ts';
import { limits } from '../limits.ts';
import type { Database } from '../storage/database.ts';
import { type ItemRow, readItems } from '../storage/read-items.ts';
import { type Feedback, listUserReports } from '../storage/user-reports.ts';
import { TraceId } from './telemetry-row.ts';

const text = z.string().max(65_536).nullish().catch(undefined);
const Report = z.object({ event_id: TraceId, name: text, email: text, comments: z.string().max(65_536) });
const FeedbackEvent = z.object({
  contexts: z.object({
    feedback: z.object({
      message: z.string().max(65_536),
      name: text,
      contact_email: text,
      associated_event_id: TraceId.nullish().catch(undefined),
    }),
  }),
});

/** Newest first: those that SDKs sent and those that were posted to the Web API. */
export function readFeedback(db: Database, projects: readonly number[]): Feedback[] {
  const sent = readItems(db, { types: ['user_report', 'feedback'], projects }).flatMap(ofItem);
  const posted = listUserReports(db, projects);
  return [...sent, ...posted].sort((a, b) => b.at - a.at);
}

function ofItem(item: ItemRow): Feedback[] {
  const value = parseJson(item.payload, limits.jsonDepth);
  const shared = { id: String(item.number), projectId: item.project_id, at: item.received_at };
  const report = Report.safeParse(value);
  if (report.success) {
    const { event_id: eventId, name, email, comments } = report.data;
    return [{ ...shared, eventId, name: name ?? '', email: email ?? '', comments }];
  }
  const event = FeedbackEvent.safeParse(value);
  if (!event.success) return [];
  const { message, name, contact_email: email, associated_event_id: eventId } = event.data.contexts.feedback;
  return [{ ...shared, eventId: eventId ?? undefined, name: name ?? '', email: email ?? '', comments: message }];
}

const EventIssue = z.object({ id: z.string() });

/** Newest first. */
export function feedbackOfIssue(db: Database, issue: { readonly id: number; readonly project_id: number }): Feedback[] {
  return readFeedback(db, [issue.project_id]).filter(
    ({ eventId }) =>
      eventId !== undefined &&
      db.one(
        EventIssue,
        'SELECT id FROM events WHERE id = ? AND project_id = ? AND issue_id = ?',
        eventId,
        issue.project_id,
        issue.id,
      ) !== undefined,
  );
}
