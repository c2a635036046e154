/** What a suite that cannot run says, and that none of its processes outlives it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { findMarked } from '../../harness/adapters/app/sweep-processes.ts';
import type { SuiteRequest } from '../../harness/adapters/playwright/run-suite.ts';
import { Failure } from '../../harness/model/failure.ts';
import { IS_OLDEST, type ObservedSuite, observedSuite } from './observed-suite.ts';

const HANGS =
  "import { test } from '@playwright/test';\ntest('hangs', async ({ page }) => { await page.goto('/broken'); await page.waitForTimeout(60000); });";

const made: ObservedSuite[] = [];
afterEach(() => {
  for (const suite of made.splice(0)) suite.close();
});

async function suiteOf(files: Readonly<Record<string, string>>): Promise<ObservedSuite> {
  const suite = await observedSuite({ '/broken': { status: 500 } });
  made.push(suite);
  for (const [file, text] of Object.entries(files)) suite.write(file, text);
  return suite;
}

async function failureOf(suite: ObservedSuite, changes: Partial<SuiteRequest> = {}): Promise<Failure> {
  const failure: unknown = await suite.run(changes).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(failure instanceof Failure)) throw new Error(`expected a Failure, got ${String(failure)}`);
  return failure;
}

test.each([
  [
    'no configuration',
    {},
    { config: 'missing.ts' },
    'scenario-config-missing',
    'There is no Playwright configuration missing.ts.',
  ],
  ['no scenario', { 'specs/other.ts': '' }, {}, 'no-scenarios', 'No scenario was found.'],
  [
    'no scenario of that name',
    { 'specs/a.spec.ts': HANGS },
    { grep: 'nothing' },
    'no-scenarios',
    'No scenario was found.',
  ],
  [
    'a syntax error',
    { 'specs/a.spec.ts': 'const ok = 1;\nconst = 2;' },
    {},
    'scenario-does-not-load',
    IS_OLDEST ? 'SyntaxError' : 'specs/a.spec.ts:2',
  ],
  [
    'a scenario that throws when it loads',
    { 'specs/a.spec.ts': '\nnull.x;' },
    {},
    'scenario-does-not-load',
    'specs/a.spec.ts:2',
  ],
  [
    'a configuration with a syntax error',
    { 'playwright.config.ts': 'export default {' },
    {},
    'scenario-does-not-load',
    IS_OLDEST ? 'SyntaxError' : 'playwright.config.ts',
  ],
  [
    'a browser that does not start',
    { 'specs/a.spec.ts': HANGS },
    { chromium: { executablePath: '/nowhere/chrome', sandbox: false } },
    'no-browser',
    'The browser did not start',
  ],
])('%s', async (_, files, changes, code, says) => {
  const suite = await suiteOf(files);

  const failure = await failureOf(suite, changes);

  expect(failure).toMatchObject({
    kind: 'usage',
    code,
    message: expect.stringContaining(says),
    hint: expect.any(String),
  });
});

test('no Playwright in the app', async () => {
  const suite = await suiteOf({});
  const root = mkdtempSync(join(tmpdir(), 'mendwright-bare-'));

  const failure = await failureOf(suite, { root });

  rmSync(root, { recursive: true });
  expect(failure).toMatchObject({
    kind: 'usage',
    code: 'playwright-not-found',
    hint: expect.stringContaining('npm i -D'),
  });
});

test('ends runner, workers and browsers when it is told to stop', async () => {
  const suite = await suiteOf({ 'specs/a.spec.ts': HANGS });
  const stop = new AbortController();
  const alive: number[] = [];

  const running = suite.run({
    signal: stop.signal,
    onSighting: () => {
      alive.push(...findMarked((mark) => mark === suite.mark));
      stop.abort();
    },
  });

  await expect(running).rejects.toThrow('aborted');
  expect(alive.length).toBeGreaterThan(2);
  await expect.poll(() => findMarked((mark) => mark === suite.mark), { timeout: 10_000 }).toEqual([]);
});

test('ends a suite that takes too long', async () => {
  const suite = await suiteOf({ 'specs/a.spec.ts': HANGS });

  const failure = await failureOf(suite, { timeoutMs: 2_000 });

  expect(failure).toMatchObject({ code: 'suite-timed-out', message: 'The scenarios did not end within 2 seconds.' });
});
