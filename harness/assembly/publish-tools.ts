/** Git as the publish stage asks for it. */
import { commitPatch, moveRef, readRef } from '../adapters/git/branch.ts';
import type { Repository } from '../adapters/git/open-repository.ts';
import { pushRefs } from '../adapters/git/remote.ts';
import type { Settings } from '../settings.ts';
import type { PublishTools } from '../stages/publish-branches.ts';
import type { BranchView } from './branch-view.ts';
import type { LedgerTools } from './ledger-tools.ts';

export interface PublishGround {
  readonly repository: Repository;
  readonly base: string;
  readonly settings: Pick<Settings, 'publish'>;
  readonly ledger: Pick<LedgerTools, 'fingerprint' | 'life'>;
  readonly view: BranchView;
  readonly dryRun: boolean;
  /** The real one where left out. */
  readonly now?: () => Date;
}

export function publishTools({ repository, base, settings, ledger, view, dryRun, now }: PublishGround): PublishTools {
  const { maxBranches, maxOpen, push } = settings.publish;
  const { life, fingerprint } = ledger;
  return {
    maxBranches,
    maxOpen,
    waiting: life.waiting,
    dryRun,
    pushes: push !== false,
    branchOf: life.branchOf,
    settledByPeople: (issue) => life.settledByPeople(issue, true),
    rejectionOf: life.rejectionOf,
    readTip: (branch) => readRef(repository, `refs/heads/${branch}`),
    readRemoteTip: async (branch) => (await view.look(branch, undefined, true)).remote,
    commit: (patch, message) => commitPatch(repository, { base, patch, message, at: now?.() ?? new Date() }),
    move: (branch, commit, expected) => moveRef(repository, `refs/heads/${branch}`, commit, expected),
    push: async (branch, expected) => {
      if (push === false) return;
      if (view.trouble) throw view.trouble;
      await pushRefs(repository, push, [{ ref: `refs/heads/${branch}`, expected }]);
    },
    published: life.published,
    fingerprint,
  };
}
