/** Merges branches in git's object store alone: no checkout, no index, no reference, and no merge program of the user's. */
import type { BranchConflict } from '../../model/combination.ts';
import { commitTree } from './branch.ts';
import { mergeTree } from './merge-tree.ts';
import type { Repository } from './open-repository.ts';
import { plumb } from './run-git.ts';

export interface MergeRequest {
  readonly base: string;
  readonly tips: readonly { readonly branch: string; readonly commit: string }[];
  readonly at: Date;
}

export interface MergedTips {
  /** Reached by no reference: git's own tidying removes it in time. The base itself where nothing was merged. */
  readonly commit: string;
  readonly branches: readonly string[];
  readonly conflicts: readonly BranchConflict[];
}

/** One after the other into `base`; what conflicts is left out. Throws the usage Failure `git-too-old` before git 2.38. */
export async function mergeBranches(repository: Repository, { base, tips, at }: MergeRequest): Promise<MergedTips> {
  const drivers = await plainDrivers(repository);
  const merged: { branch: string; commit: string }[] = [];
  const conflicts: BranchConflict[] = [];
  let commit = base;
  for (const tip of tips) {
    const { tree, files } = await mergeTree(repository, commit, tip.commit, { options: drivers });
    if (files.length > 0) {
      conflicts.push({ branch: tip.branch, with: await opponents(tip.commit), files: [...files] });
      continue;
    }
    const message = `Merge ${tip.branch}\n`;
    commit = await commitTree(repository, { tree, parents: [commit, tip.commit], message, at });
    merged.push(tip);
  }
  return { commit, branches: merged.map(({ branch }) => branch), conflicts };

  async function opponents(theirs: string): Promise<string[]> {
    const found: string[] = [];
    for (const one of merged) {
      if ((await mergeTree(repository, one.commit, theirs, { options: drivers })).files.length > 0)
        found.push(one.branch);
    }
    return found;
  }
}

/** Programs that the user's settings name for merging files give way to git's own merge. */
async function plainDrivers({ top }: Repository): Promise<string[]> {
  const listed = await plumb(top, ['config', '--name-only', '--get-regexp', '^merge\\..*\\.driver$'], { accept: [1] });
  return listed
    .toString('utf8')
    .split('\n')
    .filter(Boolean)
    .flatMap((key) => ['-c', `${key}=git merge-file --marker-size=%L %A %O %B`]);
}
