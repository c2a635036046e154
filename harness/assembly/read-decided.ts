/** What the ledger and git know of proposals: which were rejected, and which are in the branch that they were made for. */
import { readLedgerFiles } from '../adapters/git/ledger-ref.ts';
import type { Repository } from '../adapters/git/open-repository.ts';
import { GitError, plumb } from '../adapters/git/run-git.ts';
import { parseLedger } from '../publishing/ledger/ledger.ts';

/** By branch. Asks no remote; two processes however many branches there are. */
export async function readDecided(
  repository: Repository,
  into: string | undefined,
): Promise<Map<string, { kind: 'rejected' | 'merged'; text: string }>> {
  const { proposals, rejections } = parseLedger(await readLedgerFiles(repository));
  const decided = new Map<string, { kind: 'rejected' | 'merged'; text: string }>();
  for (const branch of into === undefined ? [] : await mergedBranches(repository, into)) {
    if (proposals.has(branch)) decided.set(branch, { kind: 'merged', text: `${into} holds it.` });
  }
  for (const { branch, state, patch } of proposals.values()) {
    if (state === 'merged' || state === 'released') decided.set(branch, { kind: 'merged', text: 'The base holds it.' });
    if (state !== 'rejected') continue;
    const why = rejections.findLast((one) => one.branch === branch && one.patch === patch)?.why;
    decided.set(branch, { kind: 'rejected', text: why === undefined ? 'It was rejected.' : `Rejected: ${why}` });
  }
  return decided;
}

async function mergedBranches({ top }: Repository, into: string): Promise<string[]> {
  try {
    const args = ['for-each-ref', '--format=%(refname:lstrip=2)', `--merged=refs/heads/${into}`, 'refs/heads/'];
    return (await plumb(top, args)).toString('utf8').split('\n').filter(Boolean);
  } catch (error) {
    if (error instanceof GitError) return []; // There is no such branch here.
    throw error;
  }
}
