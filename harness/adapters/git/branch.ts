/** Branches made with plumbing: an index of our own, no checkout, no hook, and the reference moved last. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../../model/failure.ts';
import type { Patch } from '../../model/patch.ts';
import type { Repository } from './open-repository.ts';
import { GitError, notWritable, plumb } from './run-git.ts';
import { applyEdits } from './worktrees.ts';

export const AUTHOR = { name: 'mendwright', email: 'mendwright@users.noreply.localhost' } as const;

export interface CommitRequest {
  readonly base: string;
  readonly patch: Pick<Patch, 'edits' | 'newFiles'>;
  readonly message: string;
  readonly at: Date;
}

/** Writes blobs, a tree and a commit on `base`; no reference points to it yet. Returns its id. */
export async function commitPatch(
  repository: Repository,
  { base, patch, message, at }: CommitRequest,
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'mendwright-index-'));
  const env = { GIT_INDEX_FILE: join(folder, 'index') };
  try {
    await plumb(repository.top, ['read-tree', base], { env });
    for (const file of new Set(patch.edits.map((edit) => edit.file))) {
      const before = await repository.readFile(base, file);
      if (before === undefined) throw new Error(`${file} is not in ${base}`);
      await stage(repository, env, {
        file,
        text: applyEdits(before, patch, file),
        mode: await modeOf(repository, base, file),
      });
    }
    for (const { file, text } of patch.newFiles) await stage(repository, env, { file, text, mode: '100644' });
    const tree = (await plumb(repository.top, ['write-tree'], { env })).toString('utf8').trim();
    return await commitTree(repository, { tree, parent: base, message, at });
  } catch (error) {
    if (error instanceof GitError) throw notWritable(error);
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function commitTree(
  repository: Repository,
  commit: { tree: string; parent: string | undefined; message: string; at: Date },
): Promise<string> {
  const date = `${Math.floor(commit.at.getTime() / 1000)} +0000`;
  const env = {
    GIT_AUTHOR_NAME: AUTHOR.name,
    GIT_AUTHOR_EMAIL: AUTHOR.email,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: AUTHOR.name,
    GIT_COMMITTER_EMAIL: AUTHOR.email,
    GIT_COMMITTER_DATE: date,
  };
  const parents = commit.parent === undefined ? [] : ['-p', commit.parent];
  const out = await plumb(repository.top, ['commit-tree', commit.tree, ...parents, '-F', '-'], {
    env,
    input: commit.message,
  });
  return out.toString('utf8').trim();
}

async function stage(
  repository: Repository,
  env: Readonly<Record<string, string>>,
  { file, text, mode }: { file: string; text: string; mode: string },
): Promise<void> {
  const blob = (await plumb(repository.top, ['hash-object', '-w', '--stdin', '--no-filters'], { input: text }))
    .toString('utf8')
    .trim();
  await plumb(repository.top, ['update-index', '--add', '--cacheinfo', `${mode},${blob},${repository.toGit(file)}`], {
    env,
  });
}

async function modeOf(repository: Repository, commit: string, file: string): Promise<string> {
  const line = (await plumb(repository.top, ['ls-tree', commit, '--', repository.toGit(file)])).toString('utf8');
  return line.slice(0, 6) || '100644';
}

/** Moves a reference if it still is at `expected` (undefined: if it does not exist). */
export async function moveRef(
  repository: Repository,
  ref: string,
  to: string,
  expected: string | undefined,
): Promise<boolean> {
  try {
    await plumb(repository.top, ['update-ref', '--create-reflog', ref, to, expected ?? '0'.repeat(40)]);
    return true;
  } catch (error) {
    if (
      error instanceof GitError &&
      /cannot lock ref|is at .* but expected|reference already exists/.test(error.stderr) &&
      !/Permission denied|No space|Read-only|Unable to create/.test(error.stderr)
    )
      return false;
    throw notWritable(error);
  }
}

export async function readRef({ top }: Repository, ref: string): Promise<string | undefined> {
  const out = (await plumb(top, ['for-each-ref', '--format=%(objectname)', ref])).toString('utf8').trim();
  return out === '' ? undefined : out.split('\n')[0];
}

/** Authors of the commits that a branch has and the base has not, newest first. */
export async function authorsSince({ top }: Repository, base: string, branch: string): Promise<string[]> {
  const out = await plumb(top, ['log', '--format=%an <%ae>', `${base}..${branch}`, '--']);
  return out.toString('utf8').split('\n').filter(Boolean);
}

/** Pushes references to a remote; a branch that moved there meanwhile is left as it is. */
export async function pushRefs(
  { top }: Repository,
  remote: string,
  refs: readonly { ref: string; expected: string | undefined }[],
): Promise<void> {
  if (refs.length === 0) return;
  const leases = refs.map(({ ref, expected }) => `--force-with-lease=${ref}:${expected ?? ''}`);
  try {
    await plumb(top, [
      'push',
      '--quiet',
      '--no-verify',
      ...leases,
      '--',
      remote,
      ...refs.map(({ ref }) => `${ref}:${ref}`),
    ]);
  } catch (error) {
    throw new Failure('upstream', 'push-refused', `The remote ${remote} did not take the branches.`, {
      hint: 'Check publish.push, the remote’s address and its permissions; the branches are in the local repository.',
      cause: error,
    });
  }
}
