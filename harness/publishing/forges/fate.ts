/** What people did with a proposal on the code host: merged it, or closed it without merging. */
import { Failure } from '../../model/failure.ts';
import type { Forge } from '../../model/forge.ts';
import type { ProposalEntry } from '../ledger/entries.ts';
import { isSettled } from './tend-proposal.ts';

export interface Fate {
  readonly state: 'open' | 'merged' | 'closed';
  /** The commit in which the target holds it. */
  readonly mergedAs: string | undefined;
  /** Who closed it and what was said last, as a sentence; empty where the host does not tell. */
  readonly why: string;
}

type Asked = Pick<ProposalEntry, 'branch' | 'evidence' | 'commit'>;

/** Undefined where there is no proposal that rests on this evidence. Throws the Failures of the forge. */
export async function fateOf(entry: Asked, forge: Forge): Promise<Fate | undefined> {
  const found = await forge.findProposal(entry.branch);
  if (found === undefined) return undefined;
  const { state, mergedAs } = found;
  if (state === 'open') return { state, mergedAs: undefined, why: '' };
  if (!isSettled(found, entry)) return undefined;
  if (state === 'merged') return { state, mergedAs, why: '' };
  const { by, comment } = await closingOf(forge, found);
  const who = by === undefined ? '' : ` by ${by}`;
  const words = comment === undefined || comment.trim() === '' ? '' : `: “${oneLine(comment)}”`;
  return { state, mergedAs: undefined, why: `${found.url} was closed${who}${words}` };
}

/** That it is closed is known; who did it only makes the sentence better. */
async function closingOf(forge: Forge, found: Parameters<Forge['closingOf']>[0]): ReturnType<Forge['closingOf']> {
  try {
    return await forge.closingOf(found);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { by: undefined, comment: undefined };
  }
}

function oneLine(text: string): string {
  const clean = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return clean.length > 300 ? `${clean.slice(0, 299)}…` : clean;
}
