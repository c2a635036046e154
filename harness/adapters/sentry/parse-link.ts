/** Reads the cursor of the next page from Sentry's `Link` header. */

/** Undefined when there is no further page. The header's address is not used: the token stays with the host it was meant for. */
export function nextCursor(header: string | null): string | undefined {
  for (const part of (header ?? '').split(/,\s*(?=<)/)) {
    const isNext = /;\s*rel="next"/.test(part) && /;\s*results="true"/.test(part);
    const cursor = /;\s*cursor="(?<cursor>[^"]+)"/.exec(part)?.groups?.cursor;
    if (isNext && cursor !== undefined) return cursor;
  }
  return undefined;
}
