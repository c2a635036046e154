/** One suite with a scenario for each way to fail: what each is sighted as. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SuiteResult } from '../../harness/adapters/playwright/run-suite.ts';
import { listen, type ObservedSuite, observedSuite, titled } from './observed-suite.ts';

const EVENT_ID = 'e'.repeat(32);
const TRACE_ID = 'a'.repeat(32);
const EVENT = JSON.stringify({ event_id: EVENT_ID, exception: { values: [{ type: 'Error', value: 'boom' }] } });

function script(text: string): string {
  return `<h1>Page</h1><script>${text}</script>`;
}

/** A page that posts these lines, as an SDK does. */
function posting(path: string, ...lines: readonly unknown[]): string {
  return script(
    `fetch(${JSON.stringify(path)}, { method: 'POST', body: ${JSON.stringify(lines)}.map((line) => typeof line === 'string' ? line : JSON.stringify(line)).join('\\n') });`,
  );
}

const PAGES = {
  '/ok': '<h1>Fine</h1>',
  '/exception': script('setTimeout(() => { throw new TypeError("boom"); });'),
  '/mention': script('setTimeout(() => { throw new Error("cannot reach https://api.example.com/x"); });'),
  '/rejection': script('Promise.reject(new Error("refused"));'),
  '/string-rejection': script('Promise.reject("refused");'),
  '/object-rejection': script('Promise.reject({ code: 7 });'),
  '/bare-rejection': script('Promise.reject(Object.create(null));'),
  '/frame': '<h1>Page</h1><iframe src="/rejection"></iframe>',
  '/console': script('console.error("careful");'),
  '/missing': script('fetch("/nowhere");'),
  '/nowhere': { status: 404 },
  '/broken': { status: 500 },
  '/secret': script('fetch("/broken?token=hunter2&page=2");'),
  '/policy': {
    body: script('fetch("/other").catch(() => 1);'),
    headers: { 'content-security-policy': "connect-src 'none'" },
  },
  '/third': script('fetch("http://127.0.0.1:9/x").catch(() => 1);'),
  '/envelope': posting(
    '/api/1/envelope/?sentry_key=k',
    { event_id: EVENT_ID, trace: { trace_id: TRACE_ID } },
    { type: 'event' },
    EVENT,
  ),
  '/tunnel': posting('/tunnel', { event_id: EVENT_ID, dsn: 'http://k@sentry.test/1' }, { type: 'event' }, EVENT),
  '/tunnel-broken': posting('/broken', { event_id: EVENT_ID, dsn: 'http://k@sentry.test/1' }, { type: 'event' }, EVENT),
  '/like-an-envelope': posting('/broken', { sent_at: 'today', dsn: 7, text: 'hello' }),
  '/null-exception': posting('/api/1/store/?sentry_key=k', { event_id: EVENT_ID, exception: { values: [null] } }),
};
const VISITED = Object.keys(PAGES).filter((path) => path !== '/nowhere');

let suite: ObservedSuite;
let thirdParty: Server;
let result: SuiteResult;
const live: string[] = [];
beforeAll(async () => {
  thirdParty = createServer((_, response) => {
    response.setHeader('content-type', 'text/javascript');
    response.end('setTimeout(() => { throw new Error("ads"); });');
  });
  const ads = script(`</script><script src="${await listen(thirdParty)}/ads.js">`);
  suite = await observedSuite({ ...PAGES, '/ads': ads });
  suite.write(
    'playwright.config.ts',
    "export default { testDir: 'specs', timeout: 10000, expect: { timeout: 300 }, workers: 2, fullyParallel: true, use: { baseURL: 'http://127.0.0.1:1' } };",
  );
  suite.write(
    'specs/ways.spec.ts',
    `import { expect, test } from '@playwright/test';
for (const path of ${JSON.stringify([...VISITED, '/ads'])}) {
  test('visits ' + path, async ({ page }) => {
    await page.goto(path);
    await page.waitForLoadState('networkidle');
  });
}
test('expects too much', async ({ page }) => {
  await page.goto('/ok');
  await expect(page.getByRole('heading')).toHaveText('Great');
});
test('crashes', async ({ page }) => {
  await page.goto('/ok');
  await page.goto('chrome://crash').catch(() => undefined);
});
test('needs no page', () => expect(1).toBe(1));
`,
  );
  result = await suite.run({ onSighting: ({ kind }, scenario) => live.push(`${kind} ${scenario}`) });
}, 120_000);
afterAll(() => {
  suite.close();
  thirdParty.close();
});

test.each([
  ['visits /ok', []],
  ['visits /exception', ['exception app']],
  ['visits /mention', ['exception app']],
  ['visits /rejection', ['rejection app']],
  ['visits /string-rejection', ['rejection app']],
  ['visits /object-rejection', ['rejection app']],
  ['visits /bare-rejection', ['rejection app']],
  ['visits /frame', ['rejection app']],
  ['visits /console', ['console-error app']],
  ['visits /missing', ['client-error app']],
  ['visits /broken', ['server-error app']],
  ['visits /policy', ['csp-violation app']],
  ['visits /ads', ['exception third-party']],
  ['visits /tunnel-broken', ['event-lost app']],
  ['visits /like-an-envelope', ['server-error app']],
  ['visits /null-exception', []],
  ['crashes', ['page-crash app']],
  ['expects too much', ['assertion scenario']],
  ['needs no page', []],
])('%s: %j', (title, expected) => {
  const { sightings } = titled(result.runs, title);

  expect(sightings.map(({ kind, origin }) => `${kind} ${origin}`)).toEqual(expected);
});

test('a request to a third party that fails is not the app’s', () => {
  const { sightings } = titled(result.runs, 'visits /third');

  expect(sightings.filter(({ kind }) => kind === 'request-failed')).toMatchObject([
    { origin: 'third-party', request: { method: 'GET', url: 'http://127.0.0.1:9/x' } },
  ]);
});

test('says of an exception what the browser knows', () => {
  expect(titled(result.runs, 'visits /exception')).toMatchObject({
    status: 'passed',
    attempts: 1,
    repetition: 0,
    endedEarly: false,
    sightings: [
      {
        message: 'boom',
        errorType: 'TypeError',
        pageUrl: `${suite.baseUrl}/exception`,
        stack: expect.stringContaining(`${suite.baseUrl}/exception:1:`),
      },
    ],
    requests: [{ method: 'GET', url: `${suite.baseUrl}/exception`, status: 200, resourceType: 'document' }],
    pageText: 'Page',
    browserSdk: false,
    screenshot: expect.stringContaining('.png'),
  });
});

test('says of an assertion what was compared, and where', () => {
  expect(titled(result.runs, 'expects too much')).toMatchObject({
    status: 'failed',
    scenario: { id: '[] specs/ways.spec.ts › expects too much', file: 'specs/ways.spec.ts', line: 8 },
    sightings: [{ expected: '"Great"', received: '"Fine"', step: { file: 'specs/ways.spec.ts', line: 10 } }],
  });
});

test('keeps secrets of addresses out of the record', () => {
  const run = titled(result.runs, 'visits /secret');

  expect(JSON.stringify(run)).not.toContain('hunter2');
  expect(run.sightings.map(({ message }) => message)).toEqual([
    `GET ${suite.baseUrl}/broken?token=***&page=2 answered 500`,
  ]);
});

test.each([
  ['to Sentry', 'visits /envelope', { eventIds: [EVENT_ID], traceIds: [TRACE_ID] }],
  ['through a tunnel', 'visits /tunnel', { eventIds: [EVENT_ID], traceIds: [] }],
  ['to the older address', 'visits /null-exception', { eventIds: [EVENT_ID], traceIds: [] }],
  ['in a body that only looks like one', 'visits /like-an-envelope', { eventIds: [], traceIds: [] }],
])('reads the events that leave %s', (_, title, expected) => {
  const run = titled(result.runs, title);

  expect(run).toMatchObject(expected);
  expect(run.requests.filter(({ url }) => /envelope\/\?|\/store\//.test(url))).toEqual([]);
});

test('tells of each sighting while the suite runs', () => {
  const sighted = result.runs.flatMap((run) =>
    run.sightings.filter(({ kind }) => kind !== 'assertion').map(({ kind }) => `${kind} ${run.scenario.id}`),
  );

  expect([...live].sort()).toEqual(sighted.sort());
  expect(result.listed).toHaveLength(VISITED.length + 4);
});

test('ends a scenario at the first error of the app when told to, and counts nothing of its own doing', async () => {
  const paths = ['/broken', '/exception', '/ads', '/ok'].map((path) => `visits ${path}`);
  const only = paths.map((title) => titled(result.runs, title).scenario);

  const { runs } = await suite.run({ only, stopAtError: true });

  expect(paths.map((title) => titled(runs, title).endedEarly)).toEqual([true, true, false, false]);
  expect(runs.flatMap(({ sightings }) => sightings).filter(({ kind }) => kind === 'assertion')).toEqual([]);
});

test('loads at once, and begins when the app is ready', async () => {
  const ready = Promise.withResolvers<void>();
  const began: number[] = [];
  const running = suite.run({ grep: 'needs no page', until: ready.promise, onScenario: () => began.push(Date.now()) });
  const log = join(suite.root, 'out', 'playwright.log');
  await expect.poll(() => existsSync(log), { timeout: 10_000 }).toBe(true);
  const readyAt = Date.now();
  ready.resolve();

  const { runs } = await running;

  expect(runs).toMatchObject([{ status: 'passed' }]);
  expect(Date.parse(runs[0]?.startedAt ?? '')).toBeGreaterThanOrEqual(readyAt);
  expect(began).toHaveLength(1);
});

test('ends with what kept the app from getting ready, and leaves nothing behind', async () => {
  const trouble = new Error('the app has crashed');

  await expect(suite.run({ until: Promise.reject(trouble) })).rejects.toBe(trouble);

  const left = readdirSync('/proc').filter((pid) => {
    const file = `/proc/${pid}/environ`;
    try {
      return /^\d+$/.test(pid) && readFileSync(file, 'utf8').includes(suite.mark);
    } catch {
      return false; // It has gone meanwhile.
    }
  });
  expect(left).toEqual([]);
});
