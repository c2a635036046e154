/** Where the pages of a candidate may go: the hosts that the base's pages asked, and no other. */
import { rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { listenLocally } from '../../harness/adapters/app/listen-locally.ts';
import { openTrial } from '../../harness/assembly/open-trial.ts';
import { hostsOf } from '../../harness/validation/base-facts.ts';
import { patchOf } from '../ladder/scripted-trial.ts';
import { openGround } from '../ladder/trial-ground.ts';
import { tinyApp } from './tiny-app.ts';

vi.setConfig({ testTimeout: 120_000 });

const asked: string[] = [];
let outside: Server;
let port = 0;
beforeAll(async () => {
  outside = createServer((request, response) => {
    asked.push(`${request.headers.host?.split(':')[0]}${request.url}`);
    response.setHeader('access-control-allow-origin', '*');
    response.end('there');
  });
  port = await listenLocally(outside);
});
const made: string[] = [];
afterAll(() => {
  outside.close();
  for (const dir of made) rmSync(dir, { recursive: true, force: true });
});

const SERVER = `import { createServer } from 'node:http';
import { page } from './src/page.mjs';

createServer((request, response) => {
  response.setHeader('content-type', 'text/html');
  response.end(page);
}).listen(Number(process.env.PORT), '127.0.0.1');
`;
const SCENARIO = `import { expect, test } from '@playwright/test';

test('shows what is there', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByText('Done')).toBeVisible();
});
`;

test('keeps a candidate from hosts that the base did not ask', async () => {
  const fetches = (host: string): string =>
    `await fetch("http://${host}.localhost:${port}/" + location.hash).catch(() => 0);`;
  const text = `export const page = '<p></p><script type="module">${fetches('cdn')} document.querySelector("p").textContent = "Done";</script>';\n`;
  const dir = tinyApp({
    'server.mjs': SERVER,
    'src/total.mjs': undefined,
    'src/page.mjs': text,
    'scenarios/cart.spec.ts': SCENARIO,
    'mendwright.config.mjs': "export default { app: { start: 'node server.mjs', sources: ['src/**'] } };\n",
  });
  made.push(dir);
  const { ground, close } = await openGround(dir, { workers: 1 });
  try {
    const base = await openTrial(ground, 'base');
    const runs = (await base.run({})).map(({ run }) => run);
    await base.close();
    const hosts = hostsOf(runs);
    const start = text.indexOf('document');
    const patch = patchOf('p', { edits: [{ file: 'src/page.mjs', start, end: start, text: `${fetches('other')} ` }] });

    const trial = await openTrial({ ...ground, browserHosts: hosts }, 'try', patch);
    const tried = await trial.run({});
    await trial.close();

    expect(hosts).toEqual(['127.0.0.1', 'cdn.localhost']);
    expect(tried.map(({ red }) => red)).toEqual([false]);
    expect(tried[0]?.run.sightings).toMatchObject([{ kind: 'request-failed', origin: 'third-party' }]);
    expect(asked).toEqual(['cdn.localhost/', 'cdn.localhost/']);
  } finally {
    await close();
  }
});
