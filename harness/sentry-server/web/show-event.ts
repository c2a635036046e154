/** An event as the Web API shows it: a summary for lists, or the whole with its entries. */
import { z } from 'zod';
import { EventPayload, type Exception, type Frame, type ProcessingError } from '../event/payload.ts';
import { GROUPING_CONFIG } from '../grouping/group-event.ts';
import type { ServerParts } from '../server-parts.ts';
import { tagsOfEvent } from '../storage/issues.ts';
import { findRelease } from '../storage/releases.ts';
import { type EventRow, PayloadRow } from '../storage/rows.ts';
import { feedbackOf, showOccurrence } from './show-feedback.ts';
import { showMeta } from './show-meta.ts';
import { showTime } from './show-project.ts';
import { showRelease } from './show-release.ts';

export function showEventSummary(parts: ServerParts, event: EventRow): Record<string, unknown> {
  const payload = payloadOf(parts, event);
  return {
    id: event.id,
    'event.type': event.type,
    groupID: String(event.issue_id),
    eventID: event.id,
    projectID: String(event.project_id),
    message: event.message,
    title: event.title,
    location: locationOf(payload),
    culprit: event.culprit,
    user: showUser(payload),
    tags: tagsOfEvent(parts.db, event.number),
    platform: event.platform,
    dateCreated: showTime(event.at),
    crashFile: null,
    metadata: metadataOf(event, payload),
  };
}

export function showEvent(parts: ServerParts, event: EventRow): Record<string, unknown> {
  const payload = payloadOf(parts, event);
  const release = event.release === null ? undefined : findRelease(parts.db, event.release);
  return {
    ...showEventSummary(parts, event),
    type: event.type,
    dist: event.dist,
    size: event.size,
    dateReceived: showTime(event.received_at),
    entries: entriesOf(payload),
    contexts: payload.contexts ?? {},
    context: payload.extra ?? {},
    packages: payload.modules ?? {},
    sdk: payload.sdk === undefined ? null : { name: payload.sdk.name ?? null, version: payload.sdk.version ?? null },
    errors: (payload.errors ?? []).map(showError),
    occurrence: event.type === 'generic' ? showOccurrence(event, feedbackOf(payload)) : null,
    _meta: showMeta(payload._meta, entriesOf(payload)),
    fingerprints: event.hashes,
    groupingConfig: { id: GROUPING_CONFIG, enhancements: '' },
    release: release === undefined ? null : showRelease(parts, release),
    userReport: null,
    sdkUpdates: [],
    resolvedWith: [],
    nextEventID: neighbour(parts, event, 'next'),
    previousEventID: neighbour(parts, event, 'previous'),
  };
}

export function payloadOf(parts: ServerParts, event: EventRow): EventPayload {
  const row = parts.db.one(PayloadRow, 'SELECT payload FROM events WHERE number = ?', event.number);
  return EventPayload.parse(row?.payload ?? {});
}

const NeighbourRow = z.object({ id: z.string() });

export function neighbour(parts: ServerParts, event: EventRow, which: 'next' | 'previous'): string | null {
  const [sign, order] = which === 'next' ? ['>', 'ASC'] : ['<', 'DESC'];
  const sql = `SELECT id FROM events WHERE issue_id = ? AND (at, number) ${sign} (?, ?) ORDER BY at ${order}, number ${order} LIMIT 1`;
  return parts.db.one(NeighbourRow, sql, event.issue_id, event.at, event.number)?.id ?? null;
}

function locationOf(payload: EventPayload): string | null {
  return payload.exception?.at(-1)?.stacktrace?.frames.at(-1)?.filename ?? null;
}

function metadataOf(event: EventRow, payload: EventPayload): Record<string, unknown> {
  if (event.type === 'generic') return { title: event.title, value: event.message, ...feedbackOf(payload) };
  if (event.error_type === null && event.error_value === null) return { title: event.title };
  return { type: event.error_type, value: event.error_value ?? '', filename: locationOf(payload) ?? undefined };
}

function showUser({ user }: EventPayload): Record<string, unknown> | null {
  if (user === undefined) return null;
  const { id = null, email = null, username = null, ip_address = null, name = null } = user;
  return { id, email, username, ip_address, name, geo: null, data: null };
}

const ERROR_MESSAGES: Readonly<Record<string, string>> = {
  js_no_source: 'Source code was not found',
  js_invalid_source: 'The source map is not valid',
  js_invalid_sourcemap_location: 'The source map does not know the place',
  js_missing_sources_content: 'The source map does not bring its sources along',
};

function showError({ type, ...data }: ProcessingError): Record<string, unknown> {
  return { type, message: ERROR_MESSAGES[type] ?? 'Unknown error', data };
}

interface Entry {
  readonly type: string;
  readonly data: unknown;
}

function entriesOf(payload: EventPayload): Entry[] {
  const entries: Entry[] = [];
  if (payload.exception) {
    const values = payload.exception.map((one) => showException(one));
    entries.push({
      type: 'exception',
      data: { values, excOmitted: null, hasSystemFrames: values.some((one) => one.hasSystemFrames) },
    });
  }
  if (payload.stacktrace)
    entries.push({ type: 'stacktrace', data: { frames: payload.stacktrace.frames.map(showFrame) } });
  if (payload.logentry) {
    const { message, formatted, params } = payload.logentry;
    entries.push({
      type: 'message',
      data: { formatted: formatted ?? message, message: message ?? formatted, params: params ?? null },
    });
  }
  if (payload.threads) {
    const values = payload.threads.map(({ stacktrace, ...thread }) => ({
      ...thread,
      stacktrace: showStack(stacktrace?.frames),
    }));
    entries.push({ type: 'threads', data: { values } });
  }
  if (payload.breadcrumbs) {
    const values = payload.breadcrumbs.map(({ timestamp, type, category, message, level, data }) => ({
      type: type ?? 'default',
      category: category ?? null,
      message: message ?? null,
      level: level ?? 'info',
      timestamp: crumbTime(timestamp),
      data: data ?? null,
      event_id: null,
    }));
    entries.push({ type: 'breadcrumbs', data: { values } });
  }
  if (payload.request) entries.push({ type: 'request', data: showRequest(payload.request) });
  return entries;
}

function showException(exception: Exception) {
  const { type = null, value = null, module = null, thread_id: threadId = null, mechanism = null } = exception;
  const frames = exception.stacktrace?.frames;
  const hasSystemFrames = frames?.some((frame) => frame.in_app !== true) ?? false;
  return {
    type,
    value,
    module,
    threadId,
    mechanism,
    stacktrace: showStack(frames),
    rawStacktrace: showStack(exception.raw_stacktrace?.frames),
    hasSystemFrames,
  };
}

function showStack(frames: readonly Frame[] | undefined) {
  if (frames === undefined) return null;
  return {
    frames: frames.map(showFrame),
    framesOmitted: null,
    registers: null,
    hasSystemFrames: frames.some((frame) => frame.in_app !== true),
  };
}

function showFrame(frame: Frame): Record<string, unknown> {
  return {
    filename: frame.filename ?? null,
    absPath: frame.abs_path ?? frame.filename ?? null,
    module: frame.module ?? null,
    package: frame.package ?? null,
    platform: frame.platform ?? null,
    function: frame.function ?? null,
    rawFunction: frame.raw_function ?? null,
    lineNo: frame.lineno ?? null,
    colNo: frame.colno ?? null,
    inApp: frame.in_app ?? false,
    context: contextOf(frame),
    vars: frame.vars ?? null,
    errors: null,
    instructionAddr: null,
    symbolAddr: null,
    symbol: null,
    trust: null,
  };
}

/** `[[line number, source], …]` around the frame's line. */
function contextOf(frame: Frame): [number, string][] {
  const { lineno, context_line, pre_context = [], post_context = [] } = frame;
  if (lineno === undefined || context_line === undefined) return [];
  const lines = [...pre_context, context_line, ...post_context];
  return lines.map((line, index): [number, string] => [lineno - pre_context.length + index, line]);
}

function crumbTime(timestamp: string | number | undefined): string | null {
  if (timestamp === undefined) return null;
  const date = new Date(typeof timestamp === 'number' ? timestamp * 1000 : timestamp);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

function showRequest(request: NonNullable<EventPayload['request']>): Record<string, unknown> {
  const url = URL.parse(request.url ?? '');
  return {
    url: url === null ? (request.url ?? null) : `${url.origin}${url.pathname}`,
    method: request.method ?? null,
    query: url === null ? [] : [...url.searchParams],
    fragment: url?.hash ? url.hash.slice(1) : null,
    headers: request.headers ?? [],
    cookies: request.cookies ?? [],
    data: request.data ?? null,
    env: request.env ?? null,
    inferredContentType: null,
  };
}
