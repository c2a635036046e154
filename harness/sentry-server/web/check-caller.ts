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

function checkToken(header: string | undefined, token: string): void {
  if (header === undefined) throw unauthorized('Authentication credentials were not provided.');
  const given = /^bearer\s+(?<token>\S+)\s*$/i.exec(header)?.groups?.token ?? '';
  if (!timingSafeEqual(digest(given), digest(token))) throw unauthorized('Invalid token');
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
