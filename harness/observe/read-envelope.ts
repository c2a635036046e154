/** Reads what a page sends to Sentry as it leaves: ids of error events, the trace, and each event's text. */
import { isRecord } from '../model/is-record.ts';

export interface EnvelopeSeen {
  readonly events: readonly { id: string; text: string; isError: boolean }[];
  readonly traceId?: string;
}

const SENTRY_URL = /\/api\/\d+\/(?:envelope|store)\/?(?:\?|$)/;

/**
 * Undefined where the body is no envelope. To Sentry itself, any envelope counts, the older bare event included; through
 * a tunnel, an address of the app, only one whose header names a DSN, as those of the SDKs do. Items other than events
 * are passed over.
 */
export function readEnvelope(url: string, body: Buffer): EnvelopeSeen | undefined {
  const isSentry = SENTRY_URL.test(url);
  if (!isSentry && !body.subarray(0, 4_000).includes('"dsn"')) return undefined;
  const first = lineAt(body, 0);
  const header = parseObject(first.text);
  if (header === undefined) return undefined;
  if (isSentry && 'exception' in header) return { events: eventOf(header, header) };
  if (!isSentry && typeof header.dsn !== 'string') return undefined;
  const items = itemsOf(body, first.next);
  if (items.length === 0) return undefined;
  const events = items.filter(({ type }) => type === 'event').flatMap(({ payload }) => eventOf(payload, header));
  const trace = objectIn(header, 'trace')?.trace_id;
  return { events, ...(typeof trace === 'string' && { traceId: trace }) };
}

function itemsOf(body: Buffer, start: number): { type: string; payload: Record<string, unknown> }[] {
  const items: { type: string; payload: Record<string, unknown> }[] = [];
  let at = start;
  while (at < body.length) {
    const line = lineAt(body, at);
    const item = parseObject(line.text);
    if (typeof item?.type !== 'string') break;
    // Without a length, the payload ends with its line.
    const end = typeof item.length === 'number' ? line.next + item.length : lineAt(body, line.next).next - 1;
    const payload = item.type === 'event' ? parseObject(body.subarray(line.next, end).toString('utf8')) : undefined;
    items.push({ type: item.type, payload: payload ?? {} });
    at = end + 1;
  }
  return items;
}

function eventOf(event: Record<string, unknown>, header: Record<string, unknown>): EnvelopeSeen['events'][number][] {
  const id = event.event_id ?? header.event_id;
  if (typeof id !== 'string') return [];
  const values = objectIn(event, 'exception')?.values;
  const exceptions = (Array.isArray(values) ? values : []).filter(isRecord);
  const texts = exceptions.map(({ type, value }) => `${type}: ${value}`);
  const text = [...texts, event.message].filter((part) => typeof part === 'string').join('\n');
  const level = event.level ?? (exceptions.length > 0 ? 'error' : 'info');
  return [{ id: id.replaceAll('-', ''), text, isError: level === 'error' || level === 'fatal' }];
}

function lineAt(body: Buffer, start: number): { text: string; next: number } {
  const end = body.indexOf(10, start);
  const stop = end === -1 ? body.length : end;
  return { text: body.subarray(start, stop).toString('utf8'), next: stop + 1 };
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined; // Any body of the app comes by here.
  }
}

function objectIn(value: Record<string, unknown>, key: string): Record<string, unknown> | undefined {
  const inner = value[key];
  return isRecord(inner) ? inner : undefined;
}
