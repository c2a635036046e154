/** Splits a Sentry envelope into its header and items (develop.sentry.dev/sdk/data-model/envelopes). */
import { z } from 'zod';
import { limits } from '../limits.ts';
import { parseJson } from './parse-json.ts';

const Header = z.looseObject({
  event_id: z.string().max(64).optional().catch(undefined),
  dsn: z.string().max(500).optional().catch(undefined),
  sent_at: z.string().max(64).optional().catch(undefined),
  trace: z
    .looseObject({ trace_id: z.string().max(64).optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

const ItemHeader = z.looseObject({
  type: z.string().min(1).max(100),
  length: z.int().nonnegative().optional(),
});

export interface EnvelopeItem {
  readonly header: z.infer<typeof ItemHeader>;
  readonly payload: Uint8Array;
}

export interface Envelope {
  readonly header: z.infer<typeof Header>;
  readonly items: readonly EnvelopeItem[];
}

export type ParsedEnvelope =
  | { readonly kind: 'envelope'; readonly envelope: Envelope }
  | { readonly kind: 'invalid'; readonly why: string };

const NEWLINE = 0x0a;

export function parseEnvelope(bytes: Uint8Array): ParsedEnvelope {
  const first = lineAt(bytes, 0);
  const header = Header.safeParse(parseHeader(first.line));
  if (!header.success) return { kind: 'invalid', why: 'the header is no JSON object' };
  const items: EnvelopeItem[] = [];
  let at = first.next;
  while (at < bytes.length) {
    if (bytes[at] === NEWLINE) {
      at += 1;
      continue;
    }
    if (items.length === limits.items) return { kind: 'invalid', why: `more than ${limits.items} items` };
    const { line, next } = lineAt(bytes, at);
    const itemHeader = ItemHeader.safeParse(parseHeader(line));
    if (!itemHeader.success) return { kind: 'invalid', why: `the header of item ${items.length + 1} is malformed` };
    const { length } = itemHeader.data;
    const payload = length === undefined ? lineAt(bytes, next) : sized(bytes, next, length);
    if (payload === undefined) return { kind: 'invalid', why: `item ${items.length + 1} is shorter than its length` };
    items.push({ header: itemHeader.data, payload: payload.line });
    at = payload.next;
  }
  return { kind: 'envelope', envelope: { header: header.data, items } };
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
