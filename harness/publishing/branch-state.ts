/** What a branch of ours has become, judged by what git tells of it here and on the remote. */
import type { Issue } from '../model/issue.ts';
import { withoutVariables } from '../model/without-variables.ts';
import type { ProposalEntry } from './ledger/entries.ts';

export interface BranchFacts {
  readonly local: string | undefined;
  /** Undefined where the branch is not on the remote, or no remote was read. */
  readonly remote: string | undefined;
  readonly isRemoteKnown: boolean;
  /** A shallow clone cannot tell that something was never merged. */
  readonly isShallow: boolean;
  /** The tip that holds a commit of somebody else. */
  readonly foreign: string | undefined;
  /** Whether the base holds the proposal, and whatever stands on the branch now. */
  readonly isMerged: boolean;
}

export type BranchState = 'absent' | 'ours' | 'foreign' | 'merged' | 'deleted';

/** `deleted`: it was on the remote, is no longer, and was not merged: somebody does not want it. */
export function judgeBranch(proposal: ProposalEntry | undefined, facts: BranchFacts): BranchState {
  if (proposal !== undefined && proposal.state !== 'regressed' && facts.isMerged) return 'merged';
  if (facts.foreign !== undefined) return 'foreign';
  const isGone = facts.isRemoteKnown && !facts.isShallow && facts.remote === undefined;
  if (proposal?.state === 'open' && proposal.pushed && isGone) return 'deleted';
  return facts.local === undefined && facts.remote === undefined ? 'absent' : 'ours';
}

/**
 * The proposal of an error. Its short id alone does not tell: a Sentry that begins anew each night gives it to another error,
 * and this one to another branch.
 */
export function proposalOf(
  { shortId, title, scenarios }: Pick<Issue, 'shortId' | 'title' | 'scenarios'>,
  proposals: Iterable<ProposalEntry>,
): ProposalEntry | undefined {
  const steady = withoutVariables(title);
  return [...proposals]
    .filter((entry) => withoutVariables(entry.title) === steady)
    .filter((entry) => entry.shortId === shortId || entry.scenarios.some((id) => scenarios.includes(id)))
    .sort(
      (a, b) => Number(b.shortId === shortId) - Number(a.shortId === shortId) || Date.parse(b.at) - Date.parse(a.at),
    )[0];
}
