/**
 * The form of an event in the inbox: eight bytes (length and CRC-32 of what follows), then a line of JSON with all that is known
 * of the event, then the event itself, which nobody parses again.
 */
import { readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { Arrival } from '../../event/arrival.ts';

export interface InboxRecord {
  readonly projectId: number;
  readonly arrival: Arrival;
  /** Where it ends in the inbox. */
  readonly end: number;
}

const HEAD = 8;
const NEWLINE = 0x0a;

/** Two buffers, to be written one after the other. */
export function encodeRecord(projectId: number, { stored, ...known }: Arrival): [Buffer, Buffer] {
  const line = JSON.stringify({ projectId, known });
  const text = typeof stored === 'string' ? stored : Buffer.from(stored).toString();
  const body = Buffer.from(`${line}\n${text}`);
  const head = Buffer.allocUnsafe(HEAD);
  head.writeUInt32LE(body.length, 0);
  head.writeUInt32LE(crc32(body), 4);
  return [head, body];
}

/** Offsets in the inbox; `base` is that of the file's first byte. */
export interface Stretch {
  readonly base: number;
  readonly from: number;
  readonly to: number;
}

/** What was read last; large ones are not kept. */
let room = Buffer.alloc(0);
const ROOM_BYTES = 2 * 1024 * 1024;

/**
 * Reads whole records, of `bytes` in all if the first is no longer than that; stops where one is not whole. The bytes of their
 * events are overwritten by the next call.
 */
export function readRecords(fd: number, { base, from, to }: Stretch, bytes: number): InboxRecord[] {
  const first = Buffer.allocUnsafe(HEAD);
  const needed = readSync(fd, first, 0, HEAD, from - base) === HEAD ? HEAD + first.readUInt32LE(0) : 0;
  if (needed === 0 || from + needed > to) return [];
  const wanted = Math.min(to - from, Math.max(bytes, needed));
  const buffer = wanted > ROOM_BYTES ? Buffer.allocUnsafeSlow(wanted) : roomFor(wanted);
  const read = readSync(fd, buffer, 0, wanted, from - base);
  const records: InboxRecord[] = [];
  for (let at = 0; at + HEAD <= read; ) {
    const start = at + HEAD;
    const end = start + buffer.readUInt32LE(at);
    if (end > read) break;
    const body = buffer.subarray(start, end);
    if (crc32(body) !== buffer.readUInt32LE(at + 4)) break;
    records.push({ ...decode(body), end: from + end });
    at = end;
  }
  return records;
}

function roomFor(bytes: number): Buffer {
  if (room.length < bytes) room = Buffer.allocUnsafeSlow(bytes);
  return room.subarray(0, bytes);
}

function decode(body: Buffer): Pick<InboxRecord, 'projectId' | 'arrival'> {
  const split = body.indexOf(NEWLINE);
  const { projectId, known } = JSON.parse(body.toString('utf8', 0, split)) as Line;
  return { projectId, arrival: { ...known, stored: body.subarray(split + 1) } };
}

/** Written by `encodeRecord`, and whole, as its CRC says. */
interface Line {
  readonly projectId: number;
  readonly known: Omit<Arrival, 'stored'>;
}
