/** Filters the fields of an error event (or of what is shaped like one) that hold what an app's users and servers sent. */
import { isRecord } from '../../model/is-record.ts';
import type { EventPayload } from '../event/payload.ts';
import { parseText } from '../ingest/parse-json.ts';
import { metaOf, type Place } from './remarks.ts';
import { FILTERED } from './scrub-text.ts';
import {
  filterWhole,
  type Pass,
  type Rules,
  scrubField,
  scrubList,
  scrubMessage,
  scrubNamed,
  scrubRecord,
  scrubValue,
} from './scrub-value.ts';

/** Changes the event; `_meta` says what was filtered where. */
export function scrubEvent(rules: Rules, event: EventPayload): EventPayload {
  const pass: Pass = { rules, remarks: [] };
  scrubRequest(pass, event.request);
  scrubMessages(pass, event);
  scrubStacks(pass, event);
  scrubTags(pass, event);
  scrubReports(pass, event);
  scrubCommon(pass, event);
  const meta = metaOf(pass.remarks);
  return meta === undefined ? event : { ...event, _meta: { ...event._meta, ...meta } };
}

/** Fields that events, transactions and replays share and that need no care of their own. */
export function scrubCommon(pass: Pass, event: Readonly<Record<string, unknown>>): void {
  for (const name of ['extra', 'user', 'contexts']) {
    const found = event[name];
    if (!isRecord(found)) continue;
    const place: Place = { outer: undefined, key: name };
    if (name === 'contexts') scrubContexts(pass, found, place);
    else scrubRecord(pass, found, place);
  }
}

/** Ids of a trace are hexadecimal digits, and now and then look like a card. */
const TRACE_IDS = new Set(['trace_id', 'span_id', 'parent_span_id']);

function scrubContexts(pass: Pass, contexts: Record<string, unknown>, place: Place): void {
  for (const [name, context] of Object.entries(contexts)) {
    const inner: Place = { outer: place, key: name };
    if (name !== 'trace' || !isRecord(context)) {
      contexts[name] = scrubNamed(pass, name, context, inner);
      continue;
    }
    for (const [key, before] of Object.entries(context)) {
      if (!TRACE_IDS.has(key)) context[key] = scrubNamed(pass, key, before, { outer: inner, key });
    }
  }
}

function scrubMessages(pass: Pass, event: EventPayload): void {
  const message = (owner: Record<string, unknown>, key: string, place: Place | undefined) => {
    const before = owner[key];
    if (typeof before === 'string') owner[key] = scrubMessage(pass, before, { outer: place, key });
  };
  const top: Record<string, unknown> = event;
  message(top, 'transaction', undefined);
  if (event.logentry !== undefined) {
    const place: Place = { outer: undefined, key: 'logentry' };
    message(event.logentry, 'message', place);
    message(event.logentry, 'formatted', place);
    event.logentry.params = scrubValue(pass, event.logentry.params, { outer: place, key: 'params' });
  }
  const exceptions = listPlace('exception');
  event.exception?.forEach((one, index) => {
    const place: Place = { outer: exceptions, key: index };
    message(one, 'value', place);
    if (one.mechanism?.data)
      scrubRecord(pass, one.mechanism.data, { outer: { outer: place, key: 'mechanism' }, key: 'data' });
  });
  const crumbs = listPlace('breadcrumbs');
  event.breadcrumbs?.forEach((crumb, index) => {
    const place: Place = { outer: crumbs, key: index };
    if (crumb.message !== undefined) crumb.message = scrubField(pass, crumb.message, { outer: place, key: 'message' });
    if (crumb.data) scrubRecord(pass, crumb.data, { outer: place, key: 'data' });
  });
}

/** What browsers and SDKs tell of their own accord: addresses that were blocked, values that were dropped. */
function scrubReports(pass: Pass, { csp, errors }: EventPayload): void {
  for (const key of ['document_uri', 'blocked_uri'] as const) {
    const before = csp?.[key];
    if (csp !== undefined && before !== undefined)
      csp[key] = scrubField(pass, before, { outer: { outer: undefined, key: 'csp' }, key });
  }
  errors?.forEach((error, index) => {
    if (isRecord(error)) scrubRecord(pass, error, { outer: { outer: undefined, key: 'errors' }, key: index });
  });
}

function scrubStacks(pass: Pass, event: EventPayload): void {
  const stack = (owner: Stacks, place: Place | undefined) => {
    for (const name of ['stacktrace', 'raw_stacktrace'] as const) {
      const frames: Place = { outer: { outer: place, key: name }, key: 'frames' };
      owner[name]?.frames.forEach(({ vars }, index) => {
        if (vars) scrubRecord(pass, vars, { outer: { outer: frames, key: index }, key: 'vars' });
      });
    }
  };
  for (const name of ['exception', 'threads'] as const) {
    const values = listPlace(name);
    event[name]?.forEach((one, index) => {
      stack(one, { outer: values, key: index });
    });
  }
  stack(event, undefined);
}

type Stacks = Pick<EventPayload, 'stacktrace' | 'raw_stacktrace'>;

function scrubTags(pass: Pass, event: EventPayload): void {
  const tags: Place = { outer: undefined, key: 'tags' };
  event.tags?.forEach((tag, index) => {
    tag[1] = String(scrubNamed(pass, tag[0], tag[1], { outer: { outer: tags, key: index }, key: 1 }) ?? '');
  });
}

function listPlace(name: string): Place {
  return { outer: { outer: undefined, key: name }, key: 'values' };
}

function scrubRequest(pass: Pass, request: EventPayload['request']): void {
  if (request === undefined) return;
  const at = (key: string): Place => ({ outer: { outer: undefined, key: 'request' }, key });
  if (request.url !== undefined) request.url = scrubField(pass, request.url, at('url'));
  request.headers?.forEach((header, index) => {
    const place: Place = { outer: { outer: at('headers'), key: index }, key: 1 };
    header[1] = String(scrubNamed(pass, header[0], header[1], place) ?? '');
  });
  request.cookies?.forEach((cookie, index) => {
    const place: Place = { outer: { outer: at('cookies'), key: index }, key: 1 };
    cookie[1] = String(filterWhole(pass, '@password:filter', cookie[1], place));
  });
  if (request.env) scrubRecord(pass, request.env, at('env'));
  request.query_string = scrubValue(pass, request.query_string, at('query_string'));
  request.data = scrubBody(pass, request.data, at('data'));
}

/** A body that is JSON in a text is filtered as JSON and stays a text. */
function scrubBody(pass: Pass, body: unknown, place: Place): unknown {
  if (typeof body !== 'string' || !/^\s*[[{]/.test(body)) return scrubValue(pass, body, place);
  const parsed = parseText(body);
  if (typeof parsed !== 'object' || parsed === null) return scrubField(pass, body, place);
  const before = pass.remarks.length;
  if (Array.isArray(parsed)) scrubList(pass, parsed, place);
  else if (isRecord(parsed)) scrubRecord(pass, parsed, place);
  if (pass.remarks.length === before) return body;
  // The remarks of its inside have no place in a text.
  pass.remarks.length = before;
  const text = JSON.stringify(parsed);
  pass.remarks.push({
    place,
    rules: ['@password:filter'],
    length: body.length,
    kind: text === FILTERED ? 'whole' : 'part',
  });
  return text;
}
