/** Splits a Sentry envelope into its header and items (develop.sentry.dev/sdk/data-model/envelopes). */
import { isRecord } from '../../model/is-record.ts';
import { line, looseFields } from '../event/lenient.ts';
import { limits } from '../limits.ts';
import { parseJson } from './parse-json.ts';

export type EnvelopeHeader = NonNullable<ReturnType<typeof readHeader>>;
const readHeader = looseFields({
  event_id: line(64),
  dsn: line(500),
  sent_at: line(64),
  trace: looseFields({ trace_id: line(64) }),
});

export interface ItemHeader extends Record<string, unknown> {
  readonly type: string;
  /** Bytes of the payload. */
  readonly length?: number;
}

function readItemHeader(input: unknown): ItemHeader | undefined {
  if (!isRecord(input)) return undefined;
  const { type, length } = input;
  if (typeof type !== 'string' || type === '' || type.length > 100) return undefined;
  if (length === undefined) return { ...input, type };
  return typeof length === 'number' && Number.isSafeInteger(length) && length >= 0
    ? { ...input, type, length }
    : undefined;
}

export interface EnvelopeItem {
  readonly header: ItemHeader;
  readonly payload: Uint8Array;
}

export interface Envelope {
  readonly header: EnvelopeHeader;
  readonly items: readonly EnvelopeItem[];
}

export type ParsedEnvelope =
  | { readonly kind: 'envelope'; readonly envelope: Envelope }
  | { readonly kind: 'invalid'; readonly why: string };

const NEWLINE = 0x0a;

export function parseEnvelope(bytes: Uint8Array): ParsedEnvelope {
  const first = lineAt(bytes, 0);
  const header = readHeader(parseHeader(first.line));
  if (header === undefined) return { kind: 'invalid', why: 'the header is no JSON object' };
  const items: EnvelopeItem[] = [];
  let at = first.next;
  while (at < bytes.length) {
    if (bytes[at] === NEWLINE) {
      at += 1;
      continue;
    }
    if (items.length === limits.items) return { kind: 'invalid', why: `more than ${limits.items} items` };
    const { line, next } = lineAt(bytes, at);
    const itemHeader = readItemHeader(parseHeader(line));
    if (itemHeader === undefined)
      return { kind: 'invalid', why: `the header of item ${items.length + 1} is malformed` };
    const { length } = itemHeader;
    const payload = length === undefined ? lineAt(bytes, next) : sized(bytes, next, length);
    if (payload === undefined) return { kind: 'invalid', why: `item ${items.length + 1} is shorter than its length` };
    items.push({ header: itemHeader, payload: payload.line });
    at = payload.next;
  }
  return { kind: 'envelope', envelope: { header, items } };
}

function parseHeader(line: Uint8Array): unknown {
  return line.byteLength > limits.headerBytes ? undefined : parseJson(line, limits.jsonDepth);
}

interface Line {
  readonly line: Uint8Array;
  readonly next: number;
}

function lineAt(bytes: Uint8Array, start: number): Line {
  const end = bytes.indexOf(NEWLINE, start);
  return end < 0
    ? { line: bytes.subarray(start), next: bytes.length }
    : { line: bytes.subarray(start, end), next: end + 1 };
}

function sized(bytes: Uint8Array, start: number, length: number): Line | undefined {
  const end = start + length;
  if (end > bytes.length || (end < bytes.length && bytes[end] !== NEWLINE)) return undefined;
  return { line: bytes.subarray(start, end), next: end + 1 };
}
