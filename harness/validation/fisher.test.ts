import { expect, test } from 'vitest';
import { fisherExact } from './fisher.ts';

test.each([
  // The tea lady of Fisher's book: 4 of 4 cups told right, chance 1 in 70.
  ['4 of 4 against 0 of 4', { green: 0, runs: 4 }, { green: 4, runs: 4 }, 1 / 70],
  ['5 of 5 against 0 of 5', { green: 0, runs: 5 }, { green: 5, runs: 5 }, 1 / 252],
  ['no difference', { green: 5, runs: 5 }, { green: 5, runs: 5 }, 1],
  ['3 of 4 against 1 of 4', { green: 1, runs: 4 }, { green: 3, runs: 4 }, 17 / 70],
])('gives the chance of %s', (_, base, patched, p) => {
  expect(fisherExact(base, patched)).toBeCloseTo(p, 10);
});
