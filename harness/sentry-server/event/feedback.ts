/** What a user wrote: read from the items of SDKs, and made an event of an issue of its own, as Sentry does it. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Arrival, describeArrival } from './arrival.ts';
import type { Description } from './describe-event.ts';
import { eventTags } from './event-tags.ts';
import { EventPayload } from './payload.ts';

export interface FeedbackWords {
  readonly message: string;
  /** Empty where the user gave none. */
  readonly name: string;
  readonly email: string;
  /** The event that it is about. */
  readonly eventId: string | undefined;
  /** How it came, in Sentry's words. */
  readonly source: 'new_feedback_envelope' | 'user_report_envelope' | 'user_report_sentry_django_endpoint';
}

const Id = z.string().transform((id, context) => {
  const plain = id.replaceAll('-', '').toLowerCase();
  if (!/^[0-9a-f]{32}$/.test(plain)) context.addIssue('not an id');
  return plain;
});
const text = z.string().max(65_536).nullish().catch(undefined);
const Report = z.object({ event_id: Id, name: text, email: text, comments: z.string().max(65_536) });
const Feedback = z.object({
  contexts: z.object({
    feedback: z.object({
      message: z.string().max(65_536),
      name: text,
      contact_email: text,
      associated_event_id: Id.nullish().catch(undefined),
    }),
  }),
});

/** Of the JSON of a `user_report` or `feedback` item; undefined where it says nothing. */
export function readFeedbackWords(value: unknown): FeedbackWords | undefined {
  const report = Report.safeParse(value);
  if (report.success) {
    const { event_id: eventId, name, email, comments } = report.data;
    return { eventId, name: name ?? '', email: email ?? '', message: comments, source: 'user_report_envelope' };
  }
  const event = Feedback.safeParse(value);
  if (!event.success) return undefined;
  const { message, name, contact_email: email, associated_event_id: eventId } = event.data.contexts.feedback;
  return {
    eventId: eventId ?? undefined,
    name: name ?? '',
    email: email ?? '',
    message,
    source: 'new_feedback_envelope',
  };
}

/** A report that is sent twice is the same event. */
export function idOfReport({ eventId = '', message, email }: FeedbackWords): string {
  return md5(['user report', eventId, email, message].join('\n'));
}

interface Given extends Pick<Arrival, 'id' | 'receivedAt' | 'size'> {
  readonly at: number;
  /** Of the feedback itself, or of the event that a report is about. */
  readonly event: EventPayload;
}

/** Each is an issue of its own: its hash is its id's. */
export function feedbackArrival(words: FeedbackWords, { event, ...given }: Given): Arrival {
  const context = {
    message: words.message,
    name: words.name,
    contact_email: words.email,
    source: words.source,
    ...(words.eventId === undefined ? {} : { associated_event_id: words.eventId }),
  };
  const plain: EventPayload = {
    ...event,
    level: event.level ?? 'info',
    contexts: { ...event.contexts, feedback: context },
  };
  const arrival = describeArrival({ ...given, event: plain });
  const description = describe(words, arrival.description);
  const tags = [...eventTags(plain, description)];
  return { ...arrival, description, tags, hashes: [md5(`feedback:${given.id}`)] };
}

const TITLE_WORDS = 10;
const TITLE_CHARS = 200;
const MESSAGE_CHARS = 4096;

function describe({ message, name, email, eventId, source }: FeedbackWords, common: Description): Description {
  const words = message.split(/\s+/u).filter((word) => word !== '');
  const start = words.slice(0, TITLE_WORDS).join(' ');
  const isWhole = words.length <= TITLE_WORDS && start.length <= TITLE_CHARS;
  const title = `User Feedback: ${start.slice(0, TITLE_CHARS)}${isWhole ? '' : '...'}`;
  const shown = message.slice(0, MESSAGE_CHARS);
  return {
    ...common,
    type: 'generic',
    title,
    culprit: 'user',
    metadata: {
      title,
      value: shown,
      message: shown,
      name: name.slice(0, 128),
      contact_email: email.slice(0, 128),
      source,
      ...(eventId === undefined ? {} : { associated_event_id: eventId }),
    },
    location: undefined,
    message: shown,
    errorType: undefined,
    errorValue: undefined,
    isUnhandled: false,
  };
}

/** What a feedback takes over from the event that it is about: where and to whom it happened, and not what went wrong. */
export function surroundingsOf(event: EventPayload): EventPayload {
  const { platform, environment, release, dist, user, tags, request, sdk, contexts } = event;
  const { feedback: _, ...rest } = contexts ?? {};
  return EventPayload.parse({ platform, environment, release, dist, user, tags, request, sdk, contexts: rest });
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
