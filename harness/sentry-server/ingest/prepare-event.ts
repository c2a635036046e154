/**
 * From an event's bytes to what is stored, in this order: parse, filter, scrub, symbolicate, normalise, group, describe. What
 * changes frames or takes words out of the event must come before grouping.
 */
import { randomUUID } from 'node:crypto';
import { type Arrival, describeArrival } from '../event/arrival.ts';
import { EventPayload } from '../event/payload.ts';
import { limits } from '../limits.ts';
import { normalId } from './normal-id.ts';
import { parseJson } from './parse-json.ts';
import type { Exhausted } from './quotas.ts';
import type { Way } from './way.ts';

export type Prepared =
  | { readonly outcome: 'prepared'; readonly arrival: Arrival }
  | { readonly outcome: 'invalid' | 'filtered'; readonly reason: string }
  | { readonly outcome: 'rate_limited'; readonly exhausted: Exhausted };

/** What a filter keeps out takes nothing from the quota, and what is over the quota costs no more work. */
export function prepareEvent(bytes: Uint8Array, envelopeId: string | undefined, way: Way): Prepared {
  const read = EventPayload.read(parseJson(bytes, limits.jsonDepth));
  if (read === undefined) return { outcome: 'invalid', reason: 'invalid_json' };
  const reason = way.filters.error(read);
  if (reason !== undefined) return { outcome: 'filtered', reason };
  const exhausted = way.quota.take('error', 1);
  if (exhausted !== undefined) return { outcome: 'rate_limited', exhausted };
  const id = envelopeId ?? normalId(read.event_id) ?? randomUUID().replaceAll('-', '');
  const event = way.symbolicate(way.scrubber?.event(read) ?? read);
  const at = timeOf(event.timestamp, way.now);
  return {
    outcome: 'prepared',
    arrival: describeArrival({ id, event, at, receivedAt: way.now, size: bytes.byteLength }),
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
