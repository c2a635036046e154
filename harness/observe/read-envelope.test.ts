/** Bodies that leave a page: which are envelopes, and what they hold. */
import { expect, test } from 'vitest';
import { readEnvelope } from './read-envelope.ts';

const SENTRY = 'https://sentry.test/api/1/envelope/?sentry_key=k';
const TUNNEL = 'https://shop.test/monitoring';
const ID = '0123456789abcdef0123456789abcdef';
const DSN = 'https://k@sentry.test/1';
const BOOM = { exception: { values: [{ type: 'TypeError', value: 'boom' }] } };

function body(...lines: readonly unknown[]): Buffer {
  return Buffer.from(lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
}

const GRÜSSE = JSON.stringify({ event_id: ID, message: 'Grüße ☃', level: 'error' });

test.each([
  ['an event', SENTRY, body({ event_id: ID }, { type: 'event' }, BOOM), [[ID, 'TypeError: boom', true]]],
  ['an id with dashes', SENTRY, body({ event_id: '0123-4567' }, { type: 'event' }, {}), [['01234567', '', false]]],
  ['a message', SENTRY, body({}, { type: 'event' }, { event_id: ID, message: 'hi' }), [[ID, 'hi', false]]],
  ['a message of level error', SENTRY, body({}, { type: 'event' }, GRÜSSE), [[ID, 'Grüße ☃', true]]],
  [
    'an event after another item, with lengths in bytes',
    SENTRY,
    body({}, { type: 'log', length: 6 }, '{\n"é"', { type: 'event', length: Buffer.byteLength(GRÜSSE) }, GRÜSSE),
    [[ID, 'Grüße ☃', true]],
  ],
  [
    'an event whose length is left out, before another',
    SENTRY,
    body({}, { type: 'event' }, GRÜSSE, { type: 'event' }, { event_id: 'b' }),
    [
      [ID, 'Grüße ☃', true],
      ['b', '', false],
    ],
  ],
  [
    'an exception that is none',
    SENTRY,
    body({ event_id: ID }, { type: 'event' }, { exception: { values: [null] } }),
    [[ID, '', false]],
  ],
  ['an event that is cut off', SENTRY, body({ event_id: ID }, { type: 'event' }, '{"exception":'), [[ID, '', false]]],
  ['a session', SENTRY, body({ sent_at: 'now' }, { type: 'session' }, {}), []],
  [
    'the older bare event',
    'https://sentry.test/api/1/store/',
    body({ event_id: ID, ...BOOM }),
    [[ID, 'TypeError: boom', true]],
  ],
  ['a tunnel', TUNNEL, body({ event_id: ID, dsn: DSN }, { type: 'event' }, BOOM), [[ID, 'TypeError: boom', true]]],
])('reads %s', (_, url, bytes, events) => {
  expect(readEnvelope(url, bytes)?.events.map(({ id, text, isError }) => [id, text, isError])).toEqual(events);
});

test.each([
  ['JSON of the app that has the same words', TUNNEL, body({ sent_at: 'now', event_id: ID, trace: {} })],
  ['JSON of the app with a dsn', TUNNEL, body({ dsn: DSN, exception: 'none' })],
  ['JSON of the app with a dsn, over several lines', TUNNEL, body({ dsn: DSN }, { name: 'x' })],
  ['an event without items', TUNNEL, body({ event_id: ID, dsn: DSN })],
  ['a form', TUNNEL, body('"dsn"=x&name=y')],
  ['bytes', SENTRY, Buffer.from([0, 1, 2, 255])],
  ['nothing', SENTRY, Buffer.alloc(0)],
])('leaves %s', (_, url, bytes) => {
  expect(readEnvelope(url, bytes)).toBeUndefined();
});

test('tells the trace of the page', () => {
  const bytes = body({ event_id: ID, trace: { trace_id: 'a1' } }, { type: 'event' }, BOOM);

  expect(readEnvelope(SENTRY, bytes)?.traceId).toBe('a1');
});
