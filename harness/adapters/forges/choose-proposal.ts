/** The proposal of a branch among all that it ever had. */
import type { Proposal } from '../../model/forge.ts';

/** An open one, else the newest. */
export function chooseProposal(proposals: readonly Proposal[]): Proposal | undefined {
  const newest = proposals.toSorted((a, b) => b.number - a.number);
  return newest.find(({ state }) => state === 'open') ?? newest[0];
}
