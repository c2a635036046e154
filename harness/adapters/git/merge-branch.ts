/** Two commits merged without a checkout: git computes the tree, and no hook, index or working file takes part. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../../model/failure.ts';
import { AUTHOR, commitTree } from './branch.ts';
import { type MergedTree, mergeTree } from './merge-tree.ts';
import type { Repository } from './open-repository.ts';
import { GitError, plumb } from './run-git.ts';

export interface MergeRequest {
  /** The commit that is merged into: first parent. */
  readonly into: string;
  readonly from: string;
  readonly message: string;
  readonly at: Date;
}

/**
 * Writes the merged tree, and nothing else; a trial writes its objects where they are thrown away. Undefined where this git
 * cannot.
 */
export async function mergeCommits(
  repository: Repository,
  into: string,
  from: string,
  { isTrial = false }: { isTrial?: boolean } = {},
): Promise<MergedTree | undefined> {
  const aside = isTrial ? mkdtempSync(join(tmpdir(), 'mendwright-objects-')) : undefined;
  const own = JSON.stringify(join(repository.gitDir, 'objects'));
  const env = aside && { GIT_OBJECT_DIRECTORY: aside, GIT_ALTERNATE_OBJECT_DIRECTORIES: own };
  try {
    return await mergeTree(repository, into, from, { ...(env && { env }) });
  } catch (error) {
    if (error instanceof GitError || error instanceof Failure) return undefined;
    throw error;
  } finally {
    if (aside !== undefined) rmSync(aside, { recursive: true, force: true });
  }
}

/** A merge commit in the name of whoever this machine's git is set up for; no reference points to it yet. */
export async function commitMerge(repository: Repository, tree: string, request: MergeRequest): Promise<string> {
  const { into, from, message, at } = request;
  return commitTree(repository, { tree, parents: [into, from], message, at, by: await personOf(repository) });
}

/** As git would sign a commit here. */
async function personOf({ top }: Repository): Promise<{ name: string; email: string }> {
  try {
    const said = (await plumb(top, ['var', 'GIT_AUTHOR_IDENT'])).toString('utf8');
    const { name, email } = /^(?<name>.*) <(?<email>[^>]*)> \d+ [+-]\d+\s*$/.exec(said)?.groups ?? {};
    if (name && email) return { name, email };
  } catch (error) {
    if (!(error instanceof GitError)) throw error; // Nobody told git who they are.
  }
  return AUTHOR;
}

export function conflictFailure(branch: string, into: string, files: readonly string[]): Failure {
  const named = files.slice(0, 5).join(', ');
  return new Failure('usage', 'merge-conflict', `${branch} does not merge into ${into}: both changed ${named}.`, {
    hint: `Nothing was written. Merge it by hand: git switch ${into} && git merge --no-ff ${branch}`,
  });
}
