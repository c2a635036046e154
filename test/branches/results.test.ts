/** Every result of the closed list, each reached by a whole night: what the record says, and what git holds after it. */
import { expect, test } from 'vitest';
import { ScratchRepository } from '../../harness/adapters/git/scratch-repository.ts';
import { rejectBranch } from '../../harness/assembly/reject-branch.ts';
import { defineFixer } from '../../harness/kit/fixer.ts';
import type { IssueOutcome } from '../../harness/model/run-record.ts';
import type { Sighting } from '../../harness/model/sighting.ts';
import { IssueResult } from '../../harness/model/stage-result.ts';
import { RESULTS } from '../../harness/report/night-words.ts';
import type { Script } from '../ladder/scripted-trial.ts';
import { CURE, type WholeNight, wholeNight } from './whole-night.ts';

type Night = Omit<WholeNight, 'dir' | 'now'>;

interface Way {
  /** What comes before the night, with what it may do by hand. */
  readonly before?: (nights: {
    scratch: ScratchRepository;
    tonight(night?: Night): Promise<IssueOutcome>;
  }) => Promise<unknown>;
  readonly night?: Night;
  readonly reason: string;
  /** Branches of ours after it; none where it is left out. */
  readonly branches?: number;
}

const AT = '2026-01-01T00:00:00.050Z';
const sighting = (changes: Partial<Sighting>): Sighting => ({
  ...{ id: 'abc', kind: 'exception', origin: 'app', message: 'boom', at: AT },
  ...changes,
});
/** A second idea, which swallows what is thrown. */
const SWALLOW = defineFixer({
  ...CURE,
  id: 'swallow',
  *propose(_, source) {
    yield [{ start: 0, end: source.text.length, text: 'try { cart.total; } catch {}\n' }];
  },
});
const ASKED = {
  method: 'GET',
  url: 'http://app/api/rates',
  status: 500,
  resourceType: 'fetch',
  at: AT,
  durationMs: 20,
};
const DOWN: Script = {
  isRed: () => true,
  requests: [ASKED],
  calls: [{ method: 'GET', url: 'http://carrier.example/rates', error: 'ECONNREFUSED', at: AT }],
};
const ASSERTION = sighting({ kind: 'assertion', origin: 'scenario', message: 'expect(locator).toHaveText' });
const UNCHANGED = {
  ...{ green: { sha: 'c1', subject: 'x', author: 'Jo', at: AT }, seen: true, sourcesChanged: false },
  ...{ changedSpecs: new Map<string, string>(), changedTogether: false },
};

const WAYS: Readonly<Record<IssueResult, Way>> = {
  'branch-created': { reason: 'confirmed', branches: 1 },
  'branch-updated': {
    before: async ({ scratch, tonight }) => {
      await tonight();
      scratch.commit('Move on', { 'src/cart.ts': '// the cart\ncart.total;\n' });
    },
    ...{ reason: 'confirmed', branches: 1 },
  },
  'no-work': { before: ({ tonight }) => tonight(), reason: 'branch-created', branches: 1 },
  'no-patch': { night: { fixers: [] }, reason: 'no-candidate' },
  'hides-error': { night: { fixers: [SWALLOW] }, reason: 'refused-by-guard' },
  regressed: { night: { patched: { checks: { 'npm test': 'red' } } }, reason: 'broke-check' },
  'not-reproduced': { night: { base: {} }, reason: 'green-again' },
  flaky: { night: { base: { isRed: (_, nth) => nth === 0 } }, reason: 'sometimes-green' },
  outage: { night: { base: DOWN }, reason: 'service-unavailable' },
  'scenario-wrong': {
    night: {
      first: { sightings: [ASSERTION] },
      errors: [],
      reproduce: { scenarioHistory: async () => UNCHANGED },
    },
    reason: 'nothing-changed',
  },
  'fixed-on-base': {
    before: async ({ scratch, tonight }) => {
      const { branch = '' } = await tonight();
      scratch.git('merge', '--quiet', branch);
    },
    night: { first: { status: 'passed' } },
    reason: 'merged',
  },
  'edited-by-human': {
    before: async ({ scratch, tonight }) => {
      const { branch = '' } = await tonight();
      scratch.git('switch', '--quiet', branch);
      scratch.commit('By hand');
      scratch.git('switch', '--quiet', 'main');
    },
    ...{ reason: 'branch-has-foreign-commits', branches: 1 },
  },
  'rejected-before': {
    before: async ({ scratch, tonight }) => {
      const { branch = '' } = await tonight();
      await rejectBranch({ cwd: scratch.dir, branch, why: 'No.', push: false, dryRun: false, now: new Date(AT) });
    },
    ...{ reason: 'rejected-by-person', branches: 1 },
  },
  'limit-reached': {
    before: ({ tonight }) => tonight(),
    night: { errors: [2], maxOpen: 1 },
    ...{ reason: 'more-than-max-branches', branches: 1 },
  },
  'pipeline-broken': {
    night: {
      first: { status: 'failed', eventIds: ['lost'], sightings: [sighting({})], browserSdk: true },
      errors: [],
      collect: { waitForEvent: async (id) => (id === 'lost' ? undefined : 1) },
    },
    reason: 'event-never-arrived',
  },
  errored: { night: { patched: new Error('the harness broke') }, reason: 'harness-failed' },
};

test.each(IssueResult.options)('a night ends in %s', async (result) => {
  const { before, night, reason, branches = 0 } = WAYS[result];
  using scratch = new ScratchRepository({ 'src/cart.ts': 'cart.total;\n', 'scenarios/cart.spec.ts': 'pays\n' });
  let day = 0;
  const tonight = async (more: Night = {}): Promise<IssueOutcome> => {
    const record = await wholeNight({ dir: scratch.dir, now: new Date(Date.UTC(2026, 0, ++day)), ...more });
    const [outcome] = record.outcomes;
    if (outcome === undefined) throw new Error('the night came to nothing');
    return outcome;
  };
  await before?.({ scratch, tonight });
  const user = scratch.fingerprint();

  const outcome = await tonight(night);

  expect([outcome.result, outcome.reason]).toEqual([result, reason]);
  expect(outcome.detail).toMatch(/\S{2}/);
  expect(RESULTS[result].next).toMatch(/\w{3}/);
  expect(scratch.git('branch', '--list', 'mend/*').split('\n').filter(Boolean)).toHaveLength(branches);
  expect(scratch.fingerprint()).toBe(user);
});

test('one branch for an error and its consequence names both, and both issues end alike', async () => {
  using scratch = new ScratchRepository({ 'src/cart.ts': 'cart.total;\n', 'scenarios/cart.spec.ts': 'pays\n' });

  const { outcomes } = await wholeNight({ dir: scratch.dir, now: new Date(AT), errors: [1, 2] });

  expect(outcomes.map(({ shortId, result, reason }) => [shortId, result, reason])).toEqual([
    ['SHOP-1', 'branch-created', 'confirmed'],
    ['SHOP-2', 'branch-created', 'same-cause'],
  ]);
  const branch = scratch.git('branch', '--list', 'mend/*').trim();
  expect(new Set(outcomes.map((outcome) => outcome.branch))).toEqual(new Set([branch]));
  const issues = scratch.git('log', '-1', '--format=%(trailers:key=Sentry-Issue,valueonly,separator=%x2C)', branch);
  expect(issues).toBe('SHOP-1,SHOP-2');
});
