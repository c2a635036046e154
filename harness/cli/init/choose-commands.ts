/** How an app is started, built, installed and checked, as far as its files tell. */
import type { Manager, Repository } from './look-at-repository.ts';

export interface Commands {
  /** Undefined when nothing told. */
  readonly start: string | undefined;
  readonly build: string | undefined;
  readonly install: string;
  readonly checks: readonly string[];
}

const RUN: Readonly<Record<Manager, string>> = {
  npm: 'npm run',
  pnpm: 'pnpm run',
  yarn: 'yarn run',
  'yarn-berry': 'yarn run',
  bun: 'bun run',
};

/** A clean install from the lock file, or a plain one where there is none: without leaving one in the checkout. */
export function installCommand({ manager, hasLockFile }: Pick<Repository, 'manager' | 'hasLockFile'>): string {
  if (!hasLockFile) return 'npm install --no-package-lock';
  const clean: Record<Manager, string> = {
    npm: 'npm ci',
    pnpm: 'pnpm install --frozen-lockfile',
    yarn: 'yarn install --frozen-lockfile',
    'yarn-berry': 'yarn install --immutable',
    bun: 'bun install --frozen-lockfile',
  };
  return clean[manager];
}

export function chooseCommands(repository: Repository): Commands {
  const install = installCommand(repository);
  const { start, build } = chooseStart(repository);
  return { start, build, install, checks: chooseChecks(repository) };
}

function chooseStart(repository: Repository): Pick<Commands, 'start' | 'build'> {
  const { packageJson, manager, python } = repository;
  const scripts = packageJson?.scripts ?? {};
  const run = RUN[manager];
  const build = scripts.build === undefined ? undefined : `${run} build`;
  if (python?.kind === 'django') return { start: 'python manage.py runserver --noreload "127.0.0.1:$PORT"', build };
  if (python?.kind === 'flask') {
    return { start: `python -m flask --app ${python.module} run --host 127.0.0.1 --port "$PORT"`, build };
  }
  if (scripts.start !== undefined && !isDevServer(scripts.start)) return { start: `${run} start`, build };
  if (repository.uses('next'))
    return { start: 'npx next start --hostname 127.0.0.1 --port "$PORT"', build: build ?? 'npx next build' };
  const file = [
    packageJson?.main,
    'server.js',
    'server.mjs',
    'server/index.js',
    'server/main.js',
    'app.js',
    'index.js',
  ].find((name) => name !== undefined && repository.has(name));
  if (isServer(repository) && file !== undefined) return { start: `node ${file}`, build };
  if (repository.uses('vite')) {
    return { start: 'npx vite preview --host 127.0.0.1 --port "$PORT" --strictPort', build: build ?? 'npx vite build' };
  }
  if (scripts.start !== undefined) return { start: `${run} start`, build };
  return { start: file === undefined ? undefined : `node ${file}`, build };
}

/** A development server rebuilds by itself, prints overlays and reloads: no ground for a proof. */
function isDevServer(script: string): boolean {
  return /^\s*(?:npx\s+)?(?:vite(?:\s+(?:dev|serve))?\s*(?:--|$)|next\s+dev|nodemon|astro\s+dev|nuxt\s+dev)/.test(
    script,
  );
}

function isServer(repository: Repository): boolean {
  return ['express', 'hono', 'fastify', 'koa', '@nestjs/core', '@hapi/hapi'].some((name) => repository.uses(name));
}

function chooseChecks({ packageJson, manager, has, uses }: Repository): string[] {
  const scripts = packageJson?.scripts ?? {};
  const run = RUN[manager];
  const types = ['typecheck', 'type-check', 'check-types', 'tsc'].find((name) => scripts[name] !== undefined);
  const checks: string[] = [];
  if (types !== undefined) checks.push(`${run} ${types}`);
  else if (uses('typescript') && has('tsconfig.json')) checks.push('npx tsc --noEmit');
  if (isOwnTest(scripts.test)) checks.push(`${run} test`);
  return checks;
}

/** Neither npm's placeholder, nor the scenarios themselves, nor a runner that waits for changes. */
function isOwnTest(script: string | undefined): boolean {
  return script !== undefined && !/no test specified|playwright|cypress|--watch\b/.test(script);
}
