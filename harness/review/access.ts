/** Who may read and act: a token that opens one browser, then its cookie; and only requests that name this server and come from its pages. */
import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { isFromOwnPage, isSame, LOOPBACK, signed } from '../web/own-page.ts';

const HOURS = 12;

export interface AccessOptions {
  readonly now: () => Date;
  /** Lasting, typed in at the sign-in page; without it the first address's token is all there is, and opens once. */
  readonly token?: string | undefined;
  /** The name that the server was bound to; other machines may ask by it. */
  readonly host: string;
}

export interface Access {
  /** To be given in the first address, once. */
  readonly firstToken: string;
  /** Whether the sign-in page takes a token. */
  readonly hasLastingToken: boolean;
  /** Whether the request names this server: a page that points its own name at this machine does not. */
  isHostRight(c: Context): boolean;
  /** Undefined for a stranger; else what this browser's pages send along with what they do. */
  pageTokenOf(c: Context): string | undefined;
  /** Whether the token opens the door; the cookie is set then, and a first token is used up. */
  enter(c: Context, token: string): boolean;
  /** For what changes something: from a page of ours, with what only it knows. */
  mayAct(c: Context): boolean;
}

export function openAccess({ now, token, host }: AccessOptions): Access {
  const secret = randomBytes(32).toString('base64url');
  const firstToken = randomBytes(24).toString('base64url');
  let isUsed = false;

  const originOf = (c: Context): string => new URL(c.req.url).origin;
  // Cookies know no ports: each server on this machine has its own.
  const cookieOf = (c: Context): string => `mendwright_review_${new URL(c.req.url).port || '80'}`;

  function pageTokenOf(c: Context): string | undefined {
    const session = getCookie(c, cookieOf(c)) ?? '';
    const [expires = '', nonce = '', mark = ''] = session.split('.');
    if (!isSame(mark, signed(secret, `session ${expires}.${nonce}`))) return undefined;
    if (Number(expires) <= now().getTime()) return undefined;
    return signed(secret, `page ${session}`);
  }

  return {
    firstToken,
    hasLastingToken: token !== undefined,
    isHostRight: (c) => {
      const { hostname } = new URL(c.req.url);
      // Bound to every address, it cannot know its names: there the cookie alone decides.
      return LOOPBACK.test(hostname) || hostname === host || /^(?:0\.0\.0\.0|\[?::\]?)$/.test(host);
    },
    pageTokenOf,
    enter: (c, given) => {
      const isFirst = !isUsed && isSame(given, firstToken);
      if (!isFirst && !(token !== undefined && isSame(given, token))) return false;
      if (isFirst) isUsed = true;
      const ticket = `${now().getTime() + HOURS * 3_600_000}.${randomBytes(16).toString('base64url')}`;
      setCookie(c, cookieOf(c), `${ticket}.${signed(secret, `session ${ticket}`)}`, {
        httpOnly: true,
        sameSite: 'Strict',
        path: '/',
        maxAge: HOURS * 3600,
      });
      return true;
    },
    mayAct: (c) => {
      const pageToken = pageTokenOf(c);
      if (pageToken === undefined || !isFromOwnPage((name) => c.req.header(name), [originOf(c)])) return false;
      return isSame(c.req.header('x-page-token') ?? '', pageToken);
    },
  };
}
