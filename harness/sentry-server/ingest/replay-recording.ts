/** A part of a replay: a line of JSON, then the recorder's events, mostly packed. Unpacked within bounds, filtered, packed as they came. */
import { deflateSync, gunzipSync, gzipSync, inflateRawSync, inflateSync, type ZlibOptions } from 'node:zlib';
import { limits } from '../limits.ts';
import type { Scrubber } from '../privacy/scrubber.ts';
import { parseJson } from './parse-json.ts';

interface Packing {
  readonly unpack: (bytes: Uint8Array, options: ZlibOptions) => Uint8Array;
  readonly pack: (bytes: Uint8Array) => Uint8Array;
}

const ZLIB: Packing = { unpack: inflateSync, pack: (bytes) => deflateSync(bytes) };
const GZIP: Packing = { unpack: gunzipSync, pack: (bytes) => gzipSync(bytes) };
/** Nobody reads it but who knows that it has no header: what comes so leaves with one. */
const RAW: Packing = { unpack: inflateRawSync, pack: ZLIB.pack };
const PLAIN: Packing = { unpack: (bytes) => bytes, pack: (bytes) => bytes };

const NEWLINE = 0x0a;
const BRACKET = 0x5b;

/** The recording without secrets; undefined where it cannot be read within the bounds. */
export function scrubRecording(payload: Uint8Array, scrubber: Scrubber): Uint8Array | undefined {
  const start = payload[0] === BRACKET ? 0 : payload.indexOf(NEWLINE) + 1;
  const body = payload.subarray(start);
  const packing = packingOf(body);
  const events = readEvents(body, packing);
  if (events === undefined) return undefined;
  if (!scrubber.item('replay_recording', { events })) return payload;
  const fit = packing.pack(new TextEncoder().encode(JSON.stringify(events)));
  return Buffer.concat([payload.subarray(0, start), fit]);
}

/** The recorder's events; undefined where they cannot be read. */
export function recordedEvents(body: Uint8Array): unknown[] | undefined {
  return readEvents(body, packingOf(body));
}

function packingOf(body: Uint8Array): Packing {
  const [first = 0, second = 0] = body;
  if (first === 0x1f && second === 0x8b) return GZIP;
  // A header of zlib: deflate with a window of at most 32 kB, and a check sum.
  if ((first & 0x8f) === 0x08 && ((first << 8) | second) % 31 === 0) return ZLIB;
  return looksLikeText(body) ? PLAIN : RAW;
}

function looksLikeText(body: Uint8Array): boolean {
  return /^\s*\[/.test(Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, 64)).toString('latin1'));
}

function readEvents(body: Uint8Array, { unpack }: Packing): unknown[] | undefined {
  const bytes = unpacked(body, unpack);
  const events = bytes && parseJson(bytes, limits.recordingDepth);
  return Array.isArray(events) ? events : undefined;
}

/** Undefined for what is cut off, no such packing, or larger than we unpack. */
function unpacked(body: Uint8Array, unpack: Packing['unpack']): Uint8Array | undefined {
  try {
    return unpack(body, { maxOutputLength: limits.recordingBytes });
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}
