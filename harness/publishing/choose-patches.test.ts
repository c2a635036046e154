import { expect, test } from 'vitest';
import { patchOf } from '../../test/ladder/scripted-trial.ts';
import type { Verdict } from '../model/verdict.ts';
import { choosePatches } from './choose-patches.ts';

type Confirmed = Extract<Verdict, { kind: 'confirmed' }>;

function confirmed(patch: string, changes: Partial<Confirmed> = {}): Confirmed {
  return {
    kind: 'confirmed',
    patch,
    issue: 'SHOP-1',
    rung: 'regress',
    why: 'green',
    seconds: 1,
    base: [],
    patched: [],
    strength: 'weak',
    pValue: 0.004,
    controls: [],
    alsoCures: [],
    others: 1,
    checks: [],
    ...changes,
  };
}

test('takes a strong patch before a weak one that is ranked higher', () => {
  const verdicts = [confirmed('p1'), confirmed('p2', { strength: 'strong' })];
  const patches = [patchOf('p1', { score: 0.9 }), patchOf('p2', { score: 0.2 })];

  expect(choosePatches(verdicts, patches).map(({ verdict }) => verdict.patch)).toEqual(['p2']);
});

test('takes the better ranked of two that are equally strong, and first of all what cures more', () => {
  const patches = [patchOf('p1', { score: 0.2 }), patchOf('p2', { score: 0.9 }), patchOf('p3', { score: 0.1 })];

  expect(choosePatches([confirmed('p1'), confirmed('p2')], patches).map(({ verdict }) => verdict.patch)).toEqual([
    'p2',
  ]);
  expect(
    choosePatches([confirmed('p2', { strength: 'strong' }), confirmed('p3', { alsoCures: ['SHOP-2'] })], patches),
  ).toMatchObject([{ verdict: { patch: 'p3' }, serves: ['SHOP-2'] }]);
});
