/** One operation of Sentry's Web API: what it does, what it asks, and which scope of the token it needs. */

export type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>;

export interface Call {
  /** For people: “list the issues”. */
  readonly does: string;
  /** The least scope that the token needs: `event:read`. */
  readonly scope: string;
  readonly method?: 'GET' | 'POST' | 'PUT';
  /** Below `/api/0`, with a slash at both ends, built by `urlPath`. */
  readonly path: string;
  readonly query?: Query;
  readonly body?: unknown;
}

/** `GET /organizations/acme/issues/`; without the query, which may hold a stranger's text. */
export function nameOf(call: Call): string {
  return `${call.method ?? 'GET'} ${call.path}`;
}
