import { expect, test } from 'vitest';
import type { BranchFacts } from './branch-state.ts';
import { type EarlierTools, earlierOutcomes } from './earlier-nights.ts';
import type { ProposalEntry, RejectionEntry } from './ledger/entries.ts';

const NOW = new Date('2026-02-01T00:00:00Z');
const LATELY = '2026-01-30T00:00:00.000Z';
const LONG_AGO = '2026-01-02T00:00:00.000Z';
const EVIDENCE = { patch: 'p', change: 'c', files: ['src/cart.ts'], scenarios: ['pays'], evidence: 'e' };
const BRANCH = 'mend/shop-1-a';

function proposal(changes: Partial<ProposalEntry> = {}): ProposalEntry {
  return {
    ...{ branch: BRANCH, shortId: 'SHOP-1', issueId: '1', title: 'TypeError: x', serves: [], ...EVIDENCE },
    ...{ fixer: 'optional-chain', cause: 'It is missing.', fingerprint: 'f', commit: 'a'.repeat(40), base: 'b' },
    ...{ pushed: true, state: 'open', at: LATELY, ...changes },
  };
}

const THERE: BranchFacts = {
  ...{ local: 'a', remote: 'a', isRemoteKnown: true, isShallow: false, foreign: undefined, isMerged: false },
};
const GONE: BranchFacts = { ...THERE, local: undefined, remote: undefined, isRemoteKnown: false };

function told(proposals: readonly ProposalEntry[], more: Partial<EarlierTools> = {}) {
  return earlierOutcomes({ proposals, rejections: [], came: new Set(), now: NOW, look: async () => THERE, ...more });
}

const merged = { mergedInto: 'fedcba9876' };
test.each<[string, Partial<ProposalEntry>, BranchFacts, string | undefined, string]>([
  ['waits', {}, THERE, 'waiting', 'waits to be reviewed'],
  ['has waited for long', { at: LONG_AGO }, THERE, 'waiting', 'waits to be reviewed'],
  ['holds somebody’s commits', {}, { ...THERE, foreign: 'f00' }, 'edited-by-human', 'commits of somebody else'],
  ['is gone where nobody looks', {}, GONE, undefined, ''],
  ['is merged', { state: 'merged', ...merged }, THERE, 'merged', 'is merged in fedcba9; its scenarios'],
  ['was merged long ago, and never seen green', { state: 'merged', at: LONG_AGO }, THERE, 'merged', 'is merged;'],
  ['is released', { state: 'released', ...merged }, THERE, 'released', 'was merged in fedcba9, and its scenarios'],
  ['was released long ago', { state: 'released', at: LONG_AGO }, THERE, undefined, ''],
  ['is not needed', { state: 'green' }, THERE, 'green-again', 'green without'],
  ['came again', { state: 'regressed', ...merged }, THERE, 'regressed', 'It came again after'],
  ['is rejected', { state: 'rejected' }, THERE, 'blocked', 'was rejected'],
  ['was rejected long ago', { state: 'rejected', at: LONG_AGO }, THERE, undefined, ''],
])('of a branch that %s', async (_, changes, facts, state, detail) => {
  const outcomes = await told([proposal(changes)], { look: async () => facts });

  expect(outcomes.map((outcome) => outcome.state)).toEqual(state === undefined ? [] : [state]);
  expect(outcomes[0]?.detail ?? '').toContain(detail);
});

test('gives a rejection’s newest reason, and a stranger’s commit', async () => {
  const rejection = (why: string, at: string): RejectionEntry => ({
    ...{ shortId: 'SHOP-1', branch: BRANCH, ...EVIDENCE, by: 'person', why, at },
  });
  const rejections = [rejection('Old.', LONG_AGO), rejection('New.', LATELY)];

  const [blocked] = await told([proposal({ state: 'rejected' })], { rejections });
  const [edited] = await told([proposal()], { look: async () => ({ ...THERE, foreign: 'f00' }) });

  expect(blocked?.detail).toBe(`A person rejected ${BRANCH} on 2026-01-30: New.`);
  expect(edited?.commit).toBe('f00');
});

test('leaves out what came tonight, puts what waits first, and keeps the newest of very many', async () => {
  const many = Array.from({ length: 300 }, (_, index) =>
    proposal({
      branch: `mend/${String(index).padStart(3, '0')}`,
      at: new Date(NOW.getTime() - index * 1_000).toISOString(),
    }),
  );

  expect(await told([proposal()], { came: new Set([BRANCH]) })).toEqual([]);
  const mixed = [proposal({ branch: 'a', state: 'released' }), proposal({ branch: 'b' })];
  expect((await told(mixed)).map(({ branch }) => branch)).toEqual(['b', 'a']);
  expect((await told(many)).map(({ branch }) => branch)).toEqual(many.slice(0, 200).map(({ branch }) => branch));
});
