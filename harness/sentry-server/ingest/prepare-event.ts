/**
 * From an event's bytes to what is stored, in this order: parse, normalise; filter, scrub and symbolicate where that is
 * switched on; group. What changes frames or takes words out of the event must come before grouping.
 */
import { randomUUID } from 'node:crypto';
import { type Arrival, describeArrival } from '../event/arrival.ts';
import { normaliseEvent } from '../event/normalise-event.ts';
import { EventPayload } from '../event/payload.ts';
import { groupingHashes } from '../grouping/group-event.ts';
import { limits } from '../limits.ts';
import { normalId } from './normal-id.ts';
import { parseJson } from './parse-json.ts';

export type Prepared =
  | { readonly outcome: 'prepared'; readonly arrival: Arrival }
  | { readonly outcome: 'too-large' | 'invalid' };

/** What an event meets on its way. */
export interface Way {
  readonly now: number;
  /** Before frames are normalised and grouped. */
  readonly symbolicate: (event: EventPayload) => EventPayload;
}

export function prepareEvent(bytes: Uint8Array, envelopeId: string | undefined, { now, symbolicate }: Way): Prepared {
  if (bytes.byteLength > limits.eventBytes) return { outcome: 'too-large' };
  const read = EventPayload.read(parseJson(bytes, limits.jsonDepth));
  if (read === undefined) return { outcome: 'invalid' };
  const id = envelopeId ?? normalId(read.event_id) ?? randomUUID().replaceAll('-', '');
  const payload = { ...normaliseEvent(symbolicate(read)), event_id: id };
  const hashes = groupingHashes(payload);
  const at = timeOf(payload.timestamp, now);
  return {
    outcome: 'prepared',
    arrival: describeArrival({ id, payload, hashes, at, receivedAt: now, size: bytes.byteLength }),
  };
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
