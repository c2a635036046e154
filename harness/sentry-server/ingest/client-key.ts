/** Where SDKs put their public key: the query, a header, or the DSN in the envelope. */

/** In Relay's order. `search` begins with `?` or is empty. Undefined when the request names none. */
export function keyOfRequest(search: string, header: (name: string) => string | undefined): string | undefined {
  const query = search === '' ? null : new URLSearchParams(search).get('sentry_key');
  if (query !== null) return query;
  for (const name of ['x-sentry-auth', 'authorization']) {
    const key = /^sentry\s.*?\bsentry_key=(?<key>[^,\s]+)/i.exec(header(name) ?? '')?.groups?.key;
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
