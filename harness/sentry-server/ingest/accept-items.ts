/** What becomes of an envelope's items: errors to issues, check-ins to monitors, the rest kept, filtered, refused or counted. */
import { randomUUID } from 'node:crypto';
import type { Arrival } from '../event/arrival.ts';
import { limits, maxItemBytes } from '../limits.ts';
import { CheckIn, storeCheckIn } from '../storage/check-ins.ts';
import { countSessions } from '../storage/count-sessions.ts';
import type { Database } from '../storage/database.ts';
import type { SeenTags } from '../storage/issue-tags.ts';
import type { ItemCount, ItemCounts, Outcome } from '../storage/item-counts.ts';
import { keepRawItem } from '../storage/raw-items.ts';
import type { ProjectRow } from '../storage/rows.ts';
import { type StoredEvent, storeEvent } from '../storage/store-event.ts';
import { storeFeedback } from '../storage/store-feedback.ts';
import { readSessions } from '../telemetry/sessions.ts';
import { countsOfReport } from './client-report.ts';
import { categoryOf } from './item-category.ts';
import { normalId } from './normal-id.ts';
import type { Envelope, EnvelopeItem } from './parse-envelope.ts';
import { parseJson } from './parse-json.ts';
import { prepareEvent } from './prepare-event.ts';
import { prepareItem } from './prepare-item.ts';
import type { Exhausted } from './quotas.ts';
import type { Way } from './way.ts';

export interface AcceptedEvent extends StoredEvent {
  readonly eventId: string;
  readonly title: string;
}

export interface Accepted {
  readonly events: readonly AcceptedEvent[];
  /** Type of the first item that was too large, undefined where none was. */
  readonly tooLarge: string | undefined;
  readonly invalid: boolean;
  /** Limits that items of this envelope met. */
  readonly exhausted: readonly Exhausted[];
  /** Whether limits took all that there was. */
  readonly isLimited: boolean;
}

export interface Store {
  readonly db: Database;
  readonly seenTags: SeenTags;
  readonly itemCounts: ItemCounts;
}

interface Taken {
  readonly outcome: Outcome;
  readonly reason?: string;
  /** 1 where it is left out. */
  readonly quantity?: number;
  readonly event?: AcceptedEvent;
  readonly exhausted?: Exhausted;
  /** Of a client's report: what it tells. */
  readonly counts?: readonly ItemCount[];
}

/** What is left of an item's way: it needs the file. An event's is known by its arrival, too. */
interface Storing {
  (store: Store, project: ProjectRow): Taken;
  readonly arrival?: Arrival;
}

/** An item that was read and judged. */
export interface ReadyItem {
  readonly type: string;
  readonly bytes: number;
  readonly receivedAt: number;
  readonly store: Storing;
}

/** Works out all that can be worked out without the file, so that the transaction that `storeItems` needs is short. */
export function readyItems(envelope: Envelope, way: Way): ReadyItem[] {
  return envelope.items.map((item) => ({
    type: item.header.type,
    bytes: item.payload.byteLength,
    receivedAt: way.now,
    store: readyItem(item, envelope, way),
  }));
}

/** Stores all items; within a transaction. */
export function storeItems(store: Store, project: ProjectRow, items: readonly ReadyItem[]): Accepted {
  const taken = items.map((item) => {
    const one = item.store(store, project);
    for (const count of [countOf(item, one), ...(one.counts ?? [])])
      store.itemCounts.add(project.id, count, item.receivedAt);
    return { ...one, type: item.type };
  });
  const exhausted = taken.flatMap((one) => one.exhausted ?? []);
  return {
    events: taken.flatMap((one) => one.event ?? []),
    tooLarge: taken.find(({ outcome }) => outcome === 'too-large')?.type,
    // Relay answers before it looks into recordings.
    invalid: taken.some(({ outcome, reason }) => outcome === 'invalid' && reason !== 'invalid_replay_recording'),
    exhausted,
    isLimited: exhausted.length > 0 && taken.every(({ outcome }) => outcome === 'rate_limited'),
  };
}

/** Types that nobody knows count together: a stranger's own words would make rows without end. */
function countOf({ type, bytes }: ReadyItem, { outcome, reason = '', quantity = 1 }: Taken): ItemCount {
  const category = categoryOf(type);
  return {
    type: category === undefined ? 'unknown' : type,
    category: category ?? 'default',
    outcome,
    reason,
    quantity,
    bytes,
  };
}

function readyItem(item: EnvelopeItem, envelope: Envelope, way: Way): Storing {
  const { type } = item.header;
  const category = categoryOf(type);
  if (category === undefined) return () => ({ outcome: 'unknown', reason: 'unknown_type' });
  if (item.payload.byteLength > maxItemBytes(type))
    return () => ({ outcome: 'too-large', reason: `too_large:${type}` });
  const used = way.quota.peek(category);
  if (used !== undefined) return limited(used);
  if (type === 'event') return readyEvent(item, envelope, way);
  if (type === 'check_in') return readyCheckIn(item, way);
  return readyRaw(item, envelope, way);
}

function limited(exhausted: Exhausted, quantity = 1): Storing {
  return () => ({ outcome: 'rate_limited', reason: exhausted.reason, quantity, exhausted });
}

function readyEvent(item: EnvelopeItem, envelope: Envelope, way: Way): Storing {
  const prepared = prepareEvent(item.payload, normalId(envelope.header.event_id), way);
  if (prepared.outcome === 'rate_limited') return limited(prepared.exhausted);
  if (prepared.outcome !== 'prepared') return () => prepared;
  const { arrival } = prepared;
  return Object.assign((store: Store, project: ProjectRow) => acceptEvent(store, project, arrival), { arrival });
}

function acceptEvent({ db, seenTags }: Store, project: ProjectRow, arrival: Arrival): Taken {
  const stored = storeEvent(db, project.id, arrival, seenTags);
  if (stored === 'duplicate') return { outcome: 'duplicate', reason: 'duplicate' };
  if (stored === 'discarded') return { outcome: 'filtered', reason: 'discarded-hash' };
  return { outcome: 'accepted', event: { ...stored, eventId: arrival.id, title: arrival.description.title } };
}

function readyCheckIn({ payload }: EnvelopeItem, { now, quota }: Way): Storing {
  const parsed = CheckIn.safeParse(parseJson(payload, limits.jsonDepth));
  if (!parsed.success) return () => ({ outcome: 'invalid', reason: 'invalid_json' });
  const over = quota.take('monitor', 1);
  if (over !== undefined) return limited(over);
  const id = normalId(parsed.data.check_in_id) ?? randomUUID().replaceAll('-', '');
  return ({ db }, project) => {
    storeCheckIn(db, project.id, { ...parsed.data, id }, now);
    return { outcome: 'accepted' };
  };
}

function readyRaw(item: EnvelopeItem, envelope: Envelope, way: Way): Storing {
  const { type } = item.header;
  const prepared = prepareItem(type, item.payload, way);
  if (prepared.kind === 'invalid') return () => ({ outcome: 'invalid', reason: prepared.reason });
  const { quantity } = prepared;
  if (prepared.kind === 'filtered') return () => ({ outcome: 'filtered', reason: prepared.reason, quantity });
  const over = way.quota.take(categoryOf(type) ?? 'default', quantity);
  if (over !== undefined) return limited(over, quantity);
  const { event_id, trace } = envelope.header;
  const { payload } = prepared;
  const header = 'length' in item.header ? { ...item.header, length: payload.byteLength } : item.header;
  const raw = { type, eventId: normalId(event_id), traceId: normalId(trace?.trace_id), header, payload };
  const counts = type === 'client_report' ? countsOfReport(prepared.value) : [];
  const sessions = readSessions(type, prepared.value, way.now);
  const feedback = { value: prepared.value, id: raw.eventId, size: payload.byteLength, now: way.now };
  return (store, project) => {
    keepRawItem(store.db, project.id, raw, way.now);
    countSessions(store.db, project.id, sessions, way.now);
    if (FEEDBACK.has(type)) storeFeedback(store, project, feedback);
    return { outcome: 'kept', quantity, counts };
  };
}

/** They become issues, though not errors. */
const FEEDBACK = new Set(['feedback', 'user_report']);
