/** Where SDKs put their public key: the query, a header, or the DSN in the envelope. */

/** In Relay's order. Undefined when the request names none. */
export function keyOfRequest(request: Request): string | undefined {
  const query = new URL(request.url).searchParams.get('sentry_key');
  if (query !== null) return query;
  for (const name of ['x-sentry-auth', 'authorization']) {
    const value = request.headers.get(name) ?? '';
    const key = /^sentry\s.*?\bsentry_key=(?<key>[^,\s]+)/i.exec(value)?.groups?.key;
    if (key !== undefined) return key;
  }
  return undefined;
}

export function keyOfDsn(dsn: string | undefined): string | undefined {
  const user = dsn === undefined ? undefined : URL.parse(dsn)?.username;
  return user === '' ? undefined : user;
}

export function isPublicKey(key: string): boolean {
  return /^[0-9a-f]{32}$/i.test(key);
}
