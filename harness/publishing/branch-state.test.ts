import { expect, test } from 'vitest';
import { type BranchFacts, type BranchState, judgeBranch, proposalOf } from './branch-state.ts';
import type { ProposalEntry } from './ledger/entries.ts';

const PROPOSAL: ProposalEntry = {
  ...{ branch: 'mend/shop-1', shortId: 'SHOP-1', issueId: '1', title: 'Timeout of 20ms', serves: [] },
  ...{ patch: 'p1', change: 'c', files: [], scenarios: ['[] a.spec.ts › pays'], evidence: 'e', fixer: 'x', cause: '' },
  ...{ fingerprint: 'f', commit: 'c1', base: 'b1', pushed: true, state: 'open', at: '2026-01-01T00:00:00.000Z' },
};
const FACTS: BranchFacts = {
  ...{ local: 'c1', remote: 'c1', isRemoteKnown: true, isShallow: false, foreign: undefined, isMerged: false },
};

test.each<[string, Partial<ProposalEntry> | undefined, Partial<BranchFacts>, BranchState]>([
  ['that stands as it was published', {}, {}, 'ours'],
  ['with somebody’s commit', {}, { foreign: 'c2' }, 'foreign'],
  ['with somebody’s commit, of which nothing is known', undefined, { foreign: 'c2' }, 'foreign'],
  ['that is merged', {}, { isMerged: true }, 'merged'],
  ['that is merged with somebody’s commit', {}, { isMerged: true, foreign: 'c2' }, 'merged'],
  ['that was merged and came again', { state: 'regressed' }, { isMerged: true }, 'ours'],
  ['that is gone from the remote', {}, { remote: undefined }, 'deleted'],
  ['that never was on the remote', { pushed: false }, { remote: undefined }, 'ours'],
  ['that may go, and is gone', { state: 'green' }, { remote: undefined }, 'ours'],
  ['of a remote that was not read', {}, { remote: undefined, isRemoteKnown: false }, 'ours'],
  ['of a shallow clone', {}, { remote: undefined, isShallow: true }, 'ours'],
  ['that nobody made', undefined, { local: undefined, remote: undefined }, 'absent'],
])('judges a branch %s', (_, proposal, facts, state) => {
  expect(judgeBranch(proposal && { ...PROPOSAL, ...proposal }, { ...FACTS, ...facts })).toBe(state);
});

const ISSUE = { shortId: 'SHOP-1', title: 'Timeout of 30ms', scenarios: ['[] a.spec.ts › pays'] };
test.each<[string, Partial<typeof ISSUE>, boolean]>([
  ['another number in its title', {}, true],
  ['another short id', { shortId: 'SHOP-9' }, true],
  ['other scenarios', { scenarios: ['[] b.spec.ts › sells'] }, true],
  ['another short id and other scenarios', { shortId: 'SHOP-9', scenarios: [] }, false],
  ['the short id of another error', { title: 'boom' }, false],
])('finds the proposal of an issue with %s: %o', (_, changes, isFound) => {
  expect(proposalOf({ ...ISSUE, ...changes }, [PROPOSAL]) === PROPOSAL).toBe(isFound);
});
