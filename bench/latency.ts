/**
 * How long it takes from a throw in a page to its line in the live output, and to the issue that can be read in the embedded
 * Sentry. Scenarios go on for seconds after the throw, as real ones do: nothing is hurried by their end.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { childEnvironment } from '../harness/adapters/app/child-environment.ts';
import { findChromium } from '../harness/adapters/playwright/find-browser.ts';
import { runSuite } from '../harness/adapters/playwright/run-suite.ts';
import { listenSentry } from '../harness/sentry-server/listen.ts';
import { sentryServer } from '../harness/sentry-server/sentry-server.ts';
import { listen } from '../test/observe/observed-suite.ts';
import { percentile } from '../test/statistics.ts';
import type { Bench, BenchResult } from './bench.ts';

const ROOT = join(import.meta.dirname, '..');
const WORK = join(ROOT, '.demo', 'latency');
const SDK = join(ROOT, 'examples', 'rooms', 'public', 'vendor', 'sentry-browser.js');
const SCENARIOS = 60;
const WORKERS = 2;
const GOES_ON_MS = 2_500;

/** `late 17 at 1795446123456` */
const THROWN = /late (?<id>\d+) at (?<at>\d+)/;
const Issues = z.array(z.object({ title: z.string() }));

/** What the page throws: an exception or a rejection, each an issue of its own. */
function pageOf(dsn: string): string {
  return `<!doctype html><button>Go</button><p></p><script type="module">
import { init } from '/sentry.js';
const id = Number(new URLSearchParams(location.search).get('id'));
// Not the message itself: Sentry takes the numbers out of a fingerprint that equals it, and all throws would be one issue.
init({ dsn: ${JSON.stringify(dsn)}, beforeSend: (event) => ({ ...event, fingerprint: ['late-' + id] }) });
document.querySelector('button').onclick = () => {
  setTimeout(() => { document.querySelector('p').textContent = 'went on'; }, ${GOES_ON_MS});
  const error = new Error('late ' + id + ' at ' + Date.now());
  if (id % 2 === 0) throw error;
  Promise.reject(error);
};
</script>`;
}

/** How long the last issue may take. */
const LAST_MS = 5_000;

const SUITE = `import { expect, test } from '@playwright/test';
for (let id = 0; id < ${SCENARIOS}; id++) {
  test('throws ' + id, async ({ page }) => {
    await page.goto('/?id=' + id);
    await page.getByRole('button').click();
    await expect(page.getByText('went on')).toBeVisible();
  });
}
`;

async function measure(): Promise<BenchResult> {
  rmSync(WORK, { recursive: true, force: true });
  mkdirSync(join(WORK, 'specs'), { recursive: true });
  writeFileSync(join(WORK, 'package.json'), '{ "name": "latency", "private": true, "type": "module" }');
  writeFileSync(
    join(WORK, 'playwright.config.ts'),
    `export default { testDir: 'specs', fullyParallel: true, workers: ${WORKERS} };`,
  );
  writeFileSync(join(WORK, 'specs', 'late.spec.ts'), SUITE);
  const sentry = sentryServer({ org: 'bench' });
  const listening = await listenSentry(sentry, {});
  const page = pageOf(sentry.dsn('latency', listening.url));
  const app = createServer((request, response) => {
    const isScript = request.url === '/sentry.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? readFileSync(SDK) : page);
  });
  const lines = new Map<string, number>();
  const issues = new Map<string, number>();
  const note = (times: Map<string, number>, text: string): void => {
    const { id, at } = THROWN.exec(text)?.groups ?? {};
    if (id !== undefined && at !== undefined && !times.has(id)) times.set(id, (Date.now() - Number(at)) / 1000);
  };
  sentry.onEvent(async ({ title }) => {
    const { id } = THROWN.exec(title)?.groups ?? {};
    const url = `${listening.url}/api/0/projects/bench/latency/issues/?query=${encodeURIComponent(`"late ${id} at"`)}`;
    const found = Issues.parse(await (await fetch(url)).json());
    for (const issue of found) note(issues, issue.title);
  });
  try {
    const baseUrl = await listen(app);
    await runSuite({
      root: WORK,
      config: 'playwright.config.ts',
      baseUrl,
      outputDir: join(WORK, 'out'),
      chromium: findChromium(WORK),
      env: childEnvironment(process.env, 'bench:latency'),
      onSighting: ({ message }) => note(lines, message),
    });
    // The last event may still be asked for when the last scenario has ended.
    const deadline = Date.now() + LAST_MS;
    while (issues.size < SCENARIOS && Date.now() < deadline) await wait(20);
  } finally {
    app.close();
    app.closeAllConnections();
    await listening.close();
    sentry.close();
  }
  if (lines.size < SCENARIOS || issues.size < SCENARIOS) {
    throw new Error(`Of ${SCENARIOS} throws ${lines.size} had a line and ${issues.size} an issue.`);
  }
  const rows = [
    { what: 'throw to line in the live output', times: [...lines.values()] },
    { what: 'throw to readable issue', times: [...issues.values()] },
  ].map(({ what, times }) => ({
    what,
    throws: times.length,
    median: percentile(times, 0.5),
    p95: percentile(times, 0.95),
    worst: Math.max(...times),
  }));
  return {
    rows,
    figures: {
      throws: SCENARIOS,
      lineP95: percentile([...lines.values()], 0.95),
      issueP95: percentile([...issues.values()], 0.95),
    },
  };
}

export const bench: Bench = {
  name: 'latency',
  summary: 'seconds from a throw in a page to its line in the live output and to its issue in the embedded Sentry',
  measure,
};
