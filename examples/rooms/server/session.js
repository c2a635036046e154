/** One member's bookings, found again by a cookie. */
import { randomUUID } from 'node:crypto';
import { readSeed } from './seed.js';

const COOKIE = 'harbour_session';
const sessions = new Map();

export function withSession(request, response, next) {
  const [, known] = /(?:^|;\s*)harbour_session=([\w-]+)/.exec(request.headers.cookie ?? '') ?? [];
  let session = sessions.get(known);
  if (session === undefined) {
    const id = randomUUID();
    session = { bookings: readSeed('bookings.json') };
    sessions.set(id, session);
    response.cookie(COOKIE, id, { httpOnly: true, sameSite: 'lax' });
  }
  request.session = session;
  next();
}
