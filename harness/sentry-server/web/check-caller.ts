/** Lets a caller of the Web API in: by token where one is set, and never a foreign web page. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { ServerParts } from '../server-parts.ts';
import { forbidden, notFound, unauthorized } from './api-error.ts';

export function checkCaller(parts: ServerParts): MiddlewareHandler {
  return async (c, next) => {
    // A page of another origin can send a form's POST without asking first.
    const origin = c.req.header('origin');
    if (origin !== undefined && origin !== new URL(c.req.url).origin && c.req.method !== 'GET') throw forbidden();
    if (parts.token !== undefined) checkToken(c.req.header('authorization'), parts.token);
    await next();
  };
}

/** The server has one organisation; its id is 1. */
export function checkOrganization(parts: ServerParts): MiddlewareHandler {
  return async (c, next) => {
    const org = c.req.param('org');
    if (org !== parts.org && org !== '1') throw notFound();
    await next();
  };
}

/** The pages for people ask for the token as a password, which browsers can remember. */
export function checkVisitor(parts: ServerParts): MiddlewareHandler {
  return async (c, next) => {
    if (parts.token === undefined || c.req.path.startsWith('/api/')) return next();
    if (isToken(c.req.header('authorization'), parts.token)) return next();
    return c.text('This Sentry asks for its token as the password.', 401, {
      'www-authenticate': 'Basic realm="embedded Sentry", charset="UTF-8"',
    });
  };
}

function checkToken(header: string | undefined, token: string): void {
  if (header === undefined) throw unauthorized('Authentication credentials were not provided.');
  if (!isToken(header, token)) throw unauthorized('Invalid token');
}

/** `Bearer <token>`, or `Basic` with any name and the token as password. */
function isToken(header: string | undefined, token: string): boolean {
  const [, scheme = '', value = ''] = /^(bearer|basic) +(\S+) *$/i.exec(header ?? '') ?? [];
  const pair = Buffer.from(value, 'base64').toString('utf8');
  const given = scheme.toLowerCase() === 'basic' ? pair.slice(pair.indexOf(':') + 1) : value;
  return timingSafeEqual(digest(given), digest(token));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
