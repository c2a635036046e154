/** What becomes of an envelope's items: errors to issues, check-ins to monitors, the rest kept, filtered, refused or counted. */
import { randomUUID } from 'node:crypto';
import { normaliseEvent } from '../event/normalise-event.ts';
import { EventPayload } from '../event/payload.ts';
import { limits, maxItemBytes } from '../limits.ts';
import { CheckIn, storeCheckIn } from '../storage/check-ins.ts';
import type { Database } from '../storage/database.ts';
import { countItems, type ItemCount, type Outcome } from '../storage/item-counts.ts';
import { keepRawItem } from '../storage/raw-items.ts';
import type { KeyRow, ProjectRow } from '../storage/rows.ts';
import { type StoredEvent, storeEvent } from '../storage/store-event.ts';
import { countsOfReport } from './client-report.ts';
import type { Intake } from './intake.ts';
import { categoryOf } from './item-category.ts';
import type { Envelope, EnvelopeItem } from './parse-envelope.ts';
import { parseJson } from './parse-json.ts';
import { prepareItem } from './prepare-item.ts';
import type { Exhausted, Sender } from './quotas.ts';

export interface AcceptedEvent extends StoredEvent {
  readonly eventId: string;
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

/** Where items go and by which rules. */
export interface Destination {
  readonly db: Database;
  readonly project: ProjectRow;
  readonly key: KeyRow;
  readonly intake: Intake;
  readonly now: number;
}

/** Stores all items in one transaction; what it returns is on disk. */
export function acceptItems(to: Destination, envelope: Envelope): Accepted {
  const taken: (Taken & { type: string })[] = [];
  to.db.transaction(() => {
    const counts: ItemCount[] = [];
    for (const item of envelope.items) {
      const { type } = item.header;
      const one = acceptItem(to, { item, envelope });
      taken.push({ ...one, type });
      counts.push(countOf(type, one), ...(one.counts ?? []));
    }
    countItems(to.db, to.project.id, counts, to.now);
  });
  const exhausted = taken.flatMap((one) => one.exhausted ?? []);
  return {
    events: taken.flatMap((one) => one.event ?? []),
    tooLarge: taken.find(({ outcome }) => outcome === 'too-large')?.type,
    invalid: taken.some(({ outcome }) => outcome === 'invalid'),
    exhausted,
    isLimited: exhausted.length > 0 && taken.every(({ outcome }) => outcome === 'rate_limited'),
  };
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

/** Types that nobody knows count together: a stranger's own words would make rows without end. */
function countOf(type: string, { outcome, reason = '', quantity = 1 }: Taken): ItemCount {
  const category = categoryOf(type);
  return {
    type: category === undefined ? 'unknown' : type,
    category: category ?? 'default',
    outcome,
    reason,
    quantity,
  };
}

interface Sent {
  readonly item: EnvelopeItem;
  readonly envelope: Envelope;
}

function acceptItem(to: Destination, { item, envelope }: Sent): Taken {
  const { type } = item.header;
  const category = categoryOf(type);
  if (category === undefined) return { outcome: 'unknown' };
  if (item.payload.byteLength > maxItemBytes(type)) return { outcome: 'too-large', reason: `too_large:${type}` };
  const used = to.intake.quotas.peek(senderOf(to), category, to.now);
  if (used !== undefined) return limited(used);
  if (type === 'event') return acceptEvent(to, { item, envelope });
  if (type === 'check_in') return acceptCheckIn(to, item);
  return acceptRaw(to, { item, envelope });
}

function senderOf({ project, key }: Destination): Sender {
  const { limit_count: count, limit_seconds: window } = key;
  const keyLimit = count === null || window === null ? undefined : { count, window };
  return { projectSlug: project.slug, publicKey: key.public, keyLimit };
}

/** Takes from the quotas; undefined when there is room. */
function overLimit({ intake, now, ...to }: Destination, type: string, quantity: number): Taken | undefined {
  const used = intake.quotas.take(senderOf({ intake, now, ...to }), categoryOf(type) ?? 'default', quantity, now);
  return used === undefined ? undefined : limited(used, quantity);
}

function limited(exhausted: Exhausted, quantity = 1): Taken {
  return { outcome: 'rate_limited', reason: exhausted.reason, quantity, exhausted };
}

function acceptEvent(to: Destination, { item, envelope }: Sent): Taken {
  const parsed = EventPayload.safeParse(parseJson(item.payload, limits.jsonDepth));
  if (!parsed.success) return { outcome: 'invalid', reason: 'invalid_json' };
  const reason = to.intake.filters.error(parsed.data);
  if (reason !== undefined) return { outcome: 'filtered', reason };
  const over = overLimit(to, 'event', 1);
  if (over !== undefined) return over;
  const payload = normaliseEvent(to.intake.scrubber?.event(parsed.data) ?? parsed.data);
  const id = normalId(envelope.header.event_id) ?? normalId(payload.event_id) ?? randomUUID().replaceAll('-', '');
  const arrival = {
    id,
    payload: { ...payload, event_id: id },
    at: timeOf(payload.timestamp, to.now),
    receivedAt: to.now,
    size: item.payload.byteLength,
  };
  const stored = storeEvent(to.db, to.project, arrival);
  return stored === undefined
    ? { outcome: 'duplicate', reason: 'duplicate' }
    : { outcome: 'accepted', event: { ...stored, eventId: id } };
}

function acceptCheckIn(to: Destination, item: EnvelopeItem): Taken {
  const parsed = CheckIn.safeParse(parseJson(item.payload, limits.jsonDepth));
  if (!parsed.success) return { outcome: 'invalid', reason: 'invalid_json' };
  const over = overLimit(to, 'check_in', 1);
  if (over !== undefined) return over;
  const id = normalId(parsed.data.check_in_id) ?? randomUUID().replaceAll('-', '');
  storeCheckIn(to.db, to.project.id, { ...parsed.data, id }, to.now);
  return { outcome: 'accepted' };
}

function acceptRaw(to: Destination, { item, envelope }: Sent): Taken {
  const { type } = item.header;
  const prepared = prepareItem(type, item.payload, to.intake);
  if (prepared.kind === 'invalid') return { outcome: 'invalid', reason: 'invalid_json' };
  const { quantity } = prepared;
  if (prepared.kind === 'filtered') return { outcome: 'filtered', reason: prepared.reason, quantity };
  const over = overLimit(to, type, quantity);
  if (over !== undefined) return over;
  const { event_id, trace } = envelope.header;
  const { payload } = prepared;
  const header = 'length' in item.header ? { ...item.header, length: payload.byteLength } : item.header;
  const raw = { type, eventId: normalId(event_id), traceId: normalId(trace?.trace_id), header, payload };
  keepRawItem(to.db, to.project.id, raw, to.now);
  return { outcome: 'kept', quantity, counts: type === 'client_report' ? countsOfReport(prepared.value) : [] };
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
