/** Makes an item that becomes no issue fit to be kept: checked, filtered, without secrets, and counted. */

import { isRecord } from '../../model/is-record.ts';
import { limits } from '../limits.ts';
import type { Scrubber } from '../privacy/scrubber.ts';
import type { InboundFilters } from './inbound-filters.ts';
import { parseJson } from './parse-json.ts';
import { scrubRecording } from './replay-recording.ts';

export type Prepared =
  | { readonly kind: 'keep'; readonly payload: Uint8Array; readonly quantity: number; readonly value: unknown }
  | { readonly kind: 'filtered'; readonly reason: string; readonly quantity: number }
  | { readonly kind: 'invalid'; readonly reason: 'invalid_json' | 'invalid_replay_recording' };

/** Bytes that are no JSON are kept as they came: attachments, videos, profiles. */
const BYTES = new Set(['attachment', 'replay_recording', 'replay_video', 'statsd', 'profile', 'profile_chunk']);

export interface Preparation {
  /** Undefined where scrubbing is switched off. */
  readonly scrubber: Scrubber | undefined;
  readonly filters: InboundFilters;
}

export function prepareItem(type: string, payload: Uint8Array, { scrubber, filters }: Preparation): Prepared {
  if (scrubber !== undefined && (type === 'replay_recording' || type === 'statsd')) {
    const fit = type === 'statsd' ? scrubLines(payload, scrubber) : scrubRecording(payload, scrubber);
    if (fit === undefined) return { kind: 'invalid', reason: 'invalid_replay_recording' };
    return { kind: 'keep', payload: fit, quantity: 1, value: undefined };
  }
  if (BYTES.has(type)) return { kind: 'keep', payload, quantity: 1, value: undefined };
  const value = parseJson(payload, limits.jsonDepth);
  if (typeof value !== 'object' || value === null) return { kind: 'invalid', reason: 'invalid_json' };
  if (Array.isArray(value) && type !== 'metric_buckets') return { kind: 'invalid', reason: 'invalid_json' };
  const before = quantityOf(value);
  const reason = type === 'transaction' ? filters.transaction(value) : undefined;
  if (reason !== undefined) return { kind: 'filtered', reason, quantity: before };
  const dropped = type === 'span' && dropSegments(value, filters);
  const quantity = quantityOf(value);
  if (dropped && quantity === 0) return { kind: 'filtered', reason: 'filtered-transaction', quantity: before };
  const isScrubbed = scrubber?.item(type, value) === true;
  const fit = dropped || isScrubbed ? new TextEncoder().encode(JSON.stringify(value)) : payload;
  return { kind: 'keep', payload: fit, quantity, value };
}

/** Spans, logs and metrics come many in an item. */
function quantityOf(value: object): number {
  return 'items' in value && Array.isArray(value.items) ? value.items.length : 1;
}

/** Takes the spans of health checks out of a container; returns whether there were any. */
function dropSegments(value: object, filters: InboundFilters): boolean {
  if (!('items' in value) || !Array.isArray(value.items)) return false;
  const items: unknown[] = value.items;
  const kept = items.filter((item) => filters.segment(segmentOf(item)) === undefined);
  if (kept.length === items.length) return false;
  value.items = kept;
  return true;
}

function segmentOf(span: unknown): string {
  if (!isRecord(span)) return '';
  if (span.is_segment === true && typeof span.name === 'string') return span.name;
  const attribute = isRecord(span.attributes) ? span.attributes['sentry.segment.name'] : undefined;
  return isRecord(attribute) && typeof attribute.value === 'string' ? attribute.value : '';
}

function scrubLines(payload: Uint8Array, scrubber: Scrubber): Uint8Array {
  const { text, rules } = scrubber.text.field(new TextDecoder().decode(payload));
  return rules.length === 0 ? payload : new TextEncoder().encode(text);
}
