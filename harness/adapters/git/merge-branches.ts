/** Merges branches in git's object store alone: no checkout, no index, no reference, and no merge program of the user's. */
import type { BranchConflict } from '../../model/combination.ts';
import { Failure } from '../../model/failure.ts';
import { commitTree } from './branch.ts';
import type { Repository } from './open-repository.ts';
import { GitError, plumb } from './run-git.ts';

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
    const { tree, files } = await mergeTree(repository, drivers, commit, tip.commit);
    if (files.length > 0) {
      conflicts.push({ branch: tip.branch, with: await opponents(tip.commit), files });
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
      if ((await mergeTree(repository, drivers, one.commit, theirs)).files.length > 0) found.push(one.branch);
    }
    return found;
  }
}

/** The merged tree, and the files that conflict, sorted. */
async function mergeTree(
  { top }: Repository,
  drivers: readonly string[],
  ours: string,
  theirs: string,
): Promise<{ tree: string; files: string[] }> {
  const args = ['merge-tree', '--write-tree', '--name-only', '--no-messages', '-z', ours, theirs];
  const out = await merging(() => plumb(top, [...drivers, ...args], { accept: [1] }));
  const [tree = '', ...files] = out.toString('utf8').split('\0').filter(Boolean);
  return { tree, files: [...new Set(files)].sort() };
}

async function merging<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof GitError) || !/usage:|unknown (?:option|switch)/.test(error.stderr)) throw error;
    throw new Failure('usage', 'git-too-old', 'This git cannot merge without a checkout.', {
      hint: 'Git 2.38 or newer can.',
      cause: error,
    });
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
