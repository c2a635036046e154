/** Worktrees of our own below `.mendwright/worktrees`: made, patched, removed, and swept after a killed night. */
import { existsSync, lstatSync, mkdirSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { Failure } from '../../model/failure.ts';
import type { Patch } from '../../model/patch.ts';
import { HOME, type Repository } from './open-repository.ts';
import { GitError, notWritable, plumb } from './run-git.ts';

const NAME = /^[a-z0-9][a-z0-9-]*$/;

/** Absolute path of a detached worktree at `commit`; one of that name that is there already is replaced. */
export async function addWorktree(repository: Repository, name: string, commit: string): Promise<string> {
  if (!NAME.test(name)) throw new Error(`not a worktree name: ${name}`);
  const dir = join(repository.top, HOME, 'worktrees', name);
  if (existsSync(dir)) await removeWorktree(repository, dir);
  mkdirSync(dirname(dir), { recursive: true });
  try {
    // Twice --force: one that was killed while it was being made is still locked.
    const options = ['--quiet', '--force', '--force', '--detach', '--no-checkout'];
    await inTurn(repository, ['worktree', 'add', ...options, dir, commit]);
    await plumb(dir, ['reset', '--quiet', '--hard']);
  } catch (error) {
    throw notWritable(error);
  }
  return dir;
}

export async function removeWorktree(repository: Repository, dir: string): Promise<void> {
  rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
  await forget(repository, dir);
}

/** Removes every worktree of ours; called under the night's lock, when none can be in use. Returns how many there were. */
export async function sweepWorktrees(repository: Repository): Promise<number> {
  const folder = join(repository.top, HOME, 'worktrees');
  const left = existsSync(folder) ? readdirSync(folder) : [];
  const listed = (await inTurn(repository, ['worktree', 'list', '--porcelain'])).toString('utf8');
  const known = [...listed.matchAll(/^worktree (.+)$/gm)].flatMap(([, dir = '']) =>
    dir.startsWith(folder + sep) ? [dir] : [],
  );
  if (left.length + known.length === 0) return 0;
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  for (const dir of known) await forget(repository, dir);
  return Math.max(left.length, known.length);
}

/** By repository: the last of its worktree commands. Git reads the records of all of them, also of one that is half written. */
const turns = new Map<string, Promise<unknown>>();

function inTurn({ top }: Repository, args: readonly string[]): Promise<Buffer> {
  const before = turns.get(top) ?? Promise.resolve();
  const mine = before.then(() => plumb(top, args));
  turns.set(
    top,
    mine.catch(() => undefined), // Whoever asked for it is told.
  );
  return mine;
}

/** Not `worktree prune`: that would drop the user's own worktrees on a disk that is not mounted just now. */
async function forget(repository: Repository, dir: string): Promise<void> {
  try {
    await inTurn(repository, ['worktree', 'remove', '--force', '--force', dir]);
  } catch (error) {
    // Not known to git: it was killed before it had written anything down.
    if (!(error instanceof GitError)) throw error;
  }
}

/** Writes a patch into the app's root of a worktree. Throws where a path leads out of it. */
export async function writePatch(root: string, patch: Pick<Patch, 'edits' | 'newFiles'>): Promise<void> {
  for (const file of new Set(patch.edits.map((edit) => edit.file))) {
    const path = inside(root, file);
    // Offsets count in the commit's text; attributes such as eol=crlf give the checked-out file another.
    const before = await plumb(root, ['cat-file', 'blob', `HEAD:./${file}`]);
    await writeFile(path, applyEdits(before.toString('utf8'), patch, file));
  }
  for (const { file, text } of patch.newFiles) {
    const path = inside(root, file);
    mkdirSync(dirname(path), { recursive: true });
    await writeFile(path, text, { flag: 'wx' });
  }
}

/** The text of one file after the patch's edits, which are offsets in `before`; insertions at one place keep their order. */
export function applyEdits(before: string, { edits }: Pick<Patch, 'edits'>, file: string): string {
  const own = edits.filter((edit) => edit.file === file).sort((a, b) => a.start - b.start || a.end - b.end);
  let text = '';
  let at = 0;
  for (const { start, end, text: inserted } of own) {
    if (start < at) throw new Error(`two edits of ${file} overlap`);
    if (end > before.length || start > end) throw new Error(`an edit of ${file} lies outside its text`);
    text += before.slice(at, start) + inserted;
    at = end;
  }
  return text + before.slice(at);
}

/** Writes whole texts below the app's root; throws a usage Failure, before anything is written, where one leads out of it. */
export async function writeTexts(root: string, texts: ReadonlyMap<string, string>): Promise<void> {
  let places: [path: string, text: string][];
  try {
    places = [...texts].map(([file, text]) => [inside(root, file), text]);
  } catch (cause) {
    throw new Failure('usage', 'outside-root', cause instanceof Error ? cause.message : String(cause), { cause });
  }
  for (const [path, text] of places) await writeFile(path, text);
}

/** Follows links of the folders on the way, so that none leads out of the worktree. */
function inside(root: string, file: string): string {
  const path = join(root, file);
  let folder = dirname(path);
  while (!existsSync(folder)) folder = dirname(folder);
  const real = realpathSync(folder);
  const top = realpathSync(root);
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  if (isLink || (real !== top && !real.startsWith(top + sep))) throw new Error(`${file} leads out of the app’s root`);
  return path;
}
