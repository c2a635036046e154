/** What users wrote: the older user reports and the newer feedback events. */
import { z } from 'zod';
import { readFeedbackWords } from '../event/feedback.ts';
import { parseJson } from '../ingest/parse-json.ts';
import { limits } from '../limits.ts';
import type { Database } from '../storage/database.ts';
import { type ItemRow, readItems } from '../storage/read-items.ts';
import { type Feedback, listUserReports } from '../storage/user-reports.ts';

/** Newest first: those that SDKs sent and those that were posted to the Web API. */
export function readFeedback(db: Database, projects: readonly number[]): Feedback[] {
  const sent = readItems(db, { types: ['user_report', 'feedback'], projects }).flatMap(ofItem);
  const posted = listUserReports(db, projects);
  return [...sent, ...posted].sort((a, b) => b.at - a.at);
}

function ofItem(item: ItemRow): Feedback[] {
  const words = readFeedbackWords(parseJson(item.payload, limits.jsonDepth));
  if (words === undefined) return [];
  const { eventId, name, email, message } = words;
  const id = String(item.number);
  return [{ id, projectId: item.project_id, at: item.received_at, eventId, name, email, comments: message }];
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
