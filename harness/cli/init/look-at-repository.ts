/** What a repository uses, read from its files without running anything. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { Failure } from '../../model/failure.ts';
import { readSourceHints, type SourceHints } from './read-source-hints.ts';

const PackageJson = z.object({
  type: z.string().optional(),
  main: z.string().optional(),
  scripts: z.record(z.string(), z.string()).default({}),
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
});
export type PackageJson = z.infer<typeof PackageJson>;

export type Manager = 'npm' | 'pnpm' | 'yarn' | 'yarn-berry' | 'bun';

export interface Repository {
  /** The folder that was looked at. */
  readonly cwd: string;
  /** The git repository's top folder; `cwd` where there is none. */
  readonly top: string;
  readonly isGit: boolean;
  /** `cwd` relative to `top`, with forward slashes; `.` at the top. */
  readonly root: string;
  readonly packageJson: PackageJson | undefined;
  readonly manager: Manager;
  readonly hasLockFile: boolean;
  /** Relative to `top`, with forward slashes. */
  readonly lockFile: string | undefined;
  /** Name of an existing Playwright configuration in `cwd`. */
  readonly playwrightConfig: string | undefined;
  /** Python's module that makes the Flask app (`app`, `wsgi`), or `django`. */
  readonly python: { readonly kind: 'flask'; readonly module: string } | { readonly kind: 'django' } | undefined;
  /** Folders and files that hold the app's own code, as globs; empty when none was recognised. */
  readonly sources: readonly string[];
  readonly hints: SourceHints;
  has(file: string): boolean;
  uses(dependency: string): boolean;
}

/** Throws the usage Failures `folder-missing` and `package-json-unreadable`. */
export function lookAtRepository(cwd: string): Repository {
  if (!existsSync(cwd)) {
    throw new Failure('usage', 'folder-missing', `The folder ${cwd} does not exist.`, {
      hint: 'Pass the app’s repository with --cwd.',
    });
  }
  const git = findGit(cwd);
  const top = git ?? cwd;
  const has = (file: string): boolean => existsSync(join(cwd, file));
  const packageJson = has('package.json') ? readPackageJson(join(cwd, 'package.json')) : undefined;
  const dependencies = { ...packageJson?.dependencies, ...packageJson?.devDependencies };
  const python = findPython(cwd, has);
  const sources = findSources(cwd, python !== undefined);
  return {
    cwd,
    top,
    isGit: git !== undefined,
    root: relative(top, cwd).replaceAll('\\', '/') || '.',
    packageJson,
    ...findManager(cwd, top),
    playwrightConfig: ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs'].map((end) => `playwright.config.${end}`).find(has),
    python,
    sources,
    hints: readSourceHints(cwd, sources),
    has,
    uses: (dependency) => Object.hasOwn(dependencies, dependency),
  };
}

/** `.git` is a file in worktrees and submodules. */
function findGit(from: string): string | undefined {
  if (existsSync(join(from, '.git'))) return from;
  const parent = dirname(from);
  return parent === from ? undefined : findGit(parent);
}

function readPackageJson(file: string): PackageJson {
  try {
    return PackageJson.parse(JSON.parse(readFileSync(file, 'utf8').replace(/^\ufeff/, '')));
  } catch (cause) {
    throw new Failure('usage', 'package-json-unreadable', `${file} is no package.json that npm could read.`, {
      hint: 'Mend it, then run init again.',
      cause,
    });
  }
}

const LOCK_FILES: readonly (readonly [string, Manager])[] = [
  ['package-lock.json', 'npm'],
  ['npm-shrinkwrap.json', 'npm'],
  ['pnpm-lock.yaml', 'pnpm'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
  ['yarn.lock', 'yarn'],
];

function findManager(cwd: string, top: string): Pick<Repository, 'manager' | 'hasLockFile' | 'lockFile'> {
  for (const folder of new Set([cwd, top])) {
    const found = LOCK_FILES.find(([file]) => existsSync(join(folder, file)));
    if (found === undefined) continue;
    const isBerry = found[1] === 'yarn' && existsSync(join(folder, '.yarnrc.yml'));
    const lockFile = relative(top, join(folder, found[0])).replaceAll('\\', '/');
    return { manager: isBerry ? 'yarn-berry' : found[1], hasLockFile: true, lockFile };
  }
  return { manager: 'npm', hasLockFile: false, lockFile: undefined };
}

function findPython(cwd: string, has: (file: string) => boolean): Repository['python'] {
  if (has('manage.py')) return { kind: 'django' };
  const lists = ['requirements.txt', 'pyproject.toml', 'Pipfile'].filter(has);
  if (!lists.some((file) => /^\W*flask\b/im.test(readFileSync(join(cwd, file), 'utf8')))) return undefined;
  const module = ['app', 'wsgi', 'main', 'application'].find((name) => has(`${name}.py`) || has(`${name}/__init__.py`));
  return { kind: 'flask', module: module ?? 'app' };
}

const CODE_FOLDERS = new Set(
  ['src', 'app', 'pages', 'components', 'lib', 'server', 'client', 'api', 'shared', 'routes', 'views', 'hooks'].concat([
    'services',
    'utils',
    'middleware',
    'store',
    'templates',
    'packages',
  ]),
);

function findSources(cwd: string, isPython: boolean): string[] {
  const entries = readdirSync(cwd, { withFileTypes: true });
  const folders = entries
    .filter((one) => one.isDirectory() && isCode(cwd, one.name, isPython))
    .map(({ name }) => `${name}/**`);
  const files = entries.filter((one) => one.isFile()).map(({ name }) => name);
  const own = files.filter((name) => /^(?:server|app|index|main)\.[cm]?[jt]s$/.test(name));
  const scripts = isPython && files.some((name) => name.endsWith('.py')) ? ['*.py'] : [];
  return [...folders.sort(), ...own.sort(), ...scripts];
}

function isCode(cwd: string, name: string, isPython: boolean): boolean {
  return CODE_FOLDERS.has(name) || (isPython && existsSync(join(cwd, name, '__init__.py')));
}
