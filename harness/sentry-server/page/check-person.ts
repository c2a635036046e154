/** Lets a person at a browser in: by a cookie that a token was given for, and writes only from our own pages. */
import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { isSame, isFromOwnPage as isSentByOwnPage, signed } from '../../web/own-page.ts';
import type { ServerParts } from '../server-parts.ts';

const COOKIE = 'mendwright_page';
const HOURS = 12;

/** Who reads a page. */
export interface Person {
  /** What forms must bring along; undefined where the server has no token. */
  readonly formToken: string | undefined;
}

/** Undefined where the server has a token and the browser brings no valid cookie. */
export function personAt(parts: ServerParts, c: Context): Person | undefined {
  const { token } = parts;
  if (token === undefined) return { formToken: undefined };
  const session = getCookie(c, COOKIE) ?? '';
  const [expires = '', nonce = '', mark = ''] = session.split('.');
  if (!isSame(mark, signed(token, `session ${expires}.${nonce}`))) return undefined;
  if (Number(expires) <= parts.now().getTime()) return undefined;
  return { formToken: signed(token, `form ${session}`) };
}

/** Returns whether the token was right; then the browser has its cookie. */
export function signIn(parts: ServerParts, c: Context, given: string): boolean {
  const { token } = parts;
  if (token === undefined || !isSame(given, token)) return false;
  const ticket = `${parts.now().getTime() + HOURS * 3_600_000}.${randomBytes(16).toString('base64url')}`;
  setCookie(c, COOKIE, `${ticket}.${signed(token, `session ${ticket}`)}`, {
    httpOnly: true,
    sameSite: 'Strict',
    path: '/',
    maxAge: HOURS * 3600,
    secure: ownOrigins(parts, c).some((origin) => origin.startsWith('https:')),
  });
  return true;
}

export function signOut(c: Context): void {
  deleteCookie(c, COOKIE, { path: '/' });
}

export function isFormTokenRight(person: Person, given: string | null): boolean {
  return person.formToken === undefined || isSame(given ?? '', person.formToken);
}

/** Whether one of our own pages sent the form. */
export function isFromOwnPage(parts: ServerParts, c: Context): boolean {
  return isSentByOwnPage((name) => c.req.header(name), ownOrigins(parts, c));
}

/** As the request sees it and, behind a proxy, as the world does. */
function ownOrigins(parts: ServerParts, c: Context): string[] {
  return [new URL(c.req.url).origin, new URL(parts.baseUrl(c.req.raw)).origin];
}
