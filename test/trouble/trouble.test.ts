/** A night on a machine in trouble: whatever happens, the repository is whole, nothing runs on, and the next night is right. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import {
  type Files,
  fingerprint,
  git,
  mendwright,
  processesOf,
  SERVER,
  startMendwright,
  tinyApp,
} from '../e2e/tiny-app.ts';

vi.setConfig({ testTimeout: 240_000 });

const made: string[] = [];
const mounted: string[] = [];
afterEach(() => {
  for (const dir of mounted.splice(0)) execFileSync('umount', ['--lazy', dir]);
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});

function app(changes: Files = {}): string {
  const dir = tinyApp(changes);
  made.push(dir);
  return dir;
}

/** The repository as it was, nothing running, and a night that ends with the branch. */
async function expectGoodNight(dir: string, before: string): Promise<void> {
  expect(processesOf(dir)).toEqual([]);
  expect(fingerprint(dir)).toBe(before);
  const next = await mendwright(['nightly', '--json', '--cwd', dir]);
  expect(JSON.parse(next.stdout).issues).toMatchObject([{ result: 'branch-created' }]);
  expect(processesOf(dir)).toEqual([]);
  expect(git(dir, 'worktree', 'list').split('\n')).toHaveLength(1);
  expect(fingerprint(dir)).toBe(before);
  git(dir, 'fsck', '--strict', '--no-dangling');
}

/** Only root may mount, and not in every container. */
const mayMount = ((): boolean => {
  const probe = '/tmp/mendwright-mount';
  mkdirSync(probe, { recursive: true });
  const done = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', probe]).status === 0;
  if (done) spawnSync('umount', [probe]);
  return done;
})();

test.runIf(mayMount).each(['8k', '200k', '300k', '400k'])('a disk that is full after %s', async (size) => {
  const dir = app();
  const home = join(dir, '.mendwright');
  mkdirSync(home);
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', home]);
  mounted.push(home);
  const before = fingerprint(dir);

  const ended = await mendwright(['nightly', '--cwd', dir]);

  expect(ended.code).toBeGreaterThan(0);
  expect(ended.code).toBeLessThan(4);
  expect(ended.stderr).toMatch(/cannot use its file|free space|no space left/);
  expect(processesOf(dir)).toEqual([]);
  execFileSync('mount', ['-o', 'remount,size=500m', home]);
  await expectGoodNight(dir, before);
});

const CLOCK = join(import.meta.dirname, 'jumping-clock.mjs');
const HOURS = 3_600_000;

test.each([
  ['forward', 2, 'running every scenario'],
  ['back', -2, 'running every scenario'],
  ['forward', 2, 'judging'],
  ['back', -2, 'judging'],
])('a clock that is put %s by %d hours at “%s”', async (_, hours, after) => {
  const file = join(mkdtempSync(join(tmpdir(), 'mendwright-clock-')), 'shift');
  made.push(dirname(file));
  const start = `JUMPING_CLOCK=${file} node --import=${CLOCK} server.mjs`;
  const dir = app({
    'mendwright.config.mjs': `export default { app: { start: '${start}', ready: '/ready', sources: ['src/**'] } };\n`,
    'playwright.config.ts': `process.env.JUMPING_CLOCK = '${file}';\nawait import('${CLOCK}');\nexport default { testDir: 'scenarios', expect: { timeout: 1000 } };\n`,
  });
  const before = fingerprint(dir);
  const env = { JUMPING_CLOCK: file, NODE_OPTIONS: `--import=${CLOCK}` };

  const running = startMendwright(['nightly', '--json', '--cwd', dir], env);
  await vi.waitFor(() => expect(running.stderr()).toContain(after), { timeout: 60_000, interval: 10 });
  writeFileSync(file, String(hours * HOURS));

  const ended = await running.ended;
  expect(ended.stderr).not.toContain('bug');
  expect(JSON.parse(ended.stdout).issues).toMatchObject([{ result: 'branch-created' }]);
  expect(processesOf(dir)).toEqual([]);
  expect(fingerprint(dir)).toBe(before);
});

test('two nights at once', async () => {
  const dir = app();
  const before = fingerprint(dir);
  const first = startMendwright(['nightly', '--json', '--cwd', dir]);
  await vi.waitFor(() => expect(first.stderr()).toContain('running every scenario'), { timeout: 60_000 });

  const second = await mendwright(['nightly', '--cwd', dir]);

  expect(second.code).toBe(2);
  expect(second.stderr).toMatch(/is at work here/);
  expect(JSON.parse((await first.ended).stdout).issues).toMatchObject([{ result: 'branch-created' }]);
  expect(fingerprint(dir)).toBe(before);
  expect(processesOf(dir)).toEqual([]);
});

test('an app that starts what never ends, in sessions of their own and deaf to requests', async () => {
  const start = "(setsid sleep 98765 &); (trap '' TERM INT; sleep 98765) & node server.mjs";
  const dir = app({
    'mendwright.config.mjs': `export default { app: { start: ${JSON.stringify(start)}, ready: '/ready', sources: ['src/**'] } };\n`,
  });

  await expectGoodNight(dir, fingerprint(dir));
});

test('a page that hangs beside the scenario that is mended', async () => {
  const dir = app({
    'src/spin.mjs': 'export const spin = "<script>for (;;) {}</script>";\n',
    'scenarios/spin.spec.ts':
      "import { test } from '@playwright/test';\n\ntest('spins', async ({ page }) => {\n  await page.setContent('<script>for (;;) {}</script>');\n});\n",
  });
  const before = fingerprint(dir);

  const ended = await mendwright(['nightly', '--json', '--cwd', dir]);

  expect(JSON.parse(ended.stdout).issues).toContainEqual(
    expect.objectContaining({ shortId: 'TINY-1', result: 'branch-created' }),
  );
  expect(processesOf(dir)).toEqual([]);
  expect(fingerprint(dir)).toBe(before);
});

test('an address without $PORT, of which there is only one', async () => {
  const dir = app({
    'mendwright.config.mjs':
      "export default { app: { start: 'node server.mjs', url: 'http://127.0.0.1:46871', ready: '/ready', sources: ['src/**'] } };\n",
  });

  await expectGoodNight(dir, fingerprint(dir));
});

test('an error whose message has 50 million letters, in page and server', async () => {
  const dir = app({
    'server.mjs': SERVER.replace(
      "'<h1>Cart</h1>",
      '\'<script>setTimeout(() => { throw new Error("y".repeat(5e7)) })</script><h1>Cart</h1>',
    ).replace(
      'Sentry.captureException(error);',
      "Sentry.captureException(new Error('x'.repeat(5e7)));\n    Sentry.captureException(error);",
    ),
  });
  const before = fingerprint(dir);

  const ended = await mendwright(['nightly', '--json', '--cwd', dir]);

  expect(ended.code).toBeLessThan(4);
  expect(JSON.parse(ended.stdout).issues.length).toBeGreaterThan(0);
  const written = readdirSync(join(dir, '.mendwright'), { recursive: true, withFileTypes: true });
  const bytes = written.reduce(
    (sum, one) => sum + (one.isFile() ? statSync(join(one.parentPath, one.name)).size : 0),
    0,
  );
  expect(bytes).toBeLessThan(30e6);
  expect(processesOf(dir)).toEqual([]);
  expect(fingerprint(dir)).toBe(before);
});
