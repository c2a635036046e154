/** Filters what is no error event: transactions, spans, logs, metrics, replays, feedback. */

import { isRecord } from '../../model/is-record.ts';
import { metaOf, type Place } from './remarks.ts';
import { scrubCommon } from './scrub-event.ts';
import { type Pass, type Rules, scrubField, scrubMessage, scrubNamed, scrubValue } from './scrub-value.ts';

/** Changes the value, which came as JSON. Returns whether anything was filtered. */
export function scrubItem(rules: Rules, type: string, value: unknown): boolean {
  const pass: Pass = { rules, remarks: [] };
  if (isRecord(value)) SHAPES[type]?.(pass, value);
  if (pass.remarks.length > 0 && isRecord(value) && EVENT_LIKE.has(type))
    value._meta = { ...(isRecord(value._meta) && value._meta), ...metaOf(pass.remarks) };
  return pass.remarks.length > 0;
}

type Shape = (pass: Pass, value: Record<string, unknown>) => void;

const EVENT_LIKE = new Set(['transaction', 'replay_event', 'feedback']);

const SHAPES: Readonly<Record<string, Shape>> = {
  transaction: scrubEventLike,
  replay_event: scrubEventLike,
  feedback: scrubEventLike,
  span: scrubSpans,
  log: scrubSpans,
  trace_metric: scrubSpans,
  otel_log: (pass, value) => scrubSpan(pass, value, undefined),
  replay_recording: (pass, value) => {
    scrubValue(pass, value.events, { outer: undefined, key: 'events' });
  },
  user_report: (pass, value) => scrubTexts(pass, value, ['comments'], undefined),
  session: scrubSession,
  sessions: scrubSession,
};

function scrubEventLike(pass: Pass, event: Record<string, unknown>): void {
  scrubCommon(pass, event);
  for (const key of ['request', 'tags', 'breadcrumbs', 'urls']) {
    if (event[key] !== undefined) event[key] = scrubValue(pass, event[key], { outer: undefined, key });
  }
  scrubTexts(pass, event, ['transaction'], undefined);
  if (!Array.isArray(event.spans)) return;
  const spans: Place = { outer: undefined, key: 'spans' };
  event.spans.forEach((span: unknown, key) => {
    if (isRecord(span)) scrubSpan(pass, span, { outer: spans, key });
  });
}

/** One, or (since SDK 10) many in a container. */
function scrubSpans(pass: Pass, value: Record<string, unknown>): void {
  if (!Array.isArray(value.items)) {
    scrubSpan(pass, value, undefined);
    return;
  }
  const items: Place = { outer: undefined, key: 'items' };
  value.items.forEach((item: unknown, key) => {
    if (isRecord(item)) scrubSpan(pass, item, { outer: items, key });
  });
}

function scrubSpan(pass: Pass, span: Record<string, unknown>, outer: Place | undefined): void {
  for (const key of ['description', 'body', 'name']) {
    const text = span[key];
    if (typeof text === 'string') span[key] = scrubField(pass, text, { outer, key });
  }
  for (const key of ['data', 'tags']) {
    if (isRecord(span[key])) scrubValue(pass, span[key], { outer, key });
  }
  const { attributes } = span;
  const place: Place = { outer, key: 'attributes' };
  if (isRecord(attributes)) {
    for (const [name, attribute] of Object.entries(attributes)) scrubAttribute(pass, name, attribute, place);
  }
  if (Array.isArray(attributes)) {
    for (const attribute of attributes) {
      if (isRecord(attribute) && typeof attribute.key === 'string')
        scrubAttribute(pass, attribute.key, attribute, place);
    }
  }
}

/** `{type: "string", value: …}`; OpenTelemetry's has its value in an object by the type's name. */
function scrubAttribute(pass: Pass, name: string, attribute: unknown, outer: Place): void {
  if (!isRecord(attribute)) return;
  const holder = isRecord(attribute.value) ? attribute.value : attribute;
  for (const key of Object.keys(holder)) {
    if (key === 'type' || key === 'key' || key === 'unit') continue;
    const before = holder[key];
    const after = scrubNamed(pass, name, before, { outer: { outer, key: name }, key });
    if (after === before) continue;
    holder[key] = after;
    if (typeof holder.type === 'string') holder.type = 'string';
  }
}

function scrubTexts(
  pass: Pass,
  owner: Record<string, unknown>,
  keys: readonly string[],
  outer: Place | undefined,
): void {
  for (const key of keys) {
    const text = owner[key];
    if (typeof text === 'string') owner[key] = scrubMessage(pass, text, { outer, key });
  }
}

function scrubSession(pass: Pass, session: Record<string, unknown>): void {
  if (isRecord(session.attrs)) scrubValue(pass, session.attrs, { outer: undefined, key: 'attrs' });
}
