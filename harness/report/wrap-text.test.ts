import { expect, test } from 'vitest';
import { wrapText } from './wrap-text.ts';

test.each([
  ['words', 'aa bb cc', 5, ['aa bb', 'cc']],
  ['a word that is too long', 'a /very/long/path b', 6, ['a', '/very/long/path', 'b']],
  ['wide letters', '日本 日本', 6, ['日本', '日本']],
  ['combining letters', 'e\u0301e\u0301 aa', 5, ['e\u0301e\u0301 aa']],
  ['nothing', '', 5, ['']],
])('wraps %s', (_, text, width, lines) => {
  expect(wrapText(text, width)).toEqual(lines);
});
