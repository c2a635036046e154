import { expect, test } from 'vitest';
import { quietMarkdown, quietTitle, withoutHtml } from './quiet-words.ts';

/** What hosts look for in raw text, code included: GitLab’s, Gitea’s, GitHub’s and Azure’s closing patterns, taken together. */
const OBEYED =
  /\b(?:clos(?:e[sd]?|ing)|fix(?:e[sd]|ing)?|resolv(?:e[sd]?|ing)|implement(?:s|ed|ing)?)\b:?\s+(?:issues?\s+)?(?:[\w./-]*#\d+|GH-\d+|AB#\d+|https?:\/\/\S+|[A-Z][A-Z0-9_]+-\d+)/i;

test.each([
  'fixes #1',
  'Closes: #12 and #13',
  '`resolves acme/shop#4`',
  'Fix GH-7',
  'implements SHOP-12',
  'fixed issue #9',
  'FIXES #9',
  'closes https://git.example/acme/shop/issues/1',
  '- fixes #1\n- closes #2',
  'To repeat: npx mendwright fix SHOP-1',
])('nothing is closed by %j', (text) => {
  expect(text).toMatch(OBEYED);

  const quiet = quietMarkdown(text);

  expect(quiet).not.toMatch(OBEYED);
  expect(quiet.replaceAll('\u200b', '').replaceAll("'", '')).toBe(text);
});

test.each([
  'The cart is closed.',
  'const prefix = 1;',
  'fixes the total',
  'Resolve it by hand.',
  'fix: mend it (SHOP-1)',
  'fix: utf-8',
])('leaves %j as it is', (text) => {
  expect(quietMarkdown(text)).toBe(text);
});

test('the command that repeats a proof can still be copied', () => {
  expect(quietMarkdown('npx mendwright fix SHOP-1')).toBe("npx mendwright fix 'SHOP-1'");
});

test.each([
  ['calls nobody', 'ask @jo', 'ask @\u200bjo'],
  ['refers to nothing', 'fix: read #1', 'fix: read #\u200b1'],
  ['is one line', 'fix: a\r\nb\u2028c\u0007', 'fix: a b c'],
  ['leads nowhere', 'see https://evil.example', 'see https:\u200b//evil.example'],
])('a title %s', (_, text, expected) => {
  expect(quietTitle(text)).toBe(expected);
});

test('a title has an end', () => {
  expect(quietTitle('x'.repeat(500))).toHaveLength(200);
});

test('takes out the tags of a page for hosts that would show them', () => {
  const page =
    '<details>\n<summary>Values</summary>\n\n| a |\n\n</details>\n\n<sub>done</sub> ask @&#8203;jo &lt;b&gt;';

  expect(withoutHtml(page)).toBe(
    '**Values**\n\n| a |\n\n\n\ndone ask @\u200bjo &lt;b&gt;'.replace('\n\n\n\n', '\n\n\n'),
  );
});
