/** How much the embedded Sentry takes from a caller: Relay's defaults where they are published. */
const KIB = 1024;
const MIB = 1024 * KIB;

export const limits = {
  /** Request body as it came over the wire. */
  bodyBytes: 20 * MIB,
  /** The same after decompression. */
  unpackedBytes: 50 * MIB,
  eventBytes: MIB,
  /** Body of a call to the Web API. */
  apiBodyBytes: MIB,
  /** Calls of the Web API: per endpoint and second, and at a time. */
  api: { callsPerSecond: 40_000, concurrent: 100 },
  headerBytes: 64 * KIB,
  items: 1000,
  jsonDepth: 100,
  /** Of a replay's recording after unpacking: what SDKs hold at most, and a deep page. */
  recordingBytes: 20 * MIB,
  recordingDepth: 1000,
  exceptions: 50,
  frames: 250,
  breadcrumbs: 100,
  tags: 100,
  messageChars: 8192,
  /** Raw items (spans, sessions, replays …) kept per project; older ones make room. */
  rawItems: 5000,
  /** All of a project's raw items together. */
  rawTotalBytes: 256 * MIB,
} as const;

/** Bytes that an item may have after unpacking: pictures, recordings and profiles are large, the rest is not. */
export function maxItemBytes(type: string): number {
  return LARGE_ITEMS[type] ?? MIB;
}

const LARGE_ITEMS: Readonly<Record<string, number>> = {
  event: limits.eventBytes,
  attachment: 40 * MIB,
  replay_recording: 10 * MIB,
  replay_video: 20 * MIB,
  profile: 20 * MIB,
  profile_chunk: 20 * MIB,
  span: 10 * MIB,
};
