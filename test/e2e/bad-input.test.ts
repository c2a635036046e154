/** What goes wrong before or around a night: each ends in one sentence with the next step, the right exit code, and nothing left behind. */
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { type Ended, type Files, fingerprint, git, mendwright, tinyApp } from './tiny-app.ts';

// Some are whole nights; on a busy machine they take a while.
vi.setConfig({ testTimeout: 240_000 });

const made: string[] = [];
afterEach(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});

function app(changes: Files = {}): string {
  const dir = tinyApp(changes);
  made.push(dir);
  return dir;
}

function config(appKeys: string, rest = ''): Files {
  return {
    'mendwright.config.mjs': `export default { app: { ready: '/ready', sources: ['src/**'], ${appKeys} }, ${rest} };\n`,
  };
}

function expectTrouble(ended: Ended, { code, word, says }: { code: number; word: string; says: RegExp }): void {
  expect(ended.stderr).toMatch(says);
  expect(ended.stderr).toContain(word);
  expect(ended.stdout).toBe('');
  expect(ended.code).toBe(code);
}

function expectNothingLeft(dir: string): void {
  expect(
    existsSync(join(dir, '.mendwright', 'worktrees')) ? readdirSync(join(dir, '.mendwright', 'worktrees')) : [],
  ).toEqual([]);
  expect(existsSync(join(dir, '.mendwright', 'night.lock'))).toBe(false);
  expect(git(dir, 'worktree', 'list').split('\n')).toHaveLength(1);
  expect(git(dir, 'branch', '--list', 'mend/*')).toBe('');
}

test('no git repository', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'no-repository-'));
  made.push(dir);
  writeFileSync(join(dir, 'mendwright.config.mjs'), "export default { app: { start: 'x', sources: ['src/**'] } };");

  const ended = await mendwright(['nightly', '--cwd', dir]);

  expectTrouble(ended, { code: 2, word: 'not-a-repository', says: /not inside a git repository[\s\S]*git init/ });
});

test('a repository without a commit', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'no-commit-'));
  made.push(dir);
  git(dir, 'init', '--quiet');
  writeFileSync(join(dir, 'mendwright.config.mjs'), "export default { app: { start: 'x', sources: ['src/**'] } };");

  expectTrouble(await mendwright(['nightly', '--cwd', dir]), { code: 2, word: 'no-commit', says: /no commit yet/ });
});

test.each<[string, Files, { code: number; word: string; says: RegExp }]>([
  [
    'a config with a typo',
    config("strat: 'node server.mjs', start: 'x'"),
    { code: 2, word: 'config-unknown-key', says: /app\.strat/ },
  ],
  [
    'an app that crashes at start',
    config("start: 'node missing.mjs'"),
    { code: 2, word: 'app-crashed', says: /exit code 1 before it was ready[\s\S]*missing\.mjs/ },
  ],
  [
    'a command that does not exist',
    config("start: 'no-such-command'"),
    { code: 2, word: 'app-crashed', says: /exit code 127/ },
  ],
  [
    'a build that fails',
    config("start: 'node server.mjs', build: 'node -e \"process.exit(4)\"'"),
    { code: 2, word: 'app-build-failed', says: /exit code 4[\s\S]*build\.log/ },
  ],
  [
    'an app that never gets ready',
    config("start: 'node server.mjs', ready: '/nowhere', readySeconds: 2"),
    { code: 2, word: 'app-not-ready', says: /within 2 s \(status 500\)[\s\S]*app\.ready/ },
  ],
  [
    'no scenario',
    { 'scenarios/cart.spec.ts': undefined, 'scenarios/README': '' },
    { code: 2, word: 'no-scenarios', says: /No scenario was found[\s\S]*scenarios\.config/ },
  ],
  [
    'a scenario with a syntax error',
    { 'scenarios/cart.spec.ts': "import { test } from '@playwright/test';\ntest('x', async () => {" },
    { code: 2, word: 'scenario-does-not-load', says: /do not load: .*[\s\S]*cart\.spec\.ts/ },
  ],
  [
    'no Playwright configuration',
    { 'playwright.config.ts': undefined },
    { code: 2, word: 'scenario-config-missing', says: /no Playwright configuration/ },
  ],
  [
    'a base that does not exist',
    config("start: 'node server.mjs'", "publish: { base: 'nowhere' }"),
    { code: 2, word: 'base-unknown', says: /no commit nowhere/ },
  ],
  [
    'a Sentry that is not there',
    config(
      "start: 'node server.mjs'",
      "sentry: { url: 'http://127.0.0.1:9', org: 'a', project: 'b', token: 'secret-token' }",
    ),
    { code: 3, word: 'sentry-unreachable', says: /127\.0\.0\.1:9/ },
  ],
])('%s', async (_, changes, trouble) => {
  const dir = app(changes);
  const before = fingerprint(dir);

  const ended = await mendwright(['nightly', '--cwd', dir]);

  expectTrouble(ended, trouble);
  expect(ended.stderr).not.toContain('secret-token');
  expect(fingerprint(dir)).toBe(before);
  expectNothingLeft(dir);
});

test('a port that is taken', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const dir = app(config(`start: 'node server.mjs', url: 'http://127.0.0.1:${port}'`));

  const ended = await mendwright(['nightly', '--cwd', dir]);

  server.close();
  expectTrouble(ended, { code: 2, word: 'port-taken', says: new RegExp(`Port ${port}[\\s\\S]*\\$PORT`) });
  expectNothingLeft(dir);
});

test('a Sentry that refuses the token', async () => {
  const server = createServer((_, response) => {
    response.statusCode = 401;
    response.end('{"detail":"Invalid token"}');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const dir = app(
    config(
      "start: 'node server.mjs'",
      `sentry: { url: 'http://127.0.0.1:${port}', org: 'a', project: 'b', token: 'secret-token' }`,
    ),
  );

  const ended = await mendwright(['nightly', '--cwd', dir]);

  server.close();
  expectTrouble(ended, { code: 3, word: 'sentry-refused-token', says: /401[\s\S]*event:read/ });
  expect(ended.stderr).not.toContain('secret-token');
  expectNothingLeft(dir);
});

test('a repository that cannot be written when the branch is made', async () => {
  const dir = app();
  const before = fingerprint(dir);
  // Git makes a folder for each new object; files in their places stop it, for root as well, like a full disk.
  const objects = join(dir, '.git', 'objects');
  for (let value = 0; value < 256; value++) {
    const name = value.toString(16).padStart(2, '0');
    if (!existsSync(join(objects, name))) writeFileSync(join(objects, name), '');
  }

  const ended = await mendwright(['nightly', '--cwd', dir]);

  expectTrouble(ended, { code: 3, word: 'repository-not-writable', says: /could not write[\s\S]*--from publish/ });
  expect(fingerprint(dir)).toBe(before);
  expectNothingLeft(dir);

  for (const name of readdirSync(objects)) if (name.length === 2) rmIfFile(join(objects, name));
  const again = await mendwright(['nightly', '--json', '--cwd', dir, '--run', 'latest', '--from', 'publish']);
  expect(JSON.parse(again.stdout).issues).toMatchObject([{ result: 'branch-created' }]);
});

function rmIfFile(path: string): void {
  if (readdirSafe(path) === undefined) rmSync(path);
}

function readdirSafe(path: string): string[] | undefined {
  try {
    return readdirSync(path);
  } catch {
    return undefined;
  }
}

test('stages to repeat without a run', async () => {
  const dir = app();

  expectTrouble(await mendwright(['nightly', '--cwd', dir, '--from', 'publish']), {
    code: 2,
    word: 'from-without-run',
    says: /--run latest/,
  });
});

test('an unknown command', async () => {
  const ended = await mendwright(['mend']);

  expect(ended.code).toBe(2);
  expect(ended.stderr).toMatch(/unknown command 'mend'/);
});

test.each<[string, string[], RegExp]>([
  ['a place that is none', ['--at', 'nowhere'], /FILE:LINE/],
  ['a file that is not there', ['--at', 'nowhere.ts:3'], /no file nowhere\.ts/],
  ['a file outside', ['--at', '../../package.json:1'], /no file/],
  ['a line that the file lacks', ['--at', 'src/total.mjs:999'], /no line 999/],
])('propose with %s', async (_, args, says) => {
  const dir = app();

  const ended = await mendwright(['propose', '--cwd', dir, '--error', 'TypeError: x', ...args]);

  expect(ended.code).toBe(2);
  expect(ended.stderr).toMatch(says);
});
