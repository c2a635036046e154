/** A person's no to a proposed branch, written into the ledger: its patch is never proposed again. */
import { resolve } from 'node:path';
import { changeLedgerFiles, LEDGER_REF, pullLedger, readLedgerFiles, syncLedger } from '../adapters/git/ledger-ref.ts';
import { openRepository, type Repository } from '../adapters/git/open-repository.ts';
import { readRemoteRefs } from '../adapters/git/remote.ts';
import { Failure } from '../model/failure.ts';
import type { RejectionEntry } from '../publishing/ledger/entries.ts';
import { parseLedger, writeEntries } from '../publishing/ledger/ledger.ts';
import { mergeLedgers } from '../publishing/ledger/merge-ledgers.ts';
import { pruneLedger } from '../publishing/ledger/prune-ledger.ts';
import { rejectionFor } from '../publishing/ledger/reject-proposal.ts';

export interface RejectRequest {
  readonly cwd: string;
  readonly branch: string;
  /** Where the branch was when it was looked at; any where left out. */
  readonly commit?: string;
  readonly why: string;
  /** A remote's name, or false. */
  readonly push: string | false;
  readonly dryRun: boolean;
  readonly now: Date;
}

export interface Rejected {
  readonly rejection: RejectionEntry;
  /** Whether the ledger went to the remote. */
  readonly pushed: boolean;
  /** Why it did not, where it should have. */
  readonly trouble: string | undefined;
}

/** Throws the usage Failures `branch-unknown`, `branch-moved` and `why-missing`. The branch itself is left as it is. */
export async function rejectBranch(request: RejectRequest): Promise<Rejected> {
  const { branch, push, dryRun, now: at } = request;
  const why = request.why
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .slice(0, 500);
  if (why === '') {
    throw new Failure('usage', 'why-missing', 'A rejection needs its reason.', { hint: 'Pass --why TEXT.' });
  }
  const repository = await openRepository(resolve(request.cwd));
  const about = { message: `ledger: ${branch} is rejected\n`, at };
  const pulled = push === false || dryRun ? undefined : await telling(() => pull(repository, push, about));
  const proposal = parseLedger(await readLedgerFiles(repository)).proposals.get(branch);
  if (proposal === undefined) {
    throw new Failure('usage', 'branch-unknown', `The ledger knows no proposal ${JSON.stringify(branch)}.`, {
      hint: 'Name a branch that a night has published; `git fetch` and publish.push bring the ledger of another machine.',
    });
  }
  if (request.commit !== undefined && request.commit !== proposal.commit) {
    throw new Failure('usage', 'branch-moved', `${branch} was proposed anew since, with another commit.`, {
      hint: 'Look at the newest night, and decide there.',
    });
  }
  const rejection = rejectionFor(proposal, { by: 'person', why, at: at.toISOString() });
  if (dryRun) return { rejection, pushed: false, trouble: undefined };
  const rejected = { ...proposal, state: 'rejected' as const, at: at.toISOString() };
  await changeLedgerFiles(
    repository,
    (now) => pruneLedger(writeEntries(now, { proposals: [rejected], rejections: [rejection] }), at),
    about,
  );
  if (push === false) return { rejection, pushed: false, trouble: undefined };
  const trouble = pulled ?? (await telling(() => syncLedger(repository, push, mergeLedgers, about)));
  return { rejection, pushed: trouble === undefined, trouble };
}

async function pull(repository: Repository, remote: string, about: { message: string; at: Date }): Promise<void> {
  const tip = (await readRemoteRefs(repository, remote, [LEDGER_REF])).get(LEDGER_REF);
  await pullLedger(repository, remote, tip, mergeLedgers, about);
}

/** What the remote had against it: the rejection stands here all the same. */
async function telling(work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (!(error instanceof Failure) || error.code === 'repository-not-writable') throw error;
    return error.message;
  }
}
