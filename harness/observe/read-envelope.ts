/** Reads what a page sends to Sentry as it leaves: ids of error events, the trace, and each event's text. */

export interface EnvelopeSeen {
  readonly events: readonly { id: string; text: string; isError: boolean }[];
  readonly traceId?: string;
}

const ENVELOPE_URL = /\/api\/\d+\/(?:envelope|store)\/?(?:\?|$)/;
const FIRST_LINE = /^\{[^\n]*"(?:event_id|sent_at|dsn|trace|sdk)"/;

/** Whether a request may carry an envelope, through a tunnel included. */
export function mayBeEnvelope(method: string, url: string, body: Buffer | null): boolean {
  if (method !== 'POST' || body === null) return false;
  return ENVELOPE_URL.test(url) || FIRST_LINE.test(body.subarray(0, 2_000).toString('utf8'));
}

/** Undefined where the body is no envelope after all. Items other than events are passed over. */
export function readEnvelope(body: Buffer): EnvelopeSeen | undefined {
  const header = parseObject(lineAt(body, 0).text);
  if (header === undefined) return undefined;
  if ('exception' in header || 'platform' in header) return { events: eventOf(header, header) };
  const events: EnvelopeSeen['events'][number][] = [];
  let at = lineAt(body, 0).next;
  while (at < body.length) {
    const line = lineAt(body, at);
    const item = parseObject(line.text);
    if (item === undefined) break;
    const length = typeof item.length === 'number' ? item.length : lineAt(body, line.next).text.length;
    const payload = body.subarray(line.next, line.next + length);
    if (item.type === 'event') events.push(...eventOf(parseObject(payload.toString('utf8')) ?? {}, header));
    at = line.next + length + 1;
    if (item.length === undefined) at = lineAt(body, line.next).next;
  }
  const trace = objectIn(header, 'trace')?.trace_id;
  return { events, ...(typeof trace === 'string' && { traceId: trace }) };
}

function eventOf(event: Record<string, unknown>, header: Record<string, unknown>): EnvelopeSeen['events'][number][] {
  const id = event.event_id ?? header.event_id;
  if (typeof id !== 'string') return [];
  const values = objectIn(event, 'exception')?.values;
  const exceptions = Array.isArray(values) ? values : [];
  const texts = exceptions.map((value: { type?: unknown; value?: unknown }) => `${value.type}: ${value.value}`);
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
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function objectIn(value: Record<string, unknown>, key: string): Record<string, unknown> | undefined {
  const inner = value[key];
  return isObject(inner) ? inner : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
