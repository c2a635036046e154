/** Which rules a platform follows. The names are Relay's; what it does not know is `other`. */
export type Family = 'javascript' | 'python' | 'other';

export function platformFamily(platform: string | undefined): Family {
  if (platform === 'javascript' || platform === 'node') return 'javascript';
  return platform === 'python' ? 'python' : 'other';
}

/** Platforms whose events carry the source line as it was written. */
const WITH_SOURCE = new Set(['javascript', 'node', 'python', 'php', 'ruby']);

export function hasSourceLines(platform: string | undefined): boolean {
  return platform !== undefined && WITH_SOURCE.has(platform);
}
