/** The app's repository, read at fixed commits: the user's checkout is looked at only to say whether it has changes. */
import { isUtf8 } from 'node:buffer';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import picomatch from 'picomatch';
import { Failure } from '../../model/failure.ts';
import type { Commit } from '../../model/suspect.ts';
import { GitError, gitAt, notWritable, plumb } from './run-git.ts';

/** Paths that go in and out are relative to the app's root, which may be a subfolder of the repository. */
export interface Repository {
  /** Absolute path of the checkout's top. */
  readonly top: string;
  /** Absolute path of the common git folder. */
  readonly gitDir: string;
  /** The app's root from the top, '' for the top itself. */
  readonly root: string;
  /** `HEAD`, a branch, a tag or a commit. Throws the usage Failure `base-unknown`. */
  resolveCommit(ref: string): Promise<Commit>;
  currentBranch(): Promise<string | undefined>;
  /** Whether the checkout has changes or untracked files. */
  isDirty(): Promise<boolean>;
  /** Whether older commits were left out when it was cloned. */
  isShallow(): Promise<boolean>;
  /** Undefined where the file is not there at that commit, or is no UTF-8: read and written back it would be another. */
  readFile(commit: string, file: string): Promise<string | undefined>;
  /** Texts of many files at once, by one process; what `readFile` would not give is left out. */
  readFiles(commit: string, matches: (file: string) => boolean): Promise<ReadonlyMap<string, string>>;
  /** Every file below the app's root, sorted; symbolic links are none. */
  listFiles(commit: string): Promise<string[]>;
  /** Path and blob id of the files that match any glob: equal content gives an equal list. */
  listBlobs(commit: string, globs: readonly string[]): Promise<string[]>;
  /** A path of ours as git knows it. */
  toGit(file: string): string;
  /** A path of git's as ours; undefined for files outside the app's root. */
  fromGit(path: string): string | undefined;
}

export const HOME = '.mendwright';
/** Git's mode of a symbolic link. */
const LINK = '120000';

/** Throws usage Failures: `not-a-repository`, `repository-not-trusted`, `bare-repository`, `git-missing`, `root-outside`. */
export async function openRepository(cwd: string, root = '.'): Promise<Repository> {
  const [top, gitDir] = await locate(cwd);
  const prefix = posix.normalize(root) === '.' ? '' : posix.normalize(root).replace(/\/$/, '');
  if (prefix.startsWith('..') || prefix.startsWith('/')) {
    throw new Failure('usage', 'root-outside', `app.root (${root}) lies outside the repository.`);
  }
  const git = gitAt(top);
  const toGit = (file: string): string => (prefix === '' ? file : `${prefix}/${file}`);
  const fromGit = (path: string): string | undefined => {
    if (prefix === '') return path;
    return path.startsWith(`${prefix}/`) ? path.slice(prefix.length + 1) : undefined;
  };
  const listTree = async (commit: string): Promise<{ mode: string; blob: string; file: string }[]> => {
    const text = await git.raw(['ls-tree', '-r', '-z', commit]);
    return text
      .split('\0')
      .filter(Boolean)
      .flatMap((line) => {
        const tab = line.indexOf('\t');
        const file = fromGit(line.slice(tab + 1));
        const [mode = '', type, blob = ''] = line.slice(0, tab).split(' ');
        return file === undefined || type !== 'blob' ? [] : [{ mode, blob, file }];
      });
  };
  return {
    top,
    gitDir,
    root: prefix,
    toGit,
    fromGit,
    resolveCommit: (ref) => readCommit(top, ref),
    currentBranch: async () => {
      const name = (await git.raw(['rev-parse', '--abbrev-ref', 'HEAD'])).trim();
      return name === 'HEAD' ? undefined : name;
    },
    isShallow: async () => (await git.raw(['rev-parse', '--is-shallow-repository'])).trim() === 'true',
    isDirty: async () => (await git.raw(['status', '--porcelain', '--untracked-files=normal'])).trim() !== '',
    readFile: async (commit, file) => {
      try {
        const bytes = await plumb(top, ['cat-file', 'blob', `${commit}:${toGit(file)}`]);
        return isUtf8(bytes) ? bytes.toString('utf8') : undefined;
      } catch (error) {
        if (error instanceof GitError) return undefined;
        throw error;
      }
    },
    readFiles: async (commit, matches) => {
      const wanted = (await listTree(commit)).filter(({ mode, file }) => mode !== LINK && matches(file));
      if (wanted.length === 0) return new Map();
      const input = wanted.map(({ blob }) => `${blob}\n`).join('');
      return textsOf(await plumb(top, ['cat-file', '--batch'], { input }), wanted);
    },
    listFiles: async (commit) =>
      (await listTree(commit)).flatMap(({ mode, file }) => (mode === LINK ? [] : [file])).sort(),
    listBlobs: async (commit, globs) => {
      const matches = picomatch([...globs], { dot: true });
      return (await listTree(commit))
        .filter(({ file }) => matches(file))
        .map(({ blob, file }) => `${file} ${blob}`)
        .sort();
    },
  };
}

/** `<id> blob <size>`, the bytes and an empty line, for each file in its order. */
function textsOf(batch: Buffer, files: readonly { readonly file: string }[]): Map<string, string> {
  const texts = new Map<string, string>();
  let at = 0;
  for (const { file } of files) {
    const end = batch.indexOf('\n', at);
    const size = Number(batch.toString('utf8', at, end).split(' ')[2]);
    const bytes = batch.subarray(end + 1, end + 1 + size);
    if (isUtf8(bytes)) texts.set(file, bytes.toString('utf8'));
    at = end + 1 + size + 1;
  }
  return texts;
}

async function locate(cwd: string): Promise<[top: string, gitDir: string]> {
  try {
    const text = await gitAt(cwd).raw([
      'rev-parse',
      '--is-bare-repository',
      '--show-toplevel',
      '--path-format=absolute',
      '--git-common-dir',
    ]);
    const [isBare, top = '', gitDir = ''] = text.trim().split('\n');
    if (isBare === 'true') throw bare(cwd);
    return [top, gitDir];
  } catch (error) {
    if (error instanceof Failure) throw error;
    const said = String(error);
    if (said.includes('must be run in a work tree')) throw bare(cwd);
    if (said.includes('spawn git ENOENT')) {
      throw new Failure('usage', 'git-missing', 'There is no git on the PATH.', {
        hint: 'Install git 2.31 or newer.',
        cause: error,
      });
    }
    if (/dubious ownership|unsafe repository/.test(said)) {
      throw new Failure('usage', 'repository-not-trusted', `Git does not trust ${cwd}: it belongs to somebody else.`, {
        hint: `If you do: git config --global --add safe.directory ${cwd}`,
        cause: error,
      });
    }
    throw new Failure('usage', 'not-a-repository', `${cwd} is not inside a git repository.`, {
      hint: 'Mendwright works on commits: run `git init` and commit the app first, or pass --cwd.',
      cause: error,
    });
  }
}

function bare(cwd: string): Failure {
  return new Failure('usage', 'bare-repository', `${cwd} is a bare repository.`, { hint: 'Run it in a checkout.' });
}

const FORMAT = '%H%x00%s%x00%an%x00%cI';

async function readCommit(top: string, ref: string): Promise<Commit> {
  try {
    // Taken literally first: a range would do for `log`.
    const verified = await plumb(top, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
    const text = await plumb(top, ['log', '-1', `--format=${FORMAT}`, verified.toString('utf8').trim(), '--']);
    return parseCommit(text.toString('utf8').trim());
  } catch (error) {
    if (ref === 'HEAD') {
      throw new Failure('usage', 'no-commit', 'The repository has no commit yet.', {
        hint: 'Commit the app first.',
        cause: error,
      });
    }
    throw new Failure('usage', 'base-unknown', `There is no commit ${ref} in the repository.`, {
      hint: 'Check publish.base or --base; a shallow clone may lack it.',
      cause: error,
    });
  }
}

export function parseCommit(line: string): Commit {
  const [sha = '', subject = '', author = '', at = ''] = line.split('\0');
  return { sha, subject, author, at };
}

/** Keeps our folder out of `git status`: the only line that is ever written outside of it. */
export function excludeHome({ gitDir }: Repository): void {
  const file = join(gitDir, 'info', 'exclude');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (text.split('\n').includes(`/${HOME}/`) || text.split('\n').includes(`${HOME}/`)) return;
  try {
    mkdirSync(dirname(file), { recursive: true });
    appendFileSync(file, `${text === '' || text.endsWith('\n') ? '' : '\n'}${HOME}/\n`);
  } catch (error) {
    throw notWritable(error);
  }
}
