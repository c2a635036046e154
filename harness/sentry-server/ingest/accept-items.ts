/** What becomes of an envelope's items: errors to issues, check-ins to monitors, the rest kept or counted. */
import { randomUUID } from 'node:crypto';
import type { Arrival } from '../event/arrival.ts';
import { limits } from '../limits.ts';
import { CheckIn, storeCheckIn } from '../storage/check-ins.ts';
import type { Database } from '../storage/database.ts';
import type { SeenTags } from '../storage/issue-tags.ts';
import { type ItemCounts, keepRawItem, type Outcome } from '../storage/raw-items.ts';
import type { ProjectRow } from '../storage/rows.ts';
import { type StoredEvent, storeEvent } from '../storage/store-event.ts';
import { normalId } from './normal-id.ts';
import type { Envelope, EnvelopeItem } from './parse-envelope.ts';
import { parseJson } from './parse-json.ts';
import { prepareEvent, type Way } from './prepare-event.ts';

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
  readonly title: string;
}

export interface Accepted {
  readonly events: readonly AcceptedEvent[];
  readonly tooLarge: boolean;
  readonly invalid: boolean;
}

export interface Store {
  readonly db: Database;
  readonly seenTags: SeenTags;
  readonly itemCounts: ItemCounts;
}

interface Taken {
  readonly outcome: Outcome;
  readonly event?: AcceptedEvent;
}

/** An item that was read and judged; what is left needs the file. */
interface ReadyItem {
  /** Under which it is counted. */
  readonly type: string;
  readonly store: (store: Store, project: ProjectRow) => Taken;
}

/** Works out all that can be worked out without the file, so that the transaction that `storeItems` needs is short. */
export function readyItems(envelope: Envelope, way: Way): ReadyItem[] {
  return envelope.items.map((item) => readyItem(item, envelope, way));
}

/** Stores all items; within a transaction. */
export function storeItems(store: Store, project: ProjectRow, items: readonly ReadyItem[]): Accepted {
  const events: AcceptedEvent[] = [];
  const seen = new Set<Outcome>();
  for (const item of items) {
    const { outcome, event } = item.store(store, project);
    store.itemCounts.add(project.id, outcome === 'unknown' ? 'unknown' : item.type, outcome);
    seen.add(outcome);
    if (event) events.push(event);
  }
  return { events, tooLarge: seen.has('too-large'), invalid: seen.has('invalid') };
}

function readyItem(item: EnvelopeItem, envelope: Envelope, way: Way): ReadyItem {
  const { now } = way;
  const { type } = item.header;
  const refused = (outcome: Outcome): ReadyItem => ({ type, store: () => ({ outcome }) });
  const { event_id, trace } = envelope.header;
  if (type === 'event') {
    const prepared = prepareEvent(item.payload, normalId(event_id), way);
    if (prepared.outcome !== 'prepared') return refused(prepared.outcome);
    return { type, store: (store, project) => acceptEvent(store, project, prepared.arrival) };
  }
  if (type === 'check_in') {
    const parsed = CheckIn.safeParse(parseJson(item.payload, limits.jsonDepth));
    if (!parsed.success) return refused('invalid');
    const id = normalId(parsed.data.check_in_id) ?? randomUUID().replaceAll('-', '');
    return { type, store: ({ db }, project) => acceptCheckIn(db, project, { ...parsed.data, id }, now) };
  }
  if (!KEPT.has(type)) return refused('unknown');
  if (item.payload.byteLength > limits.rawItemBytes) return refused('too-large');
  const raw = {
    type,
    eventId: normalId(event_id),
    traceId: normalId(trace?.trace_id),
    header: item.header,
    payload: item.payload,
  };
  return {
    type,
    store: ({ db }, project) => {
      keepRawItem(db, project.id, raw, now);
      return { outcome: 'kept' };
    },
  };
}

function acceptEvent({ db, seenTags }: Store, project: ProjectRow, arrival: Arrival): Taken {
  const stored = storeEvent(db, project, arrival, seenTags);
  if (stored === undefined) return { outcome: 'duplicate' };
  return { outcome: 'accepted', event: { ...stored, eventId: arrival.id, title: arrival.description.title } };
}

function acceptCheckIn(db: Database, project: ProjectRow, checkIn: CheckIn & { id: string }, now: number): Taken {
  storeCheckIn(db, project.id, checkIn, now);
  return { outcome: 'accepted' };
}
