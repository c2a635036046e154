import { expect, test } from 'vitest';
import { median, percentile } from './statistics.ts';

test.each([
  ['a quarter', 0.25, 1],
  ['more than a quarter', 0.26, 2],
  ['a half', 0.5, 2],
  ['almost all', 0.95, 10],
  ['all', 1, 10],
])('a percentile is a value that was measured: %s', (_, share, expected) => {
  expect(percentile([10, 2, 1, 3], share)).toBe(expected);
});

test.each([
  ['an odd number of values', [10, 1, 2], 2],
  ['an even number of values', [10, 1, 2, 3], 2.5],
  ['a single value', [7], 7],
  ['nothing', [], Number.NaN],
])('the median of %s', (_, values, expected) => {
  expect(median(values)).toBe(expected);
});
