/** What the repository's past says: blame, hunks of commits, commits that touched a path. */
import type { Commit, Hunk } from '../../model/suspect.ts';
import { parseCommit, type Repository } from './open-repository.ts';
import { GitError, plumb } from './run-git.ts';

const FORMAT = '%H%x00%s%x00%an%x00%cI';

/** The commits that last changed lines `from` to `to` (1-based, inclusive) of a file, newest first. */
export async function blameLines(
  repository: Repository,
  commit: string,
  { file, from, to }: { file: string; from: number; to: number },
): Promise<Commit[]> {
  const text = await read(repository, [
    'blame',
    '--porcelain',
    '-w',
    '-M',
    '--no-textconv',
    `-L${from},${to}`,
    commit,
    '--',
    repository.toGit(file),
  ]);
  const shas = new Set([...text.matchAll(/^([0-9a-f]{40,64}) \d+ \d+/gm)].map(([, sha = '']) => sha));
  if (shas.size === 0) return [];
  const commits = await log(repository, ['--no-walk', ...shas, '--']);
  return commits.sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

/** Commits that changed a file, or anything below a folder, newest first. */
export function commitsTouching(
  repository: Repository,
  commit: string,
  { path, max }: { path: string; max: number },
): Promise<Commit[]> {
  const inside = path === '.' || path === '' ? repository.root || '.' : repository.toGit(path);
  return log(repository, [`-${max}`, '--no-merges', commit, '--', inside]);
}

export async function parentOf(repository: Repository, commit: string): Promise<Commit | undefined> {
  const [, parent] = await log(repository, ['-2', '--first-parent', commit, '--']);
  return parent;
}

/** A commit by its id, whole or shortened, that `commit` contains. Undefined for merges, whose changes were made elsewhere, and any other text. */
export async function findCommit(repository: Repository, commit: string, id: string): Promise<Commit | undefined> {
  if (!/^[\da-f]{7,64}$/i.test(id)) return undefined;
  const [found] = await log(repository, ['--no-walk', '--no-merges', id, '--']);
  if (found === undefined) return undefined;
  return (await read(repository, ['merge-base', found.sha, commit])).trim() === found.sha ? found : undefined;
}

/** Files below the app's root that differ between two commits, sorted. */
export async function changedFiles(repository: Repository, from: string, to: string): Promise<string[]> {
  const text = await read(repository, ['diff', '--name-only', '--no-renames', '-z', from, to, '--']);
  return text
    .split('\0')
    .flatMap((path) => (path === '' ? [] : (repository.fromGit(path) ?? [])))
    .sort();
}

/** What one commit changed against its first parent; empty for a commit without a parent. */
export async function hunksOf(repository: Repository, commit: string): Promise<Hunk[]> {
  const parent = await parentOf(repository, commit);
  return parent === undefined ? [] : hunksBetween(repository, parent.sha, commit);
}

/** `commit` of each hunk is `to`; of a renamed file only what changed. Binary files and those outside the app's root are left out. */
export async function hunksBetween(repository: Repository, from: string, to: string): Promise<Hunk[]> {
  const text = await read(repository, [
    'diff',
    '-U0',
    '--no-color',
    '--no-ext-diff',
    '--no-textconv',
    '--inter-hunk-context=0',
    '--submodule=short',
    '--find-renames',
    '--src-prefix=a/',
    '--dst-prefix=b/',
    from,
    to,
    '--',
    repository.root || '.',
  ]);
  return parseDiff(text, to).flatMap((hunk) => {
    const file = repository.fromGit(hunk.file);
    return file === undefined ? [] : [{ ...hunk, file }];
  });
}

async function log(repository: Repository, args: readonly string[]): Promise<Commit[]> {
  const text = await read(repository, ['log', `--format=${FORMAT}`, ...args]);
  return text.split('\n').filter(Boolean).map(parseCommit);
}

/** Empty where git has nothing to say, such as a path that was never there. */
async function read({ top }: Repository, args: readonly string[]): Promise<string> {
  try {
    return (await plumb(top, args)).toString('utf8');
  } catch (error) {
    if (error instanceof GitError) return '';
    throw error;
  }
}

const HEAD = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/;

/** Reads `git diff -U0`; the file of a deleted one is its old name. */
export function parseDiff(text: string, commit: string): Hunk[] {
  const hunks: Hunk[] = [];
  let file = '';
  let hunk: Hunk | undefined;
  for (const line of text.split('\n')) {
    const head = HEAD.exec(line);
    if (line.startsWith('diff --git ')) hunk = undefined;
    if (hunk === undefined && /^(?:---|\+\+\+) /.test(line)) file = fileIn(line) ?? file;
    else if (head) {
      hunk = { commit, file, oldStart: Number(head[1]), newStart: Number(head[2]), oldLines: [], newLines: [] };
      hunks.push(hunk);
    } else if (line.startsWith('-')) hunk?.oldLines.push(line.slice(1));
    else if (line.startsWith('+')) hunk?.newLines.push(line.slice(1));
  }
  return hunks;
}

const ESCAPES: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** The path of a `---` or `+++` line: git quotes some names, and ends those with a space by a tab. Undefined for /dev/null. */
function fileIn(line: string): string | undefined {
  const name = line.slice(4).replace(/\t$/, '');
  if (name === '/dev/null') return undefined;
  if (!name.startsWith('"')) return name.slice(2);
  return name
    .slice(3, -1)
    .replace(/\\([0-7]{3}|.)/g, (_, code: string) =>
      code.length === 3 ? String.fromCharCode(Number.parseInt(code, 8)) : (ESCAPES[code] ?? code),
    );
}
