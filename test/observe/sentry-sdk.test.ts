/** Pages with the real @sentry/browser: which events are tied to a scenario, and that none is lost when its page closes. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { bundleScript } from '../bundle-script.ts';
import { type ObservedSuite, observedSuite, titled } from './observed-suite.ts';

const CONTROL = 'a control event';

let suite: ObservedSuite;
/** Bodies that arrived, by path. */
let arrived: { path: string; body: string }[] = [];
beforeEach(() => {
  arrived = [];
});
beforeAll(async () => {
  const pages: Record<string, string> = { '/bare': '<h1>Bare</h1>' };
  suite = await observedSuite(pages, (path, body) => arrived.push({ path, body }));
  pages['/sentry.js'] = await bundle(suite.root);
  const dsn = suite.baseUrl.replace('//', '//key@');
  const page = (options: object, script: string): string =>
    `<h1>Page</h1><script src="/sentry.js"></script><script>sdk.init(${JSON.stringify({ dsn: `${dsn}/1`, ...options })}); ${script}</script>`;
  pages['/quiet'] = page({}, '');
  pages['/uncaught'] = page({}, 'setTimeout(() => { throw new TypeError("boom"); });');
  pages['/tunnel'] = page({ tunnel: '/tunnel' }, 'setTimeout(() => { throw new TypeError("boom"); });');
  pages['/handled'] = page({}, 'sdk.captureException(new Error("handled"));');
  pages['/click'] = page({}, 'document.body.addEventListener("click", () => { throw new Error("clicked"); });');
  suite.write(
    'specs/sdk.spec.ts',
    `import { test } from '@playwright/test';
for (const path of ${JSON.stringify(Object.keys(pages).filter((path) => !path.endsWith('.js')))}) {
  test('visits ' + path, async ({ page }) => { await page.goto(path); });
}
test('leaves at the very click', async ({ page }) => { await page.goto('/click'); await page.locator('body').click(); });
test('closes its browser at the very click', async ({ playwright }) => {
  const browser = await playwright.chromium.launch();
  const page = await browser.newPage();
  await page.goto(process.env.BASE_URL + '/click'); await page.locator('body').click();
  await browser.close();
});
test('goes on after the error', async ({ page }) => {
  await page.goto('/uncaught');
  for (;;) await page.waitForTimeout(50);
});
`,
  );
}, 60_000);
afterAll(() => suite.close());

/** The SDK as one classic script that defines `sdk`. */
async function bundle(folder: string): Promise<string> {
  const entry = join(folder, 'sdk-entry.js');
  writeFileSync(entry, "export { captureException, init } from '@sentry/browser';");
  return bundleScript({ root: folder, entry, name: 'sdk' });
}

/** Ids of the events that arrived with this message; breadcrumbs may name it as well. */
function arrivedEvents(message: string): string[] {
  return arrived.flatMap(({ body }) => {
    const [header = '', item = '', payload = '{}'] = body.split('\n');
    if (!item.includes('"type":"event"')) return [];
    const { exception } = JSON.parse(payload);
    return exception?.values.at(-1)?.value === message ? [JSON.parse(header).event_id] : [];
  });
}

test.each([
  ['visits /uncaught', 'boom', ['exception']],
  ['visits /tunnel', 'boom', ['exception']],
  ['visits /handled', 'handled', []],
  ['leaves at the very click', 'clicked', ['exception']],
  ['closes its browser at the very click', 'clicked', ['exception']],
])('%s: its event arrived and is tied to it', async (title, text, kinds) => {
  const { runs } = await suite.run({ grep: `${title}$` });

  const run = titled(runs, title);
  expect(run).toMatchObject({ status: 'passed', browserSdk: true, controlEventIds: [] });
  expect(run.sightings.map(({ kind }) => kind)).toEqual(kinds);
  expect(run.eventIds).toHaveLength(1);
  expect(arrivedEvents(text)).toEqual(run.eventIds);
  expect(run.traceIds).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/)]);
  expect(run.requests.filter(({ url }) => /envelope|tunnel$/.test(url) && !url.endsWith('/tunnel'))).toEqual([]);
});

test('raises a control event that passes the SDK of the page and is no finding', async () => {
  const { runs } = await suite.run({ grep: 'visits /(quiet|uncaught|bare)$', controlEvent: CONTROL });

  const controls = runs.flatMap(({ controlEventIds }) => controlEventIds);
  expect(controls).toHaveLength(2);
  expect(arrivedEvents(CONTROL).sort()).toEqual([...controls].sort());
  expect(titled(runs, 'visits /quiet')).toMatchObject({ eventIds: [], sightings: [], controlEventIds: [controls[0]] });
  expect(titled(runs, 'visits /uncaught')).toMatchObject({ sightings: [{ message: 'boom' }] });
  expect(titled(runs, 'visits /uncaught').eventIds).toEqual(arrivedEvents('boom'));
  expect(titled(runs, 'visits /bare')).toMatchObject({ browserSdk: false, sightings: [], controlEventIds: [] });
});

test('ends a scenario early only when its event has arrived', async () => {
  const { runs } = await suite.run({ grep: 'goes on after the error', stopAtError: true });

  const [run] = runs;
  expect(run).toMatchObject({
    status: 'failed',
    endedEarly: true,
    sightings: [{ kind: 'exception', message: 'boom' }],
  });
  expect(run?.eventIds).toHaveLength(1);
  expect(arrivedEvents('boom')).toEqual(run?.eventIds);
  expect(run?.durationMs).toBeLessThan(10_000); // The suite's own limit for a test.
});
