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
      const mode = await modeOf(repository, base, file);
      if (!mode.startsWith('100')) throw new Error(`${file} is not a plain file in ${base}`);
      await stage(repository, env, { file, text: applyEdits(before, patch, file), mode });
    }
    for (const { file, text } of patch.newFiles) {
      if ((await modeOf(repository, base, file)) !== '') throw new Error(`${file} is already in ${base}`);
      await stage(repository, env, { file, text, mode: '100644' });
    }
    const tree = (await plumb(repository.top, ['write-tree'], { env })).toString('utf8').trim();
    return await commitTree(repository, { tree, parents: [base], message, at });
  } catch (error) {
    if (error instanceof GitError) throw notWritable(error);
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function commitTree(
  repository: Repository,
  commit: {
    tree: string;
    parents: readonly string[];
    message: string;
    at: Date;
    /** Ours where left out. */
    by?: { readonly name: string; readonly email: string };
  },
): Promise<string> {
  const { name, email } = commit.by ?? AUTHOR;
  const date = `${Math.floor(commit.at.getTime() / 1000)} +0000`;
  const env = {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
    GIT_COMMITTER_DATE: date,
  };
  const parents = commit.parents.flatMap((parent) => ['-p', parent]);
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

/** `100644`, `100755` and the like; '' where there is nothing of that name. */
async function modeOf(repository: Repository, commit: string, file: string): Promise<string> {
  const line = (await plumb(repository.top, ['ls-tree', commit, '--', repository.toGit(file)])).toString('utf8');
  return line.slice(0, 6);
}

/**
 * Moves a reference if it still is at `expected` (undefined: if it does not exist). False where it is not, and for a
 * branch that somebody has checked out: their files would look changed. Throws `branch-name-taken` where a branch of a
 * shorter or longer name is in the way.
 */
export async function moveRef(
  repository: Repository,
  ref: string,
  to: string,
  expected: string | undefined,
): Promise<boolean> {
  if ((await describeRef(repository, ref))?.checkedOut) return false;
  const env = { GIT_COMMITTER_NAME: AUTHOR.name, GIT_COMMITTER_EMAIL: AUTHOR.email };
  try {
    await plumb(repository.top, ['update-ref', '--create-reflog', '-m', 'mendwright', ref, to, expected ?? ''], {
      env,
    });
    return true;
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    if (/is at \w+ but expected|reference already exists|unable to resolve reference/.test(error.stderr)) return false;
    const [, other] = /'refs\/heads\/([^']+)' exists; cannot create/.exec(error.stderr) ?? [];
    if (other === undefined) throw notWritable(error);
    throw new Failure('usage', 'branch-name-taken', `The branch ${other} leaves no room for ${ref.slice(11)}.`, {
      hint: 'Rename that branch, or choose another publish.branchPrefix.',
      cause: error,
    });
  }
}

export async function readRef(repository: Repository, ref: string): Promise<string | undefined> {
  return (await describeRef(repository, ref))?.commit;
}

/** Undefined where there is no such reference. */
export async function describeRef(
  { top }: Repository,
  ref: string,
): Promise<{ commit: string; checkedOut: boolean } | undefined> {
  // A name is also a prefix to git: `a/b` lists `a/b/c`.
  const out = await plumb(top, ['for-each-ref', '--format=%(refname)%00%(objectname)%00%(worktreepath)', ref]);
  const lines = out.toString('utf8').split('\n');
  const [, commit, worktree] = lines.map((line) => line.split('\0')).find(([name]) => name === ref) ?? [];
  return commit === undefined ? undefined : { commit, checkedOut: worktree !== '' };
}

/**
 * Who made the commits that a branch has over the base: authors and committers (an amended or rebased commit keeps its
 * author), newest first, down to the first commit that is all ours. Below it lies the base of an earlier night, which may
 * have been rewritten since.
 */
export async function authorsSince({ top }: Repository, base: string, branch: string): Promise<string[]> {
  const out = await plumb(top, ['log', '--format=%an <%ae>%x00%cn <%ce>', `${base}..${branch}`, '--']);
  const people: string[] = [];
  for (const line of out.toString('utf8').split('\n').filter(Boolean)) {
    const who = new Set(line.split('\0'));
    people.push(...who);
    if (who.size === 1 && who.has(`${AUTHOR.name} <${AUTHOR.email}>`)) break;
  }
  return people;
}

/** Whether the object is here: a tip of the remote may not be. */
export async function hasCommit({ top }: Repository, commit: string): Promise<boolean> {
  return succeeds(top, ['cat-file', '-e', `${commit}^{commit}`]);
}

export async function isAncestor({ top }: Repository, commit: string, of: string): Promise<boolean> {
  return succeeds(top, ['merge-base', '--is-ancestor', commit, of]);
}

export interface Wanted {
  readonly commit: string;
  /** A trailer that the message of a squashed or picked commit keeps; looked for in what came after `since`. */
  readonly trailer?: { readonly text: string; readonly since: string };
}

/** Whether the base holds what a commit did: merged, or rebased, squashed or picked with the same changes or the same trailer. */
export async function isMerged(repository: Repository, { commit, trailer }: Wanted, base: string): Promise<boolean> {
  const { top } = repository;
  if (await hasCommit(repository, commit)) {
    if (await isAncestor(repository, commit, base)) return true;
    // `-`: the base has a commit with the same changes; `+`: it has none.
    const marks = await ask(top, ['cherry', base, commit]);
    if (/^- /m.test(marks) && !/^\+ /m.test(marks)) return true;
  }
  if (trailer === undefined) return false;
  const range = `${trailer.since}..${base}`;
  return (
    (await ask(top, ['log', '-1', '--format=%H', '--fixed-strings', `--grep=${trailer.text}`, range, '--'])) !== ''
  );
}

/** Empty where git has nothing to say, such as of a commit that a shallow clone lacks. */
async function ask(top: string, args: readonly string[]): Promise<string> {
  try {
    return (await plumb(top, args)).toString('utf8').trim();
  } catch (error) {
    if (error instanceof GitError) return '';
    throw error;
  }
}

async function succeeds(top: string, args: readonly string[]): Promise<boolean> {
  try {
    await plumb(top, args);
    return true;
  } catch (error) {
    if (error instanceof GitError) return false;
    throw error;
  }
}

/** Removes a branch that still is at `expected`. False where it is not, and where somebody has it checked out. */
export async function removeRef(repository: Repository, ref: string, expected: string): Promise<boolean> {
  if ((await describeRef(repository, ref))?.checkedOut !== false) return false;
  return succeeds(repository.top, ['update-ref', '-d', ref, expected]);
}
