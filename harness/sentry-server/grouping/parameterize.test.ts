import { expect, test } from 'vitest';
import { groupableMessage, parameterize } from './parameterize.ts';

test.each([
  ['int', 'order 4711 failed', 'order <int> failed'],
  ['negative int', 'balance -12', 'balance <int>'],
  ['float', 'took 1.5 of 2.25', 'took <float> of <float>'],
  ['duration', 'timeout of 3000ms exceeded', 'timeout of <duration> exceeded'],
  ['uuid', 'no user 3f2504e0-4f89-11d3-9a0c-0305e82c3301', 'no user <uuid>'],
  ['email', 'ada.l@example.com is taken', '<email> is taken'],
  ['url', 'GET https://api.example.com/v1/x?y=1 failed', 'GET <url> failed'],
  ['hostname', 'getaddrinfo ENOTFOUND api.example.com', 'getaddrinfo ENOTFOUND <hostname>'],
  ['ip', 'connect ECONNREFUSED 10.0.0.1:80', 'connect ECONNREFUSED <ip>:<int>'],
  ['md5', 'etag d41d8cd98f00b204e9800998ecf8427e', 'etag <md5>'],
  ['sha1', 'commit da39a3ee5e6b4b0d3255bfef95601890afd80709', 'commit <sha1>'],
  ['short git sha', 'at 1a2b3c4 now', 'at <git_sha> now'],
  ['date', 'since 2026-11-23T02:00:00Z', 'since <date>'],
  ['hex', 'at 0x7ffee4', 'at <hex>'],
  ['quoted string after =', `name="Ada" 'x'`, `name=<quoted_str> 'x'`],
  ['bool after =', 'ok=true and true', 'ok=<bool> and true'],
  [
    'words and code stay',
    "Cannot read properties of undefined (reading 'items')",
    "Cannot read properties of undefined (reading 'items')",
  ],
  ['a name with a digit stays', 'item42 is not a function', 'item42 is not a function'],
])('%s', (_, text, expected) => {
  expect(parameterize(text)).toBe(expected);
});

test('a very long text stays as it is', () => {
  expect(parameterize('1 '.repeat(5000))).toBe('1 '.repeat(5000));
});

/** Backtracking without bound would never come back from these. */
test.each([
  ['dots', 'a.'.repeat(4000), 'a.'.repeat(4000)],
  ['colons', '1:'.repeat(4000), '<ip>:'.repeat(500)],
  ['an address without a host', `${'a'.repeat(4000)}@`, `${'a'.repeat(4000)}@`],
  ['digits', '0'.repeat(8192), '0'.repeat(8192)],
  ['quotes', '"'.repeat(8000), '"'.repeat(8000)],
])('thousands of %s are read in one go', (_, text, expected) => {
  expect(parameterize(text)).toBe(expected);
});

test('a message is cut to its first two lines that say something', () => {
  expect(groupableMessage('\n one 1 \n\n two\nthree')).toBe(' one <int> \n two...');
});
