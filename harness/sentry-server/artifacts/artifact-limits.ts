/** How much of uploaded source maps the embedded Sentry takes and keeps in memory. */
const MIB = 1024 * 1024;

export const artifactLimits = {
  chunkBytes: 8 * MIB,
  chunksPerRequest: 64,
  requestBytes: 32 * MIB,
  /** A bundle as it is uploaded, packed. */
  bundleBytes: 128 * MIB,
  /** All files of a bundle, unpacked. */
  unpackedBytes: 1024 * MIB,
  /** One file of a bundle, unpacked. */
  fileBytes: 64 * MIB,
  manifestBytes: 16 * MIB,
  filesPerBundle: 20_000,
  pathChars: 1024,
  /** Chunks that wait for their bundle; the oldest make room. */
  waitingBytes: 512 * MIB,
  waitingMs: 24 * 60 * 60 * 1000,
  /** All bundles together, packed; the oldest make room. */
  keptBytes: 2048 * MIB,
  mappings: 2_000_000,

  /** Texts of scripts. */
  textCacheBytes: 32 * MIB,
  /** What scripts say of their maps. */
  referenceCacheBytes: MIB,
  /** Source maps, as read. */
  mapCacheBytes: 64 * MIB,
  /** Places of frames, mapped. */
  placeCacheBytes: 8 * MIB,
  /** Functions of sources, with their names. */
  functionCacheBytes: 16 * MIB,
  /** A source larger than this is not searched for the function around a place. */
  scopeChars: 1_000_000,
  errorsPerEvent: 50,
  /** Frames of one event that are mapped; a stranger may send many thousands. */
  framesPerEvent: 1000,
} as const;
