/** What an event of a feedback issue shows beside what every event shows. */
import { z } from 'zod';
import type { EventPayload } from '../event/payload.ts';
import type { EventRow } from '../storage/rows.ts';

const Feedback = z.record(z.string(), z.string()).catch({});

/** `message`, `name`, `contact_email`, `source`, `associated_event_id`. */
export function feedbackOf({ contexts }: EventPayload): Record<string, string> {
  return Feedback.parse(contexts?.feedback);
}

/** Sentry's number for issues of type feedback. */
const FEEDBACK_TYPE = 6001;

export function showOccurrence(event: EventRow, evidence: Record<string, string>): Record<string, unknown> {
  const display = Object.entries(evidence).filter(([, value]) => value !== '');
  return {
    id: event.id,
    projectId: event.project_id,
    eventId: event.id,
    fingerprint: event.hashes,
    issueTitle: event.title,
    subtitle: event.message,
    resourceId: null,
    evidenceData: evidence,
    evidenceDisplay: display.map(([name, value]) => ({ name, value, important: name === 'message' })),
    type: FEEDBACK_TYPE,
    detectionTime: event.at / 1000,
    level: event.level,
    culprit: event.culprit,
    priority: null,
    assignee: null,
  };
}
