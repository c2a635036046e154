import { expect, test } from 'vitest';
import { compileScrubber } from './scrubber.ts';

const { text } = compileScrubber();
const PEM = `-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----`;

test.each([
  ['a Visa number', 'card 4111111111111111 refused', 'card [Filtered] refused'],
  ['a card in groups', 'card 4111 1111 1111 1111.', 'card [Filtered].'],
  ['a card in groups behind another number', 'order 12 5500-0000-0000-0004', 'order 12 [Filtered]'],
  ['American Express', '3782 822463 10005', '[Filtered]'],
  ['two cards', '4111111111111111,378282246310005', '[Filtered],[Filtered]'],
  ['a bearer token', 'sent Bearer abc.def-123456 to', 'sent Bearer [Filtered] to'],
  ['basic auth in a URL', 'GET https://eva:pass@shop.test/cart', 'GET https://[Filtered]@shop.test/cart'],
  ['basic auth with an @ in it', 'http://eva:p@ss@shop.test', 'http://[Filtered]@shop.test'],
  ['a private key', `key: ${PEM} end`, 'key: [Filtered] end'],
  ['a private key that is cut off', 'key: -----BEGIN PRIVATE KEY-----\nMIIEow', 'key: [Filtered]'],
])('takes %s out of a message', (_, before, after) => {
  expect(text.message(before).text).toBe(after);
});

test.each([
  ['a number that fails the check digit', '4111111111111112'],
  ['a time in milliseconds', 'at 1764165632000'],
  ['digits inside a word', 'a4111111111111111b'],
  ['a decimal number', '0.4111111111111111'],
  ['a longer number', '41111111111111114111111111111111'],
  ['a URL with a port', 'http://127.0.0.1:3000/a@b'],
  ['a DSN, whose key is public', 'https://0123456789abcdef@sentry.test/1'],
  ['prose about bearers', 'bearer authentication is missing'],
  ['a message about a password', 'password=hunter2 is too short'],
  ['a syntax error', 'Unexpected token: u'],
])('leaves %s in a message', (_, before) => {
  expect(text.message(before)).toEqual({ text: before, rules: [] });
});

test.each([
  ['a query', '/pay?page=2&access_token=abc&x=1', '/pay?page=2&access_token=[Filtered]&x=1'],
  ['a form', 'user=eva&password=a%20b', 'user=eva&password=[Filtered]'],
  ['JSON in a text', '{"user":"eva","api_key":"a\\"b c","n":1}', '{"user":"eva","api_key":"[Filtered]","n":1}'],
  ['JSON in JSON', String.raw`{\"token\":\"abc\",\"n\":1}`, String.raw`{\"token\":\"[Filtered]\",\"n\":1}`],
  ['a list in JSON', '{"passwords":["a","b"],"n":1}', '{"passwords":[Filtered],"n":1}'],
  ['a repr of Python', "{'secret': 'x y', 'n': 1}", "{'secret': '[Filtered]', 'n': 1}"],
  ['a header line', 'Authorization: Basic ZXZhOnBhc3M=\nAccept: a', 'Authorization: [Filtered]\nAccept: a'],
  ['a spoken password', 'password: hunter2 was wrong', 'password: [Filtered] was wrong'],
  ['a card and a password', 'password=a card=4111111111111111', 'password=[Filtered] card=[Filtered]'],
  ['a value that is never closed', '{"token":"abc', '{"token":"[Filtered]'],
  ['a dashed name', 'x-api-key=abc', 'x-api-key=[Filtered]'],
])('takes the values of sensitive names out of %s', (_, before, after) => {
  expect(text.field(before).text).toBe(after);
});

test.each([
  ['a syntax error', 'Unexpected token: u'],
  ['a path', '/auth/login?next=/tokens/'],
  ['a filtered value', 'token=[Filtered]'],
  ['an object of names', '{"credentials":{"user":"eva"}}'],
])('leaves %s in a field', (_, before) => {
  expect(text.field(before).text).toBe(before);
});

const MB = 1024 * 1024;

test.each([
  ['digits', '4'.repeat(MB)],
  ['digits in pairs', '41 '.repeat(MB / 3)],
  ['digits in threes', '411 '.repeat(MB / 4)],
  ['digits in fours', '4112 '.repeat(MB / 5)],
  ['single digits', '4 '.repeat(MB / 2)],
  ['names', 'token'.repeat(MB / 5)],
  ['names with signs', 'token='.repeat(MB / 6)],
  ['names with open quotes', 'token="\\'.repeat(MB / 8)],
  ['escaped quotes', `token="${'\\"'.repeat(MB / 2)}`],
  ['lists that never end', '"token":['.repeat(MB / 9)],
  ['blanks after bearer', `bearer${' '.repeat(MB)}`],
  ['many bearers', 'bearer '.repeat(MB / 7)],
  ['slashes of URLs', '://'.repeat(MB / 3)],
  ['colons of URLs', `://${'a:'.repeat(MB / 2)}`],
  ['many URLs with colons', '://a:'.repeat(MB / 5)],
  ['beginnings of private keys', '-----BEGIN PRIVATE KEY-----'.repeat(MB / 27)],
  ['dashes', '-----BEGIN '.repeat(MB / 11)],
  ['letters of key headers', `-----BEGIN ${'A '.repeat(MB / 2)}`],
])('needs time in proportion to a hostile text of %s', (_, hostile) => {
  const half = hostile.slice(0, hostile.length / 2);
  text.field(half);

  const small = cpuOf(() => text.field(half));
  const large = cpuOf(() => text.field(hostile));

  expect(large).toBeLessThan(Math.max(1000, 4 * small));
  expect(large).toBeLessThan(2000);
});

/** Milliseconds of this process, whatever else runs. */
function cpuOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

test('what is clean as a message may be a secret as a field, however often it came', () => {
  const pair = 'api_key=abcdefgh12345';
  const looked = [1, 2].map(() => [text.message(pair).text, text.field(pair).text]);
  expect(looked).toEqual([
    [pair, 'api_key=[Filtered]'],
    [pair, 'api_key=[Filtered]'],
  ]);
});
