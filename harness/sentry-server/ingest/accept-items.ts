/** What becomes of an envelope's items: errors to issues, check-ins to monitors, the rest kept or counted. */
import { randomUUID } from 'node:crypto';
import { symbolicateEvent } from '../artifacts/symbolicate-event.ts';
import { normaliseEvent } from '../event/normalise-event.ts';
import { EventPayload } from '../event/payload.ts';
import { limits } from '../limits.ts';
import { CheckIn, storeCheckIn } from '../storage/check-ins.ts';
import type { Database } from '../storage/database.ts';
import { countItem, keepRawItem, type Outcome } from '../storage/raw-items.ts';
import type { ProjectRow } from '../storage/rows.ts';
import { type StoredEvent, storeEvent } from '../storage/store-event.ts';
import type { Envelope, EnvelopeItem } from './parse-envelope.ts';
import { parseJson } from './parse-json.ts';

/** Known to Relay, without an issue to come of them here. */
const KEPT = new Set([
  'transaction',
  'span',
  'session',
  'sessions',
  'client_report',
  'log',
  'trace_metric',
  'statsd',
  'metric_buckets',
  'replay_event',
  'replay_recording',
  'replay_video',
  'profile',
  'profile_chunk',
  'attachment',
  'user_report',
  'feedback',
  'otel_log',
]);

export interface AcceptedEvent extends StoredEvent {
  readonly eventId: string;
}

export interface Accepted {
  readonly events: readonly AcceptedEvent[];
  readonly tooLarge: boolean;
  readonly invalid: boolean;
}

/** Stores all items in one transaction; what it returns is on disk. */
export function acceptItems(db: Database, project: ProjectRow, envelope: Envelope, now: number): Accepted {
  const events: AcceptedEvent[] = [];
  const seen = new Set<Outcome>();
  db.transaction(() => {
    for (const item of envelope.items) {
      const { outcome, event } = acceptItem(db, project, { item, envelope }, now);
      countItem(db, project.id, outcome === 'unknown' ? 'unknown' : item.header.type, outcome);
      seen.add(outcome);
      if (event) events.push(event);
    }
  });
  return { events, tooLarge: seen.has('too-large'), invalid: seen.has('invalid') };
}

interface Taken {
  readonly outcome: Outcome;
  readonly event?: AcceptedEvent;
}

function acceptItem(
  db: Database,
  project: ProjectRow,
  { item, envelope }: { item: EnvelopeItem; envelope: Envelope },
  now: number,
): Taken {
  const { type } = item.header;
  if (type === 'event') return acceptEvent(db, project, { item, envelope }, now);
  if (type === 'check_in') return acceptCheckIn(db, project, item, now);
  if (item.payload.byteLength > limits.rawItemBytes) return { outcome: KEPT.has(type) ? 'too-large' : 'unknown' };
  const { event_id, trace } = envelope.header;
  const raw = {
    type,
    eventId: normalId(event_id),
    traceId: normalId(trace?.trace_id),
    header: item.header,
    payload: item.payload,
  };
  if (!KEPT.has(type)) return { outcome: 'unknown' };
  keepRawItem(db, project.id, raw, now);
  return { outcome: 'kept' };
}

function acceptEvent(
  db: Database,
  project: ProjectRow,
  { item, envelope }: { item: EnvelopeItem; envelope: Envelope },
  now: number,
): Taken {
  if (item.payload.byteLength > limits.eventBytes) return { outcome: 'too-large' };
  const parsed = EventPayload.safeParse(parseJson(item.payload, limits.jsonDepth));
  if (!parsed.success) return { outcome: 'invalid' };
  const payload = normaliseEvent(symbolicateEvent(db, project.id, parsed.data));
  const id = normalId(envelope.header.event_id) ?? normalId(payload.event_id) ?? randomUUID().replaceAll('-', '');
  const arrival = {
    id,
    payload: { ...payload, event_id: id },
    at: timeOf(payload.timestamp, now),
    receivedAt: now,
    size: item.payload.byteLength,
  };
  const stored = storeEvent(db, project, arrival);
  return stored === undefined ? { outcome: 'duplicate' } : { outcome: 'accepted', event: { ...stored, eventId: id } };
}

function acceptCheckIn(db: Database, project: ProjectRow, item: EnvelopeItem, now: number): Taken {
  const parsed = CheckIn.safeParse(parseJson(item.payload, limits.jsonDepth));
  if (!parsed.success) return { outcome: 'invalid' };
  const id = normalId(parsed.data.check_in_id) ?? randomUUID().replaceAll('-', '');
  storeCheckIn(db, project.id, { ...parsed.data, id }, now);
  return { outcome: 'accepted' };
}

/** 32 hex digits; dashes are tolerated. */
function normalId(id: string | undefined): string | undefined {
  const plain = id?.replaceAll('-', '').toLowerCase();
  return plain !== undefined && /^[0-9a-f]{32}$/.test(plain) ? plain : undefined;
}

const MINUTE = 60_000;
const OLDEST = 30 * 24 * 60 * MINUTE;

/** A time in the future or older than 30 days is a broken clock: the time of arrival stands in, as at Relay. */
function timeOf(timestamp: string | number | undefined, now: number): number {
  const at = typeof timestamp === 'string' ? Date.parse(zoned(timestamp)) : (timestamp ?? Number.NaN) * 1000;
  return Number.isNaN(at) || at > now + MINUTE || at < now - OLDEST ? now : Math.round(at);
}

/** Old SDKs leave the zone out and mean UTC. */
function zoned(timestamp: string): string {
  return /(?:z|[+-]\d\d:?\d\d)$/i.test(timestamp) ? timestamp : `${timestamp}Z`;
}
