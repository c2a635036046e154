/** Suites of several shapes, run for real and watched: what each way to fail is sighted as. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { childEnvironment } from '../../harness/adapters/app/child-environment.ts';
import { findChromium } from '../../harness/adapters/playwright/find-browser.ts';
import { runSuite, type SuiteRequest } from '../../harness/adapters/playwright/run-suite.ts';
import type { ScenarioRun } from '../../harness/model/scenario.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const EVENT_ID = 'e'.repeat(32);
const TRACE_ID = 'a'.repeat(32);
const ENVELOPE = [
  JSON.stringify({ event_id: EVENT_ID, sent_at: '2026-01-01T00:00:00Z', trace: { trace_id: TRACE_ID } }),
  JSON.stringify({ type: 'event' }),
  JSON.stringify({ event_id: EVENT_ID, exception: { values: [{ type: 'Error', value: 'boom' }] } }),
].join('\n');

const PAGES: Record<string, string> = {
  '/ok': '<h1>Fine</h1>',
  '/exception': '<h1>Page</h1><script>setTimeout(() => { throw new TypeError("boom"); });</script>',
  '/rejection': '<h1>Page</h1><script>Promise.reject(new Error("refused"));</script>',
  '/console': '<h1>Page</h1><script>console.error("careful");</script>',
  '/missing': '<h1>Page</h1><script>fetch("/nowhere");</script>',
  '/third': '<h1>Page</h1><script>fetch("http://127.0.0.1:9/x").catch(() => 1);</script>',
  '/envelope': `<h1>Page</h1><script>fetch("/api/1/envelope/?sentry_key=k", { method: "POST", body: ${JSON.stringify(ENVELOPE)}.replaceAll("\\\\n", "\\n") });</script>`,
};

let server: Server;
let baseUrl: string;
let root: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    const path = request.url?.split('?')[0] ?? '';
    response.setHeader('content-type', 'text/html');
    if (path === '/policy') response.setHeader('content-security-policy', "connect-src 'none'");
    if (path === '/broken') response.statusCode = 500;
    if (path === '/nowhere') response.statusCode = 404;
    const policy = '<h1>Page</h1><script>fetch("/other").catch(() => 1);</script>';
    response.end(path === '/policy' ? policy : (PAGES[path] ?? '{}'));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  baseUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  mkdirSync(join(ROOT, '.demo'), { recursive: true });
  root = mkdtempSync(join(ROOT, '.demo', 'observe-'));
  write('package.json', '{ "name": "observed", "private": true, "type": "module" }');
  write(
    'playwright.config.ts',
    "export default { testDir: 'specs', timeout: 10000, expect: { timeout: 300 }, use: { baseURL: 'http://127.0.0.1:1' }, workers: 2, fullyParallel: true };",
  );
  write(
    'specs/ways.spec.ts',
    `import { expect, test } from '@playwright/test';
for (const path of ${JSON.stringify([...Object.keys(PAGES), '/policy', '/broken'])}) {
  test('visits ' + path, async ({ page }) => {
    await page.goto(path);
    await expect(page.locator('body')).toBeAttached();
    await page.waitForLoadState('networkidle');
  });
}
test('expects too much', async ({ page }) => {
  await page.goto('/ok');
  await expect(page.getByRole('heading')).toHaveText('Great');
});
test('makes a context by hand', async ({ browser }) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(${JSON.stringify('BASE/exception')}.replace('BASE', process.env.BASE_URL));
  await page.waitForLoadState('networkidle');
});
test('needs no page', () => expect(1).toBe(1));
`,
  );
  write(
    'specs/own-fixtures.spec.ts',
    `import { expect, test as base } from '@playwright/test';
const test = base.extend<{ heading: string }>({ heading: async ({ page }, use) => { await page.goto('/exception'); await use(await page.getByRole('heading').innerText()); } });
test('has fixtures of its own', async ({ heading }) => { expect(heading).toBe('Page'); });
`,
  );
  write('common/package.json', '{ "type": "commonjs" }');
  write('common/playwright.config.js', "module.exports = { testDir: '.', testMatch: '*.spec.js' };");
  write(
    'common/old.spec.js',
    "const { test, expect } = require('@playwright/test');\ntest('is required', async ({ page }) => { await page.goto('/exception'); await expect(page.getByRole('heading')).toBeVisible(); });",
  );
});
afterAll(() => {
  server.close();
  rmSync(root, { recursive: true, force: true });
});

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

function run(changes: Partial<SuiteRequest> = {}) {
  return runSuite({
    root,
    config: 'playwright.config.ts',
    baseUrl,
    outputDir: join(root, 'out'),
    chromium: findChromium(root),
    env: childEnvironment(process.env, `observe:${root}`),
    ...changes,
  });
}

function titled(runs: readonly ScenarioRun[], title: string): ScenarioRun {
  const found = runs.find(({ scenario }) => scenario.titlePath.at(-1) === title);
  if (found === undefined) throw new Error(`no run of ${title}`);
  return found;
}

test('sights every way to fail, and ties it to its scenario', async () => {
  const live: string[] = [];

  const { runs, listed } = await run({ onSighting: ({ kind }, scenario) => live.push(`${kind} ${scenario}`) });

  const seen = (title: string) => titled(runs, title).sightings.map(({ kind, origin }) => `${kind} ${origin}`);
  expect(listed).toHaveLength(13);
  expect(seen('visits /ok')).toEqual([]);
  expect(seen('visits /exception')).toEqual(['exception app']);
  expect(seen('visits /rejection')).toEqual(['rejection app']);
  expect(seen('visits /console')).toEqual(['console-error app']);
  expect(seen('visits /missing')).toEqual(['client-error app']);
  expect(seen('visits /broken')).toEqual(['server-error app']);
  expect(seen('visits /policy')).toContain('csp-violation app');
  expect(seen('visits /third')).toContain('request-failed third-party');
  expect(seen('makes a context by hand')).toEqual(['exception app']);
  expect(seen('has fixtures of its own')).toEqual(['exception app']);
  expect(seen('needs no page')).toEqual([]);
  expect(titled(runs, 'visits /envelope')).toMatchObject({
    eventIds: [EVENT_ID],
    traceIds: [TRACE_ID],
    status: 'passed',
  });
  expect(titled(runs, 'visits /exception')).toMatchObject({
    status: 'passed',
    sightings: [{ message: 'boom', errorType: 'TypeError', pageUrl: `${baseUrl}/exception` }],
    pageText: 'Page',
    browserSdk: false,
    screenshot: expect.stringContaining('.png'),
  });
  expect(titled(runs, 'expects too much')).toMatchObject({
    status: 'failed',
    scenario: { id: '[] specs/ways.spec.ts › expects too much', file: 'specs/ways.spec.ts' },
    sightings: [{ kind: 'assertion', expected: '"Great"', received: '"Fine"', step: { file: 'specs/ways.spec.ts' } }],
  });
  expect(live.filter((line) => line.startsWith('exception'))).toHaveLength(3);
});

test('watches a CommonJS suite', async () => {
  const { runs } = await run({ config: 'common/playwright.config.js' });

  expect(titled(runs, 'is required')).toMatchObject({
    status: 'passed',
    sightings: [{ kind: 'exception', message: 'boom' }],
  });
});

test('repeats just the scenarios that are asked for', async () => {
  const { runs } = await run();
  const only = [titled(runs, 'visits /ok').scenario];

  const again = await run({ only, repeat: 3 });

  expect(again.runs.map(({ scenario, repetition }) => [scenario.id, repetition])).toEqual(
    only.flatMap(({ id }) => [0, 1, 2].map((n) => [id, n])),
  );
});

test('ends a scenario at the first error of the app when told to', async () => {
  const { runs } = await run();
  const only = [titled(runs, 'visits /broken').scenario, titled(runs, 'visits /ok').scenario];

  const early = await run({ only, stopAtError: true });

  expect(titled(early.runs, 'visits /broken').endedEarly).toBe(true);
  expect(titled(early.runs, 'visits /ok')).toMatchObject({ endedEarly: false, status: 'passed' });
});

test('raises a control event that is no sighting', async () => {
  const { runs } = await run();

  const again = await run({ only: [titled(runs, 'visits /ok').scenario], controlEvent: 'a control' });

  expect(titled(again.runs, 'visits /ok').sightings).toEqual([]);
});
