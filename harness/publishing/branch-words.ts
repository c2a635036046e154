/** What is said of a branch, on the issue in Sentry and in the outcome. */
import type { Suspect } from '../model/suspect.ts';
import type { ProposalEntry, RejectionEntry } from './ledger/entries.ts';

/** One or two sentences: where the fault lies, and why the patch is held to be its cure. */
export function causeOf(suspect: Suspect | undefined, rationale: string): string {
  const place = suspect === undefined ? '' : `${suspect.file}:${suspect.line}. ${suspect.reasons[0] ?? ''} `;
  return oneLine(`${place}${rationale}`, 600);
}

/** Written once: it does not change with the branch's commits. */
export function proposalNote({ branch, cause, serves }: ProposalEntry): string {
  const others = serves.length === 0 ? '' : ` It cures ${serves.join(', ')} as well.`;
  return `Mendwright proposes the branch ${branch}.${others}\n\nCause: ${cause}`;
}

export function mergedNote({ branch }: ProposalEntry, base: string): string {
  return `The fix of ${branch} is merged. The scenarios that showed this issue are green at ${short(base)}.`;
}

/** The old evidence for whoever looks at it again. */
export function regressedNote(proposal: ProposalEntry, base: string): string {
  return `This issue came again at ${short(base)}, after ${oldEvidence(proposal)}`;
}

/** The same for the report's notes. */
export function regressedWords(shortId: string, proposal: ProposalEntry): string {
  return oneLine(`${shortId} has come again after ${oldEvidence(proposal)}`, 1_000);
}

function oldEvidence({ branch, commit, fixer, cause, mergedInto }: ProposalEntry): string {
  const where = mergedInto === undefined ? '' : ` in ${short(mergedInto)}`;
  return `the fix of ${branch} (${short(commit)}, ${fixer}) was merged${where}.\n\nThe cause was held to be: ${cause}`;
}

export function rejectionDetail({ by, why, at, branch }: RejectionEntry): string {
  const day = at.slice(0, 10);
  if (by === 'person') return `A person rejected ${branch} on ${day}: ${why}`;
  const what = by === 'branch-deleted' ? 'was deleted on the remote' : 'was closed in its pull request';
  const said = by === 'pull-request-closed' && why !== '' ? ` ${why}` : '';
  return `${branch} ${what} without having been merged (${day}); nothing that it rests on has changed since.${said}`;
}

export function short(commit: string): string {
  return commit.slice(0, 7);
}

function oneLine(text: string, limit: number): string {
  const clean = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return clean.length > limit ? `${clean.slice(0, limit - 1)}…` : clean;
}
