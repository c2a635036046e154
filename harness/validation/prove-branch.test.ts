import { expect, test } from 'vitest';
import { type Script, type ScriptedTrial, scenario, scriptedTrial } from '../../test/ladder/scripted-trial.ts';
import { Failure } from '../model/failure.ts';
import { type Proof, proveBranch } from './prove-branch.ts';

const [PAYS, SELLS] = [scenario('pays'), scenario('sells')];
const RED: Script = { isRed: (title) => title === 'pays' };

function prove(scripts: { base?: Script; branch?: Script | Failure }, scenarios: readonly string[] = [PAYS.id]) {
  const opened: ScriptedTrial[] = [];
  let clock = 0;
  const proof = proveBranch(
    { base: 'base', commit: 'branch', scenarios },
    {
      checks: ['npm test'],
      now: () => (clock += 500),
      progress: () => undefined,
      openTrial: async (commit) => {
        const script = commit === 'base' ? (scripts.base ?? RED) : (scripts.branch ?? {});
        if (script instanceof Failure) throw script;
        const inner = scriptedTrial(script);
        const { run } = inner;
        inner.run = (request) => run({ only: [PAYS, SELLS], ...request });
        opened.push(inner);
        return inner;
      },
    },
  );
  return { proof, opened };
}

test.each<[string, Parameters<typeof prove>[0], Partial<Proof>]>([
  [
    'red before and green with it',
    {},
    {
      ...{ isRepeated: true, broken: [], failedChecks: [], others: 1, seconds: 0.5 },
      why: 'Red in 5 of 5 runs on the base, green in 5 of 5 on the branch.',
      base: [{ scenario: PAYS.id, green: 0, runs: 5 }],
      patched: [{ scenario: PAYS.id, green: 5, runs: 5 }],
    },
  ],
  ['green before, too', { base: {} }, { isRepeated: false, pValue: 1 }],
  ['still red', { branch: RED }, { isRepeated: false, why: expect.stringContaining('green in 0 of 5 on the branch') }],
  ['green in some runs', { branch: { isRed: (title, nth) => title === 'pays' && nth === 3 } }, { isRepeated: false }],
  [
    'red in another scenario',
    { branch: { isRed: (title) => title === 'sells' } },
    { isRepeated: false, broken: [SELLS.id], why: expect.stringContaining(`Red only on the branch: ${SELLS.id}.`) },
  ],
  [
    'red once in another scenario',
    { branch: { isRed: (title, nth) => title === 'sells' && nth === 0 } },
    { isRepeated: true },
  ],
  [
    'red in another that is red on the base',
    { base: { isRed: () => true }, branch: { isRed: (title) => title === 'sells' } },
    { isRepeated: true },
  ],
  ['red in a check', { branch: { checks: { 'npm test': 'red' } } }, { isRepeated: false, failedChecks: ['npm test'] }],
])('judges a branch that is %s', async (_, scripts, expected) => {
  const { proof, opened } = prove(scripts);

  expect(await proof).toMatchObject(expected);
  expect(opened.map(({ closed }) => closed)).toEqual([true, true]);
});

test('finds a scenario whose long name was cut', async () => {
  expect((await prove({}, [`${PAYS.id.slice(0, 12)}…`]).proof).isRepeated).toBe(true);
});

test.each<[string, Parameters<typeof prove>, string]>([
  ['the scenario is not there', [{}, ['[] x.spec.ts › gone']], 'scenario-gone'],
  ['the branch does not start', [{ branch: new Failure('usage', 'app-not-ready', 'No.') }], 'app-not-ready'],
])('says so, and closes what it opened, where %s', async (_, given, code) => {
  const { proof, opened } = prove(...given);

  await expect(proof).rejects.toMatchObject({ code });
  expect(opened.every(({ closed }) => closed)).toBe(true);
});
