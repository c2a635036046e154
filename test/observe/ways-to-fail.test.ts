/** Thirty ways to fail, several times each, on four workers at once: each is sighted, in its own scenario and no other. */
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SuiteResult } from '../../harness/adapters/playwright/run-suite.ts';
import type { ScenarioRun } from '../../harness/model/scenario.ts';
import type { Sighting, SightingKind, SightingOrigin } from '../../harness/model/sighting.ts';
import { listen, type ObservedSuite, observedSuite, type Page } from './observed-suite.ts';

interface Way {
  readonly name: string;
  readonly kind: SightingKind;
  readonly origin?: SightingOrigin;
  /** Script of the page; `mark` names the scenario in whatever it throws. */
  readonly page?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** What the scenario does when it has opened the page. */
  readonly deed?: string;
  readonly status?: 'failed' | 'timed-out';
  readonly more?: Partial<Sighting>;
}

const ROUNDS = 2;
const IN_PAGE = "const mark = new URLSearchParams(location.search).get('m');";
/** To Playwright, a shared worker's own script is for ever under way. */
const NEVER_IDLE = new Set(['unanswered', 'shared-worker', 'shared-rejection']);
const CLICK = "await page.getByRole('button').click();";

/** A page that tells when its shared worker has answered, which it does after it has thrown. */
const share = (script: string): string =>
  `new SharedWorker("${script}?m=" + mark).port.onmessage = () => { document.title = "shared"; };`;
const SHARED = "await expect(page).toHaveTitle('shared', { timeout: 5000 });";

/** `OTHER` is the address of another origin. */
const WAYS: readonly Way[] = [
  { name: 'script', kind: 'exception', page: 'throw new Error("boom " + mark);' },
  { name: 'timer', kind: 'exception', page: 'setTimeout(() => { throw new Error("boom " + mark); });' },
  {
    name: 'handler',
    kind: 'exception',
    page: 'document.querySelector("button").onclick = () => { throw new RangeError("boom " + mark); };',
    deed: CLICK,
    more: { errorType: 'RangeError' },
  },
  { name: 'module', kind: 'exception', page: '</script><script type="module" src="/module.js">' },
  { name: 'frame', kind: 'exception', page: 'add("iframe", "/timer?m=" + mark);' },
  { name: 'foreign-frame', kind: 'exception', origin: 'third-party', page: 'add("iframe", "OTHER/frame?m=" + mark);' },
  { name: 'worker', kind: 'exception', page: 'new Worker("/worker.js?m=" + mark);' },
  { name: 'shared-worker', kind: 'exception', page: share('/worker.js'), deed: SHARED },
  { name: 'service-worker', kind: 'exception', page: 'navigator.serviceWorker.register("/worker.js?m=" + mark);' },
  { name: 'rejection', kind: 'rejection', page: 'Promise.reject(new Error("boom " + mark));' },
  { name: 'async-rejection', kind: 'rejection', page: '(async () => { await 1; null[mark]; })();' },
  { name: 'bare-rejection', kind: 'rejection', page: 'Promise.reject("boom " + mark);' },
  { name: 'shared-rejection', kind: 'rejection', page: share('/rejecting.js'), deed: SHARED },
  {
    name: 'service-rejection',
    kind: 'rejection',
    page: 'navigator.serviceWorker.register("/rejecting.js?m=" + mark);',
  },
  { name: 'console', kind: 'console-error', page: 'console.error("careful", mark);' },
  {
    name: 'boundary',
    kind: 'error-boundary',
    page: 'console.error("%o\\n\\n%s", new Error("boom " + mark), "The above error occurred in the <Cart> component.");',
  },
  {
    name: 'leaving',
    kind: 'exception',
    page: 'addEventListener("pagehide", () => { throw new Error("boom " + mark); });',
    deed: "await page.goto('/fine');",
  },
  {
    name: 'closing',
    kind: 'exception',
    page: 'document.querySelector("button").onclick = () => { throw new Error("boom " + mark); };',
    deed: `${CLICK} await page.close();`,
  },
  {
    name: 'pop-up',
    kind: 'exception',
    page: 'document.querySelector("button").onclick = () => open("/timer?m=" + mark);',
    deed: `const [opened] = await Promise.all([page.waitForEvent('popup'), page.getByRole('button').click()]); await opened.waitForLoadState('networkidle');`,
  },
  {
    name: 'policy',
    kind: 'csp-violation',
    page: 'fetch("OTHER/x?m=" + mark).catch(() => 1);',
    headers: { 'content-security-policy': "connect-src 'self'" },
    more: { policy: { directive: 'connect-src', blocked: expect.stringContaining('/x?m=') } },
  },
  {
    name: 'refused',
    kind: 'request-failed',
    origin: 'third-party',
    page: 'fetch("http://127.0.0.1:9/x?m=" + mark).catch(() => 1);',
  },
  { name: 'missing', kind: 'client-error', page: 'fetch("/missing-data?m=" + mark);' },
  { name: 'broken', kind: 'server-error', page: 'fetch("/broken-data?m=" + mark);' },
  { name: 'broken-image', kind: 'server-error', page: 'add("img", "/broken-data?m=" + mark);' },
  { name: 'broken-document', kind: 'server-error', deed: "await page.goto('/broken-data?m=' + mark);" },
  {
    name: 'busy',
    kind: 'hang',
    page: 'document.querySelector("button").onclick = () => setTimeout(() => { for (;;); });',
    deed: `${CLICK} await expect(page.getByText('never')).toBeVisible();`,
    // Playwright cannot always end an expectation on a page that does not answer.
    status: expect.stringMatching(/^(?:failed|timed-out)$/),
  },
  {
    name: 'unanswered',
    kind: 'hang',
    page: 'fetch("/silent?m=" + mark);',
    deed: "await expect(page.getByText('never')).toBeVisible({ timeout: 1500 });",
    status: 'failed',
  },
  { name: 'crash', kind: 'page-crash', deed: "await page.goto('chrome://crash').catch(() => 1);" },
  {
    name: 'assertion',
    kind: 'assertion',
    origin: 'scenario',
    deed: "await expect(page.getByRole('heading')).toHaveText('Great ' + mark);",
    status: 'failed',
    more: { expected: expect.stringContaining('Great'), received: expect.stringContaining('Page') },
  },
  {
    name: 'lost-event',
    kind: 'event-lost',
    page: 'fetch("/api/1/envelope/?sentry_key=k&m=" + mark, { method: "POST", body: JSON.stringify({ event_id: "e".repeat(32) }) + "\\n{\\"type\\":\\"event\\"}\\n{}" });',
  },
  { name: 'advert', kind: 'exception', origin: 'third-party', page: 'add("script", "OTHER/ads.js?m=" + mark);' },
];

function pageOf({ page = '' }: Way, other: string): string {
  const add = 'const add = (tag, src) => document.body.append(Object.assign(document.createElement(tag), { src }));';
  return `<h1>Page</h1><button>Go</button><script>${IN_PAGE} ${add} ${page.replaceAll('OTHER', other)}</script>`;
}

let suite: ObservedSuite;
let other: Server;
let result: SuiteResult;
beforeAll(async () => {
  other = createServer((request, response) => {
    const isScript = request.url?.startsWith('/ads.js') ?? false;
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    const text = 'setTimeout(() => { throw new Error("boom " + mark); });';
    const query = new URL(request.url ?? '/', 'http://x').searchParams.get('m');
    const script = `{ const mark = ${JSON.stringify(query)}; ${text} }`;
    response.end(isScript ? script : `<script>${script}</script>`);
  });
  const otherUrl = await listen(other);
  const worker =
    'const mark = new URL(self.location).searchParams.get("m"); self.onconnect = ({ ports: [port] }) => setTimeout(() => port.postMessage("up"));';
  const pages: Record<string, Page> = {
    '/fine': '<h1>Fine</h1>',
    '/module.js': `${IN_PAGE} throw new Error("boom " + mark);`,
    '/worker.js': `${worker} setTimeout(() => { throw new Error("boom " + mark); });`,
    '/rejecting.js': `${worker} Promise.reject(new Error("boom " + mark));`,
    '/missing-data': { status: 404 },
    '/broken-data': { status: 500 },
    '/api/1/envelope/': { status: 503 },
  };
  for (const way of WAYS)
    pages[`/${way.name}`] = { body: pageOf(way, otherUrl), ...(way.headers && { headers: way.headers }) };
  suite = await observedSuite(pages, () => undefined, ['/silent']);
  suite.write(
    'playwright.config.ts',
    "export default { testDir: 'specs', timeout: 10000, expect: { timeout: 300 }, workers: 4, fullyParallel: true };",
  );
  const scenarios = Array.from({ length: ROUNDS }, (_, round) =>
    WAYS.map(({ name, deed = '' }, index) => {
      const mark = `mark${round}x${index}x`;
      return `test('${name} ${round}', async ({ page }) => {
  const mark = '${mark}';
  await page.goto('/${name}?m=${mark}');
  await page.waitForLoadState('${NEVER_IDLE.has(name) ? 'load' : 'networkidle'}');
  ${deed}
});`;
    }),
  ).flat();
  suite.write('specs/ways.spec.ts', `import { expect, test } from '@playwright/test';\n${scenarios.join('\n')}\n`);
  result = await suite.run();
}, 180_000);
afterAll(() => {
  suite.close();
  other.close();
});

function runsOf(name: string): ScenarioRun[] {
  return result.runs.filter(({ scenario }) => scenario.titlePath.at(-1)?.replace(/ \d+$/, '') === name);
}

test.each(WAYS)('$name: sighted as $kind in its own scenarios', ({ name, kind, origin = 'app', status, more }) => {
  const index = WAYS.findIndex((way) => way.name === name);
  for (const run of runsOf(name)) {
    const mark = `mark${run.scenario.titlePath.at(-1)?.split(' ').at(-1)}x${index}x`;
    const own = run.sightings.filter((one) => one.kind === kind && one.origin === origin);

    expect({ name, status: run.status, sightings: run.sightings }).toMatchObject({ name, status: status ?? 'passed' });
    expect(own.length, JSON.stringify(run.sightings)).toBeGreaterThan(0);
    if (kind !== 'page-crash') expect(JSON.stringify(own)).toContain(mark);
    if (more) expect(own).toContainEqual(expect.objectContaining(more));
    // The line of the scenario that was running, and no longer ago than this run.
    expect(own[0]?.step ?? { file: 'specs/ways.spec.ts' }).toMatchObject({ file: 'specs/ways.spec.ts' });
    expect(Date.parse(own[0]?.at ?? '')).toBeGreaterThanOrEqual(Date.parse(run.startedAt));
  }
  expect(runsOf(name)).toHaveLength(ROUNDS);
});

test('ties none to a wrong scenario', () => {
  const strangers = result.runs.flatMap((run) => {
    const [name, round] = run.scenario.titlePath.at(-1)?.split(' ') ?? [];
    const mark = `mark${round}x${WAYS.findIndex((way) => way.name === name)}x`;
    return run.sightings.flatMap((one) =>
      [...JSON.stringify(one).matchAll(/mark\d+x\d+x/g)].flatMap(([found]) =>
        found === mark ? [] : [`${name}: ${found}`],
      ),
    );
  });

  expect(strangers).toEqual([]);
});

test('names the step that was running', () => {
  const [clicked] = runsOf('handler');
  const [gone] = runsOf('leaving');

  expect(clicked?.sightings[0]?.step).toMatchObject({
    title: expect.stringMatching(/click/i),
    line: expect.any(Number),
  });
  expect(gone?.sightings[0]?.step?.title).toMatch(/goto|navigate/i);
});
