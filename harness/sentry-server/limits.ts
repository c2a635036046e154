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
  exceptions: 50,
  frames: 250,
  breadcrumbs: 100,
  tags: 100,
  messageChars: 8192,
  /** Raw items (spans, sessions, replays …) kept per project; older ones make room. */
  rawItems: 5000,
  rawItemBytes: 256 * KIB,
} as const;
