/** One operation of a code host's API: what it does, what it asks, and which permission the token needs for it. */

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export interface ForgeCall {
  /** For people: “open the pull request”. */
  readonly does: string;
  /** The least permission in the host's own words: “Pull requests: write”. */
  readonly needs: string;
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH';
  /** Below the API's address, begins with a slash, built by `urlPath`; or a whole address that the host gave as the next page. */
  readonly path: string;
  readonly query?: Query;
  readonly body?: unknown;
  /** `application/json` where left out. */
  readonly contentType?: string;
}

/** Where calls go, and how they say who asks. */
export interface ForgeTarget {
  /** `GitHub`. */
  readonly name: string;
  /** Address of the API without a slash at its end. */
  readonly api: string;
  /** The header `authorization`. */
  readonly authorization: string;
  /** Kept out of everything that is printed. */
  readonly token: string;
  /** The variable that holds the token. */
  readonly tokenName: string;
}

/** `POST /repos/acme/shop/pulls`; without the query, which may hold a stranger's text. */
export function nameOf({ method = 'GET', path }: ForgeCall): string {
  return `${method} ${path.split('?', 1)[0]}`;
}

export function withoutToken(text: string, { token }: Pick<ForgeTarget, 'token'>): string {
  return text.replaceAll(token, '[token]');
}
