import { expect, test } from 'vitest';
import { EventPayload } from '../event/payload.ts';
import { compileScrubber } from './scrubber.ts';

const scrub = (event: unknown) => compileScrubber().event(EventPayload.parse(event));

test.each([
  ['a query in pairs', { request: { query_string: [['token', 'abc']] } }, { query_string: [['token', '[Filtered]']] }],
  ['a query by name', { request: { query_string: { token: 'abc' } } }, { query_string: { token: '[Filtered]' } }],
  ['a body that is cut off', { request: { data: '{"token":"ab' } }, { data: '{"token":"[Filtered]' }],
  ['a body without secrets', { request: { data: '{ "a": 1 }' } }, { data: '{ "a": 1 }' }],
])('looks into %s', (_, event, request) => {
  expect(scrub(event).request).toMatchObject(request);
});

test('looks into the addresses of a report about the security policy', () => {
  const document_uri = 'http://shop.test/?token=abc';
  const blocked_uri = 'http://eva:abc@cdn.test/';

  expect(scrub({ csp: { document_uri, blocked_uri } })).toMatchObject({
    csp: { document_uri: 'http://shop.test/?token=[Filtered]', blocked_uri: expect.not.stringContaining('abc') },
    _meta: { csp: { document_uri: {}, blocked_uri: {} } },
  });
});

test("looks into a user's own fields", () => {
  expect(scrub({ user: { id: 7, data: { secret: 'abc', plan: 'free' } } }).user).toMatchObject({
    id: '7',
    data: { secret: '[Filtered]', plan: 'free' },
  });
});

test('a key __proto__ is a key like others, in the event and in the remarks', () => {
  const extra: unknown = JSON.parse('{"__proto__":{"token":"abc","n":1}}');

  const event = scrub({ contexts: { state: extra } });

  expect(JSON.stringify(event.contexts)).toBe('{"state":{"__proto__":{"token":"[Filtered]","n":1}}}');
  expect(JSON.stringify(event._meta)).toContain('"__proto__":{"token":{"":');
  expect({}).not.toHaveProperty('token');
});

test('remarks of the sender stay beside ours', () => {
  const event = scrub({ _meta: { release: { '': { len: 900 } } }, user: { token: 'abc' } });

  expect(event._meta).toMatchObject({ release: { '': { len: 900 } }, user: { token: { '': { len: 3 } } } });
});

test('an event without secrets is the same object', () => {
  const event = EventPayload.parse({ message: 'boom', extra: { a: 1 } });

  expect(compileScrubber().event(event)).toBe(event);
});
