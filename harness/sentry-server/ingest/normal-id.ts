/** Ids of events and traces: 32 hex digits; dashes are tolerated. */
export function normalId(id: string | undefined): string | undefined {
  const plain = id?.replaceAll('-', '').toLowerCase();
  return plain !== undefined && /^[0-9a-f]{32}$/.test(plain) ? plain : undefined;
}
