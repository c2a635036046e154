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
  ['email without a dot', 'mail to ada@localhost bounced', 'mail to <email> bounced'],
  ['url up to the next blank', `fetch("https://x.example/a?b") failed`, 'fetch("<url> failed'],
  ['property that ends like a host', 'user.id is undefined', '<hostname> is undefined'],
  ['name that goes on behind the host', 'see order.id.text', 'see order.id.text'],
  ['file name', 'cannot open order.css or order.ts', 'cannot open order.css or order.ts'],
  ['mac in three spellings', '00:1b:44:11:3a:b7 00-1b-44-11-3a-b7 001b.4411.3ab7', '<mac> <mac> <mac>'],
  ['ip v6', 'listen EADDRINUSE :::3000 2001:db8::8a2e:370:7334', 'listen EADDRINUSE <ip>:<int> <ip>'],
  ['a C++ name is no address', 'Parcel::send failed', 'Parcel::send failed'],
  ['five dotted numbers are no address', 'version 1.2.3.4.5', 'version <int>.<int>.<int>.<int>.<int>'],
  ['three dotted numbers are no float', 'version 1.2.3', 'version <int>.<int>.<int>'],
  [
    'traceparent',
    '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 1-67891233-abcdef012345678912345678',
    '<traceparent> <traceparent>',
  ],
  ['RFC 1123 date', 'Expires Mon, 23 Nov 2026 02:00:00 GMT.', 'Expires <date>.'],
  ['RFC 850 date', 'Expires Monday, 23-Nov-26 02:00:00 GMT.', 'Expires <date>.'],
  ['date as JavaScript prints it', 'at Mon Nov 23 2026 02:00:00 GMT+0100 (CET)!', 'at <date>!'],
  ['date as C prints it', 'at Mon Nov 23 02:00:00 2026!', 'at <date>!'],
  ['month, day and year', 'due Nov 23, 2026', 'due <date>'],
  ['date without separators', 'run 20261123T020000Z', 'run <date>'],
  ['time of the clock', 'opens at 9:30 am, not 08:15:00', 'opens at <date>, not <date>'],
  ['date as Python prints it', 'due=datetime.datetime(2026, 11, 23)', 'due=<date>'],
  ['line and column', 'main.js:10:15', 'main.js:<date>'],
  ['duration in seconds', 'after 1.5s or 20ms', 'after <duration> or <duration>'],
  ['swift transaction', 'txid tx274a77a8975c4a66aeb24-0052d95365-ams', 'txid <swift_txn_id>'],
  ['short hex needs both', 'face 1234 a1b2 A1B2C3', 'face <int> <hex> <hex>'],
  ['long hex needs no digit', 'deadbeef DEADBEEF', '<hex> <hex>'],
  ['eight digits are hex', 'order 12345678 or 1234567', 'order <hex> or <int>'],
  ['hex and int beside an underscore', 'bundle_a1b2c3_7.js', 'bundle_<hex>_<int>.js'],
  ['a minus between words joins them', 'room-908 1121-1231 by:-4', 'room-<int> <int>-<int> by:<int>'],
  ['random id beside an underscore', 'img_k9Mtd2gDcgG.jpg', 'img_<random_id>.jpg'],
  ['short random id needs both cases', 'key a1B2 or x1y2', 'key <random_id> or x1y2'],
  ['random id of one case', 'key k9mtd2gdcgg', 'key <random_id>'],
  ['words with a number are no random id', 'dogNumber1 bball4lyfe', 'dogNumber1 bball4lyfe'],
  ['quoted string without words stays', `name='' or name="x y"`, `name='' or name=<quoted_str>`],
  ['bool as Python prints it', 'ok=False, sent=True', 'ok=<bool>, sent=<bool>'],
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
  ['open quotes', `='`.repeat(4000), '=<quoted_str>'.repeat(2000)],
  ['dashes', 'a-'.repeat(4000), 'a-'.repeat(4000)],
  ['minus signs', '-1'.repeat(4000), `<int>${'-<int>'.repeat(3999)}`],
  ['letters', 'z'.repeat(8192), 'z'.repeat(8192)],
])('thousands of %s are read in one go', (_, text, expected) => {
  expect(parameterize(text)).toBe(expected);
});

test('a message is cut to its first two lines that say something', () => {
  expect(groupableMessage('\n one 1 \n\n two\nthree')).toBe(' one <int> \n two...');
});
