/** What may stand in a record, and what is taken out of it. */
import { expect, test } from 'vitest';
import { cleanText, cleanUrl } from './clean-text.ts';

test.each([
  ['colours', '\u001b[31mred\u001b[39m', 'red'],
  ['control characters', 'a\u0000b\u0007c\u009fd', 'abcd'],
  ['nothing of lines and tabs', 'a\n\tb', 'a\n\tb'],
  ['what is too long', 'x'.repeat(30), 'x'.repeat(20)],
])('takes out %s', (_, text, clean) => {
  expect(cleanText(text, 20)).toBe(clean);
});

test.each([
  ['a secret', 'http://a.test/x?token=s3cret&page=2', 'http://a.test/x?token=***&page=2'],
  ['one by part of its name', 'http://a.test/?x_API_KEY=s3cret', 'http://a.test/?x_API_KEY=***'],
  ['one that comes twice', 'http://a.test/?code=1&code=2', 'http://a.test/?code=***'],
  ['one in the fragment', 'http://a.test/#state=1&access_token=s3cret', 'http://a.test/#state=1&access_token=***'],
  ['user and password', 'http://me:s3cret@a.test/', 'http://a.test/'],
])('masks %s', (_, url, clean) => {
  expect(cleanUrl(url)).toBe(clean);
});

test.each([
  ['other parameters', 'http://a.test/x?page=2&codec=av1#/cart?item=3'],
  ['what is no address', 'about:blank'],
  ['nothing at all', ''],
])('leaves %s', (_, url) => {
  expect(cleanUrl(url)).toBe(url);
});
