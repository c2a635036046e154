/** Git as the publish stage asks for it. */
import { AUTHOR, authorsSince, commitPatch, moveRef, pushRefs, readRef } from '../adapters/git/branch.ts';
import type { Repository } from '../adapters/git/open-repository.ts';
import type { Settings } from '../settings.ts';
import type { PublishTools } from '../stages/publish-branches.ts';
import type { LedgerTools } from './ledger-tools.ts';

export interface PublishGround {
  readonly repository: Repository;
  readonly base: string;
  readonly settings: Pick<Settings, 'publish'>;
  readonly ledger: LedgerTools;
  readonly dryRun: boolean;
}

export function publishTools({ repository, base, settings, ledger, dryRun }: PublishGround): PublishTools {
  const { branchPrefix, maxBranches, push } = settings.publish;
  return {
    prefix: branchPrefix,
    maxBranches,
    dryRun,
    readTip: (branch) => readRef(repository, `refs/heads/${branch}`),
    isOurs: async (tip) =>
      (await authorsSince(repository, base, tip)).every((author) => author === `${AUTHOR.name} <${AUTHOR.email}>`),
    commit: (patch, message) => commitPatch(repository, { base, patch, message, at: new Date() }),
    move: (branch, commit, expected) => moveRef(repository, `refs/heads/${branch}`, commit, expected),
    push: async (branch, expected) => {
      if (push !== false) await pushRefs(repository, push, [{ ref: `refs/heads/${branch}`, expected }]);
    },
    fingerprint: ledger.fingerprint,
    rejected: ledger.rejected,
  };
}
