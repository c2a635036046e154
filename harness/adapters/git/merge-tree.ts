/** Merges two commits into a tree, in git's object store alone: no checkout, no index, no reference, no hook. */
import { Failure } from '../../model/failure.ts';
import type { Repository } from './open-repository.ts';
import { GitError, plumb } from './run-git.ts';

export interface MergedTree {
  /** With conflict marks where `files` names any. */
  readonly tree: string;
  /** What both changed in ways that do not go together, sorted. */
  readonly files: readonly string[];
}

export interface MergeWay {
  /** Options of git's own, before the command. */
  readonly options?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Throws the usage Failure `git-too-old` before git 2.38, and git's own errors. */
export async function mergeTree(
  { top }: Repository,
  ours: string,
  theirs: string,
  { options = [], env = {} }: MergeWay = {},
): Promise<MergedTree> {
  const args = ['merge-tree', '--write-tree', '--name-only', '--no-messages', '-z', ours, theirs];
  try {
    const out = await plumb(top, [...options, ...args], { env, accept: [1] });
    const [tree = '', ...files] = out.toString('utf8').split('\0').filter(Boolean);
    return { tree: tree.trim(), files: [...new Set(files)].sort() };
  } catch (error) {
    if (!(error instanceof GitError) || !/usage:|unknown (?:option|switch)/.test(error.stderr)) throw error;
    throw new Failure('usage', 'git-too-old', 'This git cannot merge without a checkout.', {
      hint: 'Git 2.38 or newer can.',
      cause: error,
    });
  }
}
