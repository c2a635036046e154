/** Worktrees of our own below `.mendwright/worktrees`: made, patched, removed, and swept after a killed night. */
import { existsSync, lstatSync, mkdirSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import type { Patch } from '../../model/patch.ts';
import { HOME, type Repository } from './open-repository.ts';
import { notWritable, plumb } from './run-git.ts';

const NAME = /^[a-z0-9][a-z0-9-]*$/;

/** Absolute path of a detached worktree at `commit`; one of that name that is there already is replaced. */
export async function addWorktree(repository: Repository, name: string, commit: string): Promise<string> {
  if (!NAME.test(name)) throw new Error(`not a worktree name: ${name}`);
  const dir = join(repository.top, HOME, 'worktrees', name);
  if (existsSync(dir)) await removeWorktree(repository, dir);
  mkdirSync(dirname(dir), { recursive: true });
  try {
    await plumb(repository.top, ['worktree', 'add', '--quiet', '--force', '--detach', dir, commit]);
  } catch (error) {
    throw notWritable(error);
  }
  return dir;
}

export async function removeWorktree(repository: Repository, dir: string): Promise<void> {
  rmSync(dir, { recursive: true, force: true });
  await plumb(repository.top, ['worktree', 'prune', '--expire=now']);
}

/** Removes every worktree of ours; called under the night's lock, when none can be in use. Returns how many there were. */
export async function sweepWorktrees(repository: Repository): Promise<number> {
  const folder = join(repository.top, HOME, 'worktrees');
  const left = existsSync(folder) ? readdirSync(folder) : [];
  if (left.length === 0) return 0;
  rmSync(folder, { recursive: true, force: true });
  await plumb(repository.top, ['worktree', 'prune', '--expire=now']);
  return left.length;
}

/** Writes a patch into the app's root of a worktree. Throws where a path leads out of it. */
export async function writePatch(root: string, patch: Pick<Patch, 'edits' | 'newFiles'>): Promise<void> {
  for (const file of new Set(patch.edits.map((edit) => edit.file))) {
    const path = inside(root, file);
    await writeFile(path, applyEdits(await readFile(path, 'utf8'), patch, file));
  }
  for (const { file, text } of patch.newFiles) {
    const path = inside(root, file);
    mkdirSync(dirname(path), { recursive: true });
    await writeFile(path, text, { flag: 'wx' });
  }
}

/** The text of one file after the patch's edits, which are offsets in `before`. */
export function applyEdits(before: string, { edits }: Pick<Patch, 'edits'>, file: string): string {
  const own = edits.filter((edit) => edit.file === file).sort((a, b) => b.start - a.start || b.end - a.end);
  let text = before;
  for (const { start, end, text: inserted } of own) {
    if (end > before.length || start > end) throw new Error(`an edit of ${file} lies outside its text`);
    text = text.slice(0, start) + inserted + text.slice(end);
  }
  return text;
}

/** Follows links of the folders on the way, so that none leads out of the worktree. */
function inside(root: string, file: string): string {
  const path = join(root, file);
  let folder = dirname(path);
  while (!existsSync(folder)) folder = dirname(folder);
  const real = realpathSync(folder);
  const top = realpathSync(root);
  const isLink = existsSync(path) && lstatSync(path).isSymbolicLink();
  if (isLink || (real !== top && !real.startsWith(top + sep))) throw new Error(`${file} leads out of the app’s root`);
  return path;
}
