/** Reads zip archives from strangers in memory: the central directory first, each file only when it is asked for. */
import { crc32, inflateRawSync } from 'node:zlib';

export interface ZipLimits {
  readonly entries: number;
  readonly nameBytes: number;
  /** Of one file, unpacked. */
  readonly fileBytes: number;
  /** Of all files, unpacked. */
  readonly totalBytes: number;
}

/** A file as it lies in the archive. */
export interface PackedFile {
  readonly method: number;
  /** Bytes when unpacked, as the archive says. */
  readonly size: number;
  readonly crc: number;
  readonly packed: Uint8Array;
}

export type Zip =
  | { readonly kind: 'zip'; readonly files: ReadonlyMap<string, PackedFile> }
  | { readonly kind: 'invalid'; readonly why: string };

const END = 0x06054b50;
const END_BYTES = 22;
const MOST_COMMENT = 0xffff;
const DIRECTORY_ENTRY = 0x02014b50;
const DIRECTORY_ENTRY_BYTES = 46;
const LOCAL_HEADER = 0x04034b50;
const LOCAL_HEADER_BYTES = 30;
const IS_ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;
/** What the archive says in place of a number that needs the 64-bit form. */
const TOO_LARGE = 0xffffffff;

const decoder = new TextDecoder('utf-8');

/** Nothing is unpacked here; what the directory claims is held against the limits, and later against what is found. */
export function openZip(bytes: Uint8Array, limits: ZipLimits): Zip {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOfDirectory(view);
  if (end === undefined) return invalid('it is no zip archive');
  const count = view.getUint16(end + 10, true);
  const directoryBytes = view.getUint32(end + 12, true);
  if (count > limits.entries) return invalid(`it has more than ${limits.entries} files`);
  // Something may stand in front of the archive, and offsets may count it or not.
  const shift = end - directoryBytes - view.getUint32(end + 16, true);
  let at = end - directoryBytes;
  if (at < 0 || shift < 0) return invalid('its directory is cut off');
  const files = new Map<string, PackedFile>();
  let total = 0;
  for (let index = 0; index < count; index += 1) {
    const entry = entryAt(view, bytes, at, end);
    if (entry === undefined) return invalid('its directory is damaged');
    at = entry.next;
    total += entry.size;
    if (entry.nameBytes > limits.nameBytes) return invalid('the name of a file is too long');
    if (entry.isEncrypted) return invalid(`${entry.name} is encrypted`);
    if (entry.method !== STORED && entry.method !== DEFLATED)
      return invalid(`${entry.name} is packed in an unknown way`);
    if (entry.size > limits.fileBytes || total > limits.totalBytes) return invalid('it unpacks to too much');
    const packed = packedBytes(view, bytes, { at: shift + entry.offset, length: entry.packedBytes, end });
    if (packed === undefined) return invalid(`${entry.name} is cut off`);
    files.set(entry.name, { method: entry.method, size: entry.size, crc: entry.crc, packed });
  }
  return { kind: 'zip', files };
}

/** Undefined where the bytes are not what the archive said of them. */
export function unpack({ method, size, crc, packed }: PackedFile): Uint8Array | undefined {
  const bytes = method === STORED ? packed : inflate(packed, size);
  return bytes?.byteLength === size && crc32(bytes) === crc ? bytes : undefined;
}

function inflate(packed: Uint8Array, size: number): Uint8Array | undefined {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, size) });
  } catch (error) {
    const isDamaged = error instanceof Error && 'code' in error && /^(?:Z_|ERR_BUFFER_TOO_LARGE)/.test(`${error.code}`);
    if (!isDamaged) throw error;
    return undefined;
  }
}

/** A comment of unknown length stands after the end mark. */
function endOfDirectory(view: DataView): number | undefined {
  const first = Math.max(0, view.byteLength - END_BYTES - MOST_COMMENT);
  for (let at = view.byteLength - END_BYTES; at >= first; at -= 1) {
    if (view.getUint32(at, true) === END) return at;
  }
  return undefined;
}

function entryAt(view: DataView, bytes: Uint8Array, at: number, end: number) {
  if (at + DIRECTORY_ENTRY_BYTES > end || view.getUint32(at, true) !== DIRECTORY_ENTRY) return undefined;
  const nameBytes = view.getUint16(at + 28, true);
  const name = at + DIRECTORY_ENTRY_BYTES;
  const next = name + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  const packedSize = view.getUint32(at + 20, true);
  const size = view.getUint32(at + 24, true);
  const offset = view.getUint32(at + 42, true);
  if (next > end || packedSize === TOO_LARGE || size === TOO_LARGE || offset === TOO_LARGE) return undefined;
  return {
    name: decoder.decode(bytes.subarray(name, name + nameBytes)),
    nameBytes,
    isEncrypted: (view.getUint16(at + 8, true) & IS_ENCRYPTED) !== 0,
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    packedBytes: packedSize,
    size,
    offset,
    next,
  };
}

function packedBytes(
  view: DataView,
  bytes: Uint8Array,
  { at, length, end }: { at: number; length: number; end: number },
): Uint8Array | undefined {
  if (at + LOCAL_HEADER_BYTES > end || view.getUint32(at, true) !== LOCAL_HEADER) return undefined;
  const start = at + LOCAL_HEADER_BYTES + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  return start + length > end ? undefined : bytes.subarray(start, start + length);
}

function invalid(why: string): Zip {
  return { kind: 'invalid', why };
}
