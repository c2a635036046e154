/** Makes an issue of what a user wrote. */
import { randomUUID } from 'node:crypto';
import {
  type FeedbackWords,
  feedbackArrival,
  idOfReport,
  readFeedbackWords,
  surroundingsOf,
} from '../event/feedback.ts';
import { EventPayload } from '../event/payload.ts';
import { normalId } from '../ingest/normal-id.ts';
import type { Database } from './database.ts';
import { findEvent, payloadOfEvent } from './find-event.ts';
import type { SeenTags } from './issue-tags.ts';
import type { ProjectRow } from './rows.ts';
import { storeEvent } from './store-event.ts';

interface Store {
  readonly db: Database;
  readonly seenTags: SeenTags;
}

export interface FeedbackItem {
  /** The item's JSON, scrubbed. */
  readonly value: unknown;
  /** Of the envelope; the event's own where it is undefined. */
  readonly id: string | undefined;
  readonly size: number;
  readonly now: number;
}

/** Within a transaction; what says nothing makes no issue. */
export function storeFeedback(store: Store, project: ProjectRow, { value, id, size, now }: FeedbackItem): void {
  const words = readFeedbackWords(value);
  if (words === undefined || words.message.trim() === '') return;
  if (words.source !== 'new_feedback_envelope') {
    storeReport(store, project, words, { size, now });
    return;
  }
  const event = EventPayload.parse(value);
  const own = id ?? normalId(event.event_id) ?? randomUUID().replaceAll('-', '');
  const given = { id: own, event, at: now, receivedAt: now, size };
  storeEvent(store.db, project.id, feedbackArrival(words, given), store.seenTags);
}

/** An older user report: the event that it is about, where it is known, tells about the rest. */
export function storeReport(
  { db, seenTags }: Store,
  project: ProjectRow,
  words: FeedbackWords,
  { size, now }: { readonly size: number; readonly now: number },
): void {
  const about = words.eventId === undefined ? undefined : findEvent(db, project.id, words.eventId);
  const event = about === undefined ? {} : surroundingsOf(payloadOfEvent(db, about.number));
  const user = event.user ?? EventPayload.parse({ user: { email: words.email, name: words.name } }).user;
  const given = { id: idOfReport(words), event: { ...event, user }, at: now, receivedAt: now, size };
  storeEvent(db, project.id, feedbackArrival(words, given), seenTags);
}
