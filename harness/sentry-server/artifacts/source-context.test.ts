import { expect, test } from 'vitest';
import { contextAt } from './source-context.ts';

const numbered = Array.from({ length: 20 }, (_, index) => `line ${index + 1}`);

test.each([
  ['in the middle', 10, [5, 6, 7, 8, 9], [11, 12, 13, 14, 15]],
  ['at the beginning', 1, [], [2, 3, 4, 5, 6]],
  ['near the beginning', 3, [1, 2], [4, 5, 6, 7, 8]],
  ['at the end', 20, [15, 16, 17, 18, 19], []],
])('five lines stand around one %s', (_, line, before, after) => {
  expect(contextAt(`${numbered.join('\n')}\n`, { line, column: 1 })).toEqual({
    pre_context: before.map((number) => `line ${number}`),
    context_line: `line ${line}`,
    post_context: after.map((number) => `line ${number}`),
  });
});

test.each([
  ['behind the end', numbered.join('\n'), 21],
  ['behind a last line break', 'one\n', 2],
  ['of an empty text', '', 1],
])('there is nothing around a line %s', (_, text, line) => {
  expect(contextAt(text, { line, column: 1 })).toBeUndefined();
});

test('line breaks of Windows are no part of a line', () => {
  expect(contextAt('a\r\nb\r\nc', { line: 2, column: 1 })).toEqual({
    pre_context: ['a'],
    context_line: 'b',
    post_context: ['c'],
  });
});

const long = Array.from({ length: 300 }, (_, index) => String.fromCharCode(97 + (index % 26))).join('');

test.each([
  ['its beginning', 1, `${long.slice(0, 140)} {snip}`],
  ['the place', 150, `{snip} ${long.slice(90, 230)} {snip}`],
  ['its end', 299, `{snip} ${long.slice(160)}`],
])('of a long line %s is kept', (_, column, kept) => {
  expect(contextAt(long, { line: 1, column })?.context_line).toBe(kept);
});

test('a letter of two units that the cut goes through leaves no half behind', () => {
  const cut = contextAt('😀'.repeat(200), { line: 1, column: 100 })?.context_line ?? '';

  expect(cut.isWellFormed()).toBe(true);
});
