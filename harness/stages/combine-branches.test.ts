import { expect, test } from 'vitest';
import { issueOf, type Script, scenario, scriptedTrial } from '../../test/ladder/scripted-trial.ts';
import { Failure } from '../model/failure.ts';
import type { IssueOutcome } from '../model/run-record.ts';
import { type BranchTip, type CombineTools, combineBranches } from './combine-branches.ts';

const [PAYS, SELLS, READS] = [scenario('pays'), scenario('sells'), scenario('reads')];
const ALL = [PAYS, SELLS, READS];

function outcome(number: number, changes: Partial<IssueOutcome> = {}): IssueOutcome {
  return {
    ...{ shortId: `SHOP-${number}`, result: 'branch-created', reason: 'confirmed', detail: '', seconds: 1 },
    ...{ branch: `mend/shop-${number}`, commit: `c${number}` },
    ...changes,
  };
}

const ISSUES = [issueOf({ scenarios: [PAYS.id] }), issueOf({ shortId: 'SHOP-2', scenarios: [SELLS.id] })];
const NIGHT = { issues: ISSUES, outcomes: [outcome(1), outcome(2)], scenarios: ALL, green: [READS.id] };

/** What was merged, and the trial of it. */
function world(script: Script = {}, changes: Partial<CombineTools> = {}) {
  const asked: BranchTip[][] = [];
  const trial = scriptedTrial(script, ALL);
  let clock = 0;
  const tools: CombineTools = {
    checks: ['npm test'],
    baseCheck: async () => 'green',
    now: () => (clock += 500),
    merge: async (tips) => {
      asked.push([...tips]);
      return { commit: 'merged', branches: tips.map(({ branch }) => branch), conflicts: [] };
    },
    openTrial: async (commit) => {
      expect(commit).toBe('merged');
      return trial;
    },
    progress: () => undefined,
    ...changes,
  };
  return { tools, asked, trial };
}

const failing = async (): Promise<never> => {
  throw new Failure('usage', 'app-not-ready', 'the app does not start.');
};
const conflict = { branch: 'mend/shop-2', with: ['mend/shop-1'], files: ['src/cart.ts'] };

test.each<[string, Script, Partial<CombineTools>, object]>([
  ['green together', {}, {}, { verdict: 'green', green: 3, broken: [], failedChecks: [], seconds: 0.5 }],
  [
    'red together, twice',
    { isRed: (title) => title === 'reads' },
    {},
    { verdict: 'red', broken: [READS.id], green: 2, why: expect.stringContaining(READS.id) },
  ],
  [
    'red once and green again',
    { isRed: (title, nth) => title === 'reads' && nth === 0 },
    {},
    { verdict: 'green', broken: [], green: 3 },
  ],
  [
    'a cured scenario that is red again together',
    { isRed: (title) => title === 'sells' },
    {},
    { verdict: 'red', broken: [SELLS.id] },
  ],
  [
    'a check that fails together',
    { checks: { 'npm test': 'red' } },
    {},
    { verdict: 'red', failedChecks: ['npm test'], broken: [] },
  ],
  [
    'a check that failed on the base',
    { checks: { 'npm test': 'red' } },
    { baseCheck: async () => 'red' },
    { verdict: 'green' },
  ],
  [
    'an app that does not start together',
    {},
    { openTrial: failing },
    { verdict: 'not-run', branches: ['mend/shop-1', 'mend/shop-2'], why: expect.stringContaining('does not start') },
  ],
  [
    'branches that cannot be merged',
    {},
    { merge: async () => ({ commit: 'base', branches: ['mend/shop-1'], conflicts: [conflict] }) },
    { verdict: 'not-run', branches: ['mend/shop-1'], conflicts: [conflict] },
  ],
  ['a git that cannot merge', {}, { merge: failing }, { verdict: 'not-run', branches: [], conflicts: [] }],
])('tells %s', async (_, script, changes, expected) => {
  const { tools } = world(script, changes);

  expect(await combineBranches(NIGHT, tools)).toMatchObject(expected);
});

test.each<[string, IssueOutcome[], string[] | undefined]>([
  ['two new ones', [outcome(1), outcome(2, { result: 'branch-updated' })], ['mend/shop-1', 'mend/shop-2']],
  [
    'one that serves two issues',
    [outcome(1), outcome(2, { ...{ branch: 'mend/shop-1', commit: 'c1', reason: 'same-cause' } })],
    undefined,
  ],
  [
    'a new one and one of an earlier night',
    [outcome(1), outcome(2, { result: 'no-work', reason: 'branch-created' })],
    ['mend/shop-1', 'mend/shop-2'],
  ],
  [
    'a quiet night',
    [1, 2].map((number) => outcome(number, { result: 'no-work', reason: 'branch-created' })),
    undefined,
  ],
  ['a person’s branch', [outcome(1), outcome(2, { result: 'edited-by-human' })], undefined],
  ['a branch that was merged', [outcome(1), outcome(2, { result: 'fixed-on-base', reason: 'merged' })], undefined],
])('merges what waits: %s', async (_, outcomes, merged) => {
  const { tools, asked } = world();

  const combination = await combineBranches({ ...NIGHT, outcomes }, tools);

  expect(combination?.branches).toEqual(merged);
  expect(asked.map((tips) => tips.map(({ branch }) => branch))).toEqual(merged === undefined ? [] : [merged]);
});

test('expects of a scenario nothing while another of its issues is open', async () => {
  const { tools } = world({ isRed: (title) => title === 'pays' });
  const open = issueOf({ shortId: 'SHOP-3', scenarios: [PAYS.id] });

  const combination = await combineBranches({ ...NIGHT, issues: [...ISSUES, open] }, tools);

  expect(combination).toMatchObject({ verdict: 'green', broken: [] });
});

test('a scenario that did not run is not held to be green, and the app is closed', async () => {
  const { tools, trial } = world();
  const lost = { ...NIGHT, green: [READS.id, '[] scenarios/gone.spec.ts › gone'] };

  expect(await combineBranches(lost, tools)).toMatchObject({
    verdict: 'red',
    broken: ['[] scenarios/gone.spec.ts › gone'],
  });
  expect(trial.closed).toBe(true);
});
