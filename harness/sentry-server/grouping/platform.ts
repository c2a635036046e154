/** Which family of grouping rules a platform follows. */
export type Family = 'javascript' | 'python' | 'php' | 'ruby' | 'other';

export function platformFamily(platform: string | undefined): Family {
  if (platform === undefined) return 'other';
  if (platform === 'node' || platform.startsWith('javascript') || platform === 'cocoa-javascript') return 'javascript';
  if (platform.startsWith('python')) return 'python';
  if (platform.startsWith('php')) return 'php';
  return platform.startsWith('ruby') ? 'ruby' : 'other';
}
