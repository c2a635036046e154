/** A proposal that somebody does not want, as the ledger keeps it. */
import type { ProposalEntry, RejectionEntry } from './entries.ts';

export function rejectionFor(
  { shortId, branch, patch, change, files, scenarios, evidence }: ProposalEntry,
  said: Pick<RejectionEntry, 'by' | 'why' | 'at'>,
): RejectionEntry {
  return { shortId, branch, patch, change, files, scenarios, evidence, ...said };
}
