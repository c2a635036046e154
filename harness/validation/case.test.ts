import { expect, test } from 'vitest';
import { runOf, scenario } from '../../test/ladder/scripted-trial.ts';
import { likeness } from './case.ts';

test.each<[string, string | undefined, string | undefined, number | undefined]>([
  ['is the same', 'Oak board 3 left', 'Oak board 2 left', 1],
  ['has more on it by now', 'Oak board', 'Oak board Walnut board', 1],
  ['lost half of its words', 'Oak board 3 left', 'Oak board', 0.5],
  ['has a word once that was there twice', 'new new', 'new', 0.5],
  ['tells of a missing value', 'Oak board 2 kg', 'Oak board 2 kg undefined', 0.01],
  ['tells of a wrong number', 'Total', 'Total NaN', 0.01],
  ['was empty and is', '', '', 1],
  ['was never seen green', undefined, 'Oak board', undefined],
  ['cannot be read', 'Oak board', undefined, undefined],
])('a page that %s', (_, before, now, share) => {
  const run = runOf(scenario('looks'), now === undefined ? {} : { pageText: now });

  expect(
    likeness(run, before === undefined ? undefined : { text: before, writes: new Set<string>(), isComparable: true }),
  ).toBe(share);
});

test.each([
  ['says nothing', 'Walnut board', undefined],
  ['but tells of a missing value', 'Walnut board NaN', 0.01],
])('a page of a scenario that has changed since %s', (_, now, share) => {
  const run = runOf(scenario('looks'), { pageText: now });

  expect(likeness(run, { text: 'Oak board', writes: new Set<string>(), isComparable: false })).toBe(share);
});
