import { expect, test } from 'vitest';
import { permits } from './permits.ts';

test('lets so many work at once, the others in the order in which they came, also after a failure', async () => {
  const permit = permits(2);
  const log: string[] = [];
  const ends = new Map<string, () => void>();
  const start = (name: string): Promise<void> =>
    permit(() => {
      log.push(name);
      return new Promise<void>((resolve, reject) => {
        ends.set(name, name === 'fails' ? () => reject(new Error(name)) : resolve);
      });
    });

  const all = Promise.allSettled(['a', 'fails', 'c', 'd', 'e'].map(start));
  expect(log).toEqual(['a', 'fails']);
  ends.get('fails')?.();
  await expect.poll(() => log).toEqual(['a', 'fails', 'c']);
  ends.get('a')?.();
  await expect.poll(() => log).toEqual(['a', 'fails', 'c', 'd']);
  for (const name of ['c', 'd']) ends.get(name)?.();
  await expect.poll(() => log).toEqual(['a', 'fails', 'c', 'd', 'e']);
  ends.get('e')?.();

  expect((await all).map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
    'fulfilled',
  ]);
});
