/** Envelopes of real SDKs, broken in many ways: by structure, by bytes, by lengths that lie, by encodings. */
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import browserEnvelopes from '../contract/fixtures/browser-envelopes.json' with { type: 'json' };
import type { Random } from '../random.ts';
import { HOSTILE_JSON, HOSTILE_TEXTS, HOSTILE_VALUES } from './hostile.ts';

export interface Sending {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly headers: Record<string, string>;
  /** `store` takes an event without its envelope. */
  readonly endpoint: 'envelope' | 'store';
}

const REAL = [browserEnvelopes.session, browserEnvelopes.event, browserEnvelopes.span].map(({ body }) => body);

/** Item types of all SDKs, with a payload of their shape. */
const SHAPES: readonly [string, unknown][] = [
  ['transaction', { transaction: 'GET /', contexts: { trace: { trace_id: 'a' } }, spans: [{ data: { token: 'x' } }] }],
  ['log', { items: [{ timestamp: 1, body: 'x', level: 'info', attributes: { a: { type: 'string', value: 'b' } } }] }],
  ['trace_metric', { items: [{ name: 'x', value: 1, attributes: {} }] }],
  ['client_report', { discarded_events: [{ reason: 'before_send', category: 'error', quantity: 1 }] }],
  ['check_in', { check_in_id: 'a'.repeat(32), monitor_slug: 'night', status: 'ok', monitor_config: {} }],
  ['user_report', { event_id: 'a'.repeat(32), name: 'eva', email: 'e@x.test', comments: 'x' }],
  ['feedback', { contexts: { feedback: { message: 'x', contact_email: 'e@x.test' } } }],
  ['replay_event', { replay_id: 'a'.repeat(32), segment_id: 0, urls: ['http://shop.test/'], error_ids: [] }],
  ['profile', { samples: [], frames: [] }],
  ['profile_chunk', { profile: { samples: [] } }],
  ['sessions', { aggregates: [{ started: 'x', exited: 1 }], attrs: { release: 'r' } }],
  ['attachment', 'bytes'],
  ['statsd', 'a:1|c'],
  ['hologram', {}],
];

/** One request of a hostile client. */
export function hostileEnvelope(random: Random): Sending {
  const lines = random.chance(0.6) ? mutatedLines(random.pick(REAL).split('\n'), random) : builtLines(random);
  const isStore = random.chance(0.1);
  let bytes: Uint8Array = Buffer.from((isStore ? lines.slice(2, 3) : lines).join('\n'), 'utf8');
  if (random.chance(0.25)) bytes = brokenBytes(bytes, random);
  const { body, headers } = encoded(bytes, random);
  return { body: Uint8Array.from(body), headers, endpoint: isStore ? 'store' : 'envelope' };
}

function builtLines(random: Random): string[] {
  const lines = [json({ event_id: 'f'.repeat(32), trace: { trace_id: 'e'.repeat(32) } }, random)];
  for (let count = random.int(4); count >= 0; count -= 1) {
    const [type, shape] = random.pick(SHAPES);
    const payload = typeof shape === 'string' ? shape : json(shape, random);
    const length = random.chance(0.2) ? lyingLength(random) : Buffer.byteLength(payload);
    lines.push(random.chance(0.7) ? JSON.stringify({ type, length }) : json({ type, length }, random), payload);
  }
  return lines;
}

function mutatedLines(lines: readonly string[], random: Random): string[] {
  return lines.map((line) => {
    if (random.chance(0.1)) return random.pick(HOSTILE_JSON);
    try {
      return json(JSON.parse(line), random);
    } catch {
      return line;
    }
  });
}

function lyingLength(random: Random): unknown {
  return random.pick([0, 1, -1, 5, 1.5, 2 ** 31, 2 ** 53, 1e308, '7', null, true]);
}

function json(value: unknown, random: Random): string {
  if (random.chance(0.05)) return random.pick(HOSTILE_JSON);
  const text = JSON.stringify(mutated(value, random)) ?? 'null';
  // A key that comes twice: the later one wins.
  return random.chance(0.1) ? text.replace(/^\{/, `{"type":"event","tags":{"a":1},"tags":[["a"]],`) : text;
}

/** The value with some of its parts replaced, dropped, doubled or put elsewhere. */
function mutated(value: unknown, random: Random): unknown {
  if (random.chance(0.04)) return random.pick(HOSTILE_VALUES);
  if (Array.isArray(value)) {
    const items = value.flatMap((item: unknown) => {
      if (random.chance(0.03)) return [];
      const inner = mutated(item, random);
      return random.chance(0.03) ? Array(random.int(300)).fill(inner) : [inner];
    });
    return random.chance(0.02) ? Object.fromEntries(items.entries()) : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).flatMap(([key, inner]): [string, unknown][] => {
    if (random.chance(0.03)) return [];
    return [[random.chance(0.02) ? random.pick(HOSTILE_TEXTS) : key, mutated(inner, random)]];
  });
  if (random.chance(0.05)) entries.push([random.pick(HOSTILE_TEXTS), random.pick(HOSTILE_VALUES)]);
  return Object.fromEntries(entries);
}

function brokenBytes(bytes: Uint8Array, random: Random): Uint8Array {
  const broken = Buffer.from(bytes);
  if (random.chance(0.4)) return broken.subarray(0, random.int(broken.length + 1));
  for (let flips = random.int(20); flips >= 0 && broken.length > 0; flips -= 1) {
    const at = random.int(broken.length);
    broken.writeUInt8(broken.readUInt8(at) ^ (1 << random.int(8)), at);
  }
  return random.chance(0.2) ? Buffer.concat([broken, broken]) : broken;
}

const PACKERS: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  gzip: (bytes) => gzipSync(bytes),
  deflate: (bytes) => deflateSync(bytes),
  br: (bytes) => brotliCompressSync(bytes),
  zstd: (bytes) => zstdCompressSync(bytes),
};

function encoded(bytes: Uint8Array, random: Random): { body: Uint8Array; headers: Record<string, string> } {
  if (random.chance(0.7)) return { body: bytes, headers: {} };
  const name = random.pick(Object.keys(PACKERS));
  const packed = PACKERS[name]?.(bytes) ?? bytes;
  if (random.chance(0.6)) return { body: packed, headers: { 'content-encoding': name } };
  if (random.chance(0.5)) return { body: brokenBytes(packed, random), headers: { 'content-encoding': name } };
  const lie = random.pick(['gzip, gzip', 'identity', 'compress', 'x-gzip', 'br', '', '*', 'gzip;q=1']);
  return { body: packed, headers: { 'content-encoding': lie } };
}
