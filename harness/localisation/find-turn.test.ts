import { expect, test } from 'vitest';
import type { Commit } from '../model/suspect.ts';
import { findTurn } from './find-turn.ts';

function commits(count: number): Commit[] {
  return Array.from({ length: count }, (_, index) => ({
    sha: String(index).padStart(40, '0'),
    subject: `${index} before the red one`,
    author: 'Mara',
    at: '2026-01-01T00:00:00Z',
  }));
}

/** Red before the commit at `firstGreen`, `broken` ones cannot be run. */
async function search(
  count: number,
  {
    firstGreen,
    broken = [],
    late = 99,
    known,
  }: { firstGreen: number; broken?: number[]; late?: number; known?: number },
): Promise<{ found: number | undefined; red: number | undefined; asked: number[] }> {
  const asked: number[] = [];
  const all = commits(count);
  const found = await findTurn(all, {
    known: known === undefined ? undefined : all[known],
    isGreen: async ({ sha }) => {
      const index = Number(sha);
      asked.push(index);
      return broken.includes(index) ? undefined : index >= firstGreen;
    },
    isLate: () => asked.length >= late,
  });
  return { found: found && Number(found.green.sha), red: found?.red && Number(found.red.sha), asked };
}

test.each([0, 1, 2, 17, 31, 62])(
  'finds the last green of 63 commits, %i before the red one, in six steps',
  async (at) => {
    const { found, red, asked } = await search(63, { firstGreen: at });

    expect(found).toBe(at);
    expect(red).toBe(at === 0 ? undefined : at - 1);
    expect(asked.length).toBeLessThanOrEqual(6);
  },
);

test.each<[string, number, Parameters<typeof search>[1], number | undefined]>([
  ['nothing where there is no history', 0, { firstGreen: 0 }, undefined],
  ['nothing where it was never green', 9, { firstGreen: 99 }, undefined],
  ['nothing among commits that cannot be run', 4, { firstGreen: 0, broken: [0, 1, 2, 3] }, undefined],
  ['the newest green that was seen when time is up', 40, { firstGreen: 3, late: 2 }, 9],
  ['a green below a commit that cannot be run', 7, { firstGreen: 1, broken: [3] }, 1],
])('finds %s', async (_, count, history, expected) => {
  expect((await search(count, history)).found).toBe(expected);
});

test('looks no farther back than the commit that an earlier night saw green', async () => {
  expect(await search(40, { firstGreen: 3, known: 5 })).toEqual({ found: 3, red: 2, asked: [2, 3] });
});

test('asks nothing where an earlier night saw the commit before the red one green', async () => {
  expect(await search(40, { firstGreen: 0, known: 0 })).toEqual({ found: 0, red: undefined, asked: [] });
});
