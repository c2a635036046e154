/** What a night keeps for people to look at: red and green runs in pictures, secrets masked, traces that open offline. */

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { findChromium } from '../../harness/adapters/playwright/find-browser.ts';
import { RunRecord } from '../../harness/model/run-record.ts';
import { secretsOf } from '../../harness/observe/secrets-of-page.ts';
import { git, mendwright, tinyApp } from './tiny-app.ts';

// A night and two proofs with browsers, on a machine that may be busy.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

const ROOT = join(import.meta.dirname, '..', '..');
let browser: Browser;
beforeAll(async () => {
  const { executablePath, sandbox } = findChromium(ROOT);
  browser = await chromium.launch({ chromiumSandbox: sandbox, ...(executablePath && { executablePath }) });
});
afterAll(() => browser.close());

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.zip': 'application/zip',
};

/** A folder over http; remembers nothing, sends nothing anywhere. */
async function serve(folder: string) {
  const server = createServer((request, response) => {
    const path = join(folder, normalize(decodeURIComponent(URL.parse(request.url ?? '', 'http://x')?.pathname ?? '')));
    if (!path.startsWith(folder) || !existsSync(path)) return response.writeHead(404).end();
    return response
      .writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' })
      .end(readFileSync(path));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { url: `http://127.0.0.1:${port}`, [Symbol.dispose]: () => void server.close() };
}

let dir = '';
let folder = '';
let record: RunRecord;
beforeAll(async () => {
  dir = tinyApp({
    'mendwright.config.mjs':
      "export default { app: { start: 'node server.mjs', ready: '/ready', sources: ['src/**'] } };\n",
  });
  const night = await mendwright(['nightly', '--json', '--cwd', dir]);
  const [run = ''] = readdirSync(join(dir, '.mendwright', 'runs'));
  folder = join(dir, '.mendwright', 'runs', run);
  expect(existsSync(join(folder, 'record.json')), night.stderr).toBe(true);
  record = RunRecord.parse(JSON.parse(readFileSync(join(folder, 'record.json'), 'utf8')));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test('keeps a red and a green run with screenshot, frames and trace', () => {
  const [red] = record.scenarios;
  const green = record.verdicts.flatMap((verdict) => (verdict.kind === 'confirmed' ? (verdict.greenRun ?? []) : []))[0];

  for (const file of [red?.screenshot, red?.trace, green?.screenshot, green?.trace]) {
    expect(existsSync(join(folder, file ?? 'none'))).toBe(true);
  }
  const frames = readdirSync(join(folder, 'frames'));
  expect(frames.length).toBeGreaterThanOrEqual(2);
  for (const frame of frames) {
    expect(readFileSync(join(folder, 'frames', frame)).subarray(0, 2)).toEqual(Buffer.of(0xff, 0xd8));
  }
});

test('the report opens the traces in the viewer that lies beside it, offline', async () => {
  using site = await serve(folder);
  const context = await browser.newContext();
  const asked: string[] = [];
  // Whatever leaves this machine is refused, and told.
  await context.route(
    (url) => !url.href.startsWith(site.url) && !/^(?:blob|data):/.test(url.protocol),
    (route) => {
      asked.push(route.request().url());
      return route.abort();
    },
  );
  const page = await context.newPage();
  await page.goto(`${site.url}/report.html`);
  await page.getByText('A red run and a green one, side by side').click();
  const pair = page.locator('.runs-pair');
  expect(await pair.locator('.film img').count()).toBeGreaterThanOrEqual(2);
  const links = pair.getByRole('link', { name: 'Open the trace' });
  expect(await links.count()).toBe(2);

  await links.last().click();

  // Steps of the scenario, as the viewer lists them.
  await page
    .getByText(/Navigate|goto/i)
    .first()
    .waitFor({ timeout: 90_000 });
  await page
    .getByText(/Expect|toBeVisible/i)
    .first()
    .waitFor({ timeout: 30_000 });
  expect(await page.title()).toMatch(/trace/i);
  expect(asked).toEqual([]);
  await context.close();
});

test('the command that a branch names repeats its proof in another clone, and refuses one that does not mend', async () => {
  const [{ branch = '' } = {}] = record.outcomes;
  const [, command = ''] =
    /To repeat the proof: npx mendwright (.+)/.exec(git(dir, 'log', '-1', '--format=%B', branch)) ?? [];
  const clone = `${dir}-clone`;
  try {
    execFileSync('git', ['clone', '--quiet', dir, clone]);
    const before = git(clone, 'for-each-ref');

    const proven = await mendwright([...command.split(' '), '--json', '--cwd', clone]);

    expect(proven.code, proven.stderr).toBe(0);
    expect(JSON.parse(proven.stdout)).toMatchObject({
      ...{ branch, commit: git(dir, 'rev-parse', branch), isRepeated: true, broken: [] },
      why: 'Red in 5 of 5 runs on the base, green in 5 of 5 on the branch.',
    });
    expect(git(clone, 'for-each-ref')).toBe(before);

    git(clone, 'switch', '--quiet', '--create', 'undone', `origin/${branch}`);
    git(clone, '-c', 'user.name=Jo', '-c', 'user.email=jo@tiny.example', 'revert', '--no-edit', 'HEAD');
    git(clone, 'switch', '--quiet', 'main');
    const undone = await mendwright(['prove', 'undone', '--cwd', clone]);

    expect(undone.code, undone.stderr).toBe(1);
    expect(undone.stdout).toContain(
      'The proof of undone does not hold. Red in 5 of 5 runs on the base, green in 0 of 5',
    );
  } finally {
    rmSync(clone, { recursive: true, force: true });
  }
});

const TOKEN = `ghp_${'0123456789'.repeat(4)}`;

test.each<[string, string, string, boolean]>([
  ['a password', '<input type="password" id="x">', 'hunter2', true],
  ['the number of a card', '<input autocomplete="cc-number" id="x">', '1', true],
  ['the code of a card', '<input name="Cvc" id="x">', '1', true],
  ['a field by its name', '<input name="apiToken" id="x">', '1', true],
  ['a token in any field', '<input id="x">', TOKEN, true],
  ['a token in the text', `<p id="x">Your token: ${TOKEN}</p>`, '', true],
  ['a card in the text', '<p id="x">4111 1111 1111 1111</p>', '', true],
  ['what Sentry is told to mask', '<p id="x" data-sentry-mask>Jo Doe</p>', '', true],
  ['what Sentry is told to block', '<p id="x" class="sentry-block">Jo Doe</p>', '', true],
  ['an ordinary field', '<input id="x">', 'Jo', false],
  ['an ordinary text', '<p id="x">Order 4711 of 2026-01-01</p>', '', false],
])('knows what a screenshot must not show: %s', async (_, markup, value, isMasked) => {
  const page = await browser.newPage({ viewport: { width: 300, height: 100 } });
  await page.setContent(`<style>* { margin: 0; } #x { display: block; width: 200px; height: 40px; }</style>${markup}`);
  if (value !== '') await page.fill('#x', value);

  const mask = await secretsOf(page);

  const boxes = (await Promise.all(mask.map((one) => one.count()))).reduce((sum, number) => sum + number, 0);
  expect(boxes > 0).toBe(isMasked);
  const colour = '#ff00ff';
  const shot = await page.screenshot({ mask, maskColor: colour });
  // Read back by the browser itself: the middle of the element is the mask's colour, or is not.
  const pixel = await page.evaluate(async (bytes) => {
    const image = await createImageBitmap(new Blob([Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0))]));
    const canvas = new OffscreenCanvas(image.width, image.height);
    const brush = canvas.getContext('2d');
    brush?.drawImage(image, 0, 0);
    return [...(brush?.getImageData(100, 20, 1, 1).data ?? [])].slice(0, 3);
  }, shot.toString('base64'));
  expect(pixel.join() === '255,0,255').toBe(isMasked);
  await page.close();
});

test('masks what stands in frames, too', async () => {
  const page = await browser.newPage();
  await page.setContent(`<iframe srcdoc='<p>${TOKEN}</p>'></iframe>`);
  await page.frameLocator('iframe').locator('p').waitFor();

  const mask = await secretsOf(page);

  expect((await Promise.all(mask.map((one) => one.count()))).reduce((sum, number) => sum + number, 0)).toBe(1);
  await page.close();
});
