import { expect, test } from 'vitest';
import { markdownBlock, markdownCode, markdownText, quietJson } from './strangers-text.ts';

test.each([
  ['emphasis', '*a* _b_ ~c~', '\\*a\\* \\_b\\_ \\~c\\~'],
  ['code', '`a`', '\\`a\\`'],
  ['a link', '[a](javascript:b)', '\\[a\\](javascript:b)'],
  ['an image', '![a](b)', '!\\[a\\](b)'],
  ['HTML', '<img src=x> &lt;', '&lt;img src=x&gt; &amp;lt;'],
  ['a table cell', 'a | b', 'a \\| b'],
  ['a mention', 'ask @everyone', 'ask @&#8203;everyone'],
  ['a reference', 'see #12', 'see #&#8203;12'],
  ['an automatic link', 'http://a.example', 'http:&#8203;//a.example'],
  ['an automatic link without scheme', 'WWW.a.example', 'WWW&#8203;.a.example'],
  ['a list', '- a', '\\- a'],
  ['a second line', 'a\n# b', 'a # b'],
])('makes no Markdown of %s', (_, text, shown) => {
  expect(markdownText(text)).toBe(shown);
});

test.each([
  ['plain text', 'a', '`a`'],
  ['a backtick inside', 'a `b` c', '``a `b` c``'],
  ['backticks at the ends', '``a', '``` ``a ```'],
  ['a pipe', 'a|b', '`a\\|b`'],
  ['nothing', '', ''],
])('writes %s as a code span that cannot be left', (_, text, shown) => {
  expect(markdownCode(text)).toBe(shown);
});

test('fences a block with more backticks than it holds', () => {
  expect(markdownBlock('a\n````\nb\n', 'diff')).toBe('`````diff\na\n````\nb\n`````');
});

test('writes JSON that steers no terminal and parses to the same value', () => {
  const value = { title: 'a\u009b31m\u202e\u{e0041}\u001b[0m\u007f é' };

  const text = quietJson(value);

  expect(JSON.parse(text)).toEqual(value);
  expect(text).toContain('a\\u009b31m\\u202e\\udb40\\udc41\\u001b[0m\\u007f é');
});
