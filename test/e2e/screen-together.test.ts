/** Many patches in one tree, one build and one Playwright run: what is told of each is what it would show alone. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { screenTogether } from '../../harness/assembly/screen-together.ts';
import type { Patch } from '../../harness/model/patch.ts';
import type { Candidate } from '../../harness/validation/together/screened.ts';
import { openGround } from '../ladder/trial-ground.ts';
import { type Files, tinyApp } from './tiny-app.ts';

vi.setConfig({ testTimeout: 120_000 });

const made: string[] = [];
afterAll(() => {
  for (const dir of made) rmSync(dir, { recursive: true, force: true });
});

const PAGE = `export function owner(cart) {
  return cart.owner.name;
}

export function never(cart) {
  return cart.owner.name;
}
`;
const PRICES = `export function price(item) {
  return item.price.toFixed(2);
}
`;
const UNUSED = `export const unused = (item) => item.price;
`;
/** Made while the server starts, and when it is first asked. */
const RATES = `const made = ['a', 'b'].map((name) => name.lenth);
let kept;

export function rate() {
  return made[0].toFixed(1);
}

export function keptRate() {
  kept ??= measure();
  return kept;
}

function measure() {
  return 'none';
}
`;
/** Notes each start; keeps its orders in memory. */
const SERVER = `import { appendFileSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { price } from './src/prices.mjs';
import { keptRate, rate } from './src/rates.mjs';

appendFileSync('../starts.txt', 'started ');
let orders = 0;
createServer((request, response) => {
  if (request.url === '/ready') return response.end('ok');
  if (request.url === '/reset') {
    if (price({ price: 1 }) !== '1.00') response.statusCode = 500;
    orders = 0;
    return response.end();
  }
  if (request.method === 'POST') orders++;
  if (request.url === '/page.mjs') {
    response.setHeader('content-type', 'text/javascript');
    return response.end(readFileSync('src/page.mjs'));
  }
  if (/^\\/(?:\\?|$)/.test(request.url)) {
    response.setHeader('content-type', 'text/html');
    return response.end('<button>Order</button><p></p><script type="module" src="/page.mjs"></script><script type="module">' +
      'import { owner } from "/page.mjs"; document.querySelector("p").textContent = "of " + owner(location.search ? { owner: { name: "me" } } : {});' +
      'document.querySelector("button").onclick = async () => { document.querySelector("p").textContent = await (await fetch("/orders", { method: "POST" })).text(); };</script>');
  }
  try {
    if (request.url === '/rate') return response.end('rate ' + rate());
    if (request.url === '/kept') return response.end('kept ' + keptRate());
    response.end(orders + ' orders, ' + price({}));
  } catch {
    response.statusCode = 500;
    response.end();
  }
}).listen(Number(process.env.PORT), '127.0.0.1');
`;
const SHOWS_OWNER = `import { expect, test } from '@playwright/test';

test('shows whose it is', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByText('of nobody')).toBeVisible();
});
`;
const ORDERS = `import { expect, test } from '@playwright/test';

test('counts what is ordered', async ({ page, request }) => {
  await page.goto('/?order');
  await page.getByRole('button').click();
  await expect(page.getByText('1 orders, 0.00')).toBeVisible();
});
`;
const CONFIG = (app: string): string =>
  `export default { app: { start: 'node server.mjs', ready: '/ready', sources: ['src/**'], ${app} } };\n`;

function candidate(
  files: Files,
  change: { file: string; find: string; text: string; title: string; spec: string },
): Candidate {
  const start = files[change.file]?.indexOf(change.find) ?? -1;
  const edit = { file: change.file, start, end: start + change.find.length, text: change.text };
  const patch: Patch = {
    id: `${change.find} ${change.text}`,
    issue: 'TINY-1',
    suspect: 's1',
    fixer: 'by-hand',
    title: change.text,
    rationale: '',
    edits: [edit],
    newFiles: [],
    score: 0.5,
    diff: '',
  };
  const [file, title] = [change.spec, change.title];
  return {
    patch,
    issue: 'TINY-1',
    scenarios: [{ id: `[] ${file} › ${title}`, project: '', file, line: 3, titlePath: [title] }],
  };
}

/** Text of each patch -> how its scenario came out, where that was told. */
async function screen(
  app: string,
  spec: { file: string; text: string; title: string },
  changes: readonly (readonly [file: string, find: string, text: string, after?: string])[],
): Promise<{ told: Record<string, string>; starts: number }> {
  const files: Files = {
    'server.mjs': SERVER,
    'src/total.mjs': undefined,
    'src/page.mjs': PAGE,
    'src/prices.mjs': PRICES,
    'src/unused.mjs': UNUSED,
    'src/rates.mjs': RATES,
    'scenarios/cart.spec.ts': undefined,
    [spec.file]: spec.text,
    'mendwright.config.mjs': CONFIG(app),
  };
  const dir = tinyApp(files);
  made.push(dir);
  const { ground, sources, close } = await openGround(dir, { workers: 2 });
  try {
    const all = changes.map(([file, find, text, after]) => ({
      ...candidate(files, { file, find, text, title: spec.title, spec: spec.file }),
      ...(after && { after: `${find} ${after}` }),
    }));
    const screened = await screenTogether(all, { ground, readSource: sources.read, copies: 2 });
    const told = [...screened.values()].map(
      (runs, index) => [[...screened.keys()][index], runs.some(({ red }) => red) ? 'red' : 'green'] as const,
    );
    const named = told.map(([key, how]) => [
      all.find(({ patch }) => key?.startsWith(patch.id))?.patch.title ?? '',
      how,
    ]);
    const starts = readFileSync(join(dir, '.mendwright', 'worktrees', 'starts.txt'), 'utf8').split(' ').length - 1;
    return { told: Object.fromEntries(named), starts };
  } finally {
    await close();
  }
}

const OWNER = { file: 'scenarios/owner.spec.ts', text: SHOWS_OWNER, title: 'shows whose it is' };
const ORDER = { file: 'scenarios/order.spec.ts', text: ORDERS, title: 'counts what is ordered' };

test('selects a patch in the page, and tells nothing of one that changes more than a function or a file that is not loaded', async () => {
  const { told, starts } = await screen('', OWNER, [
    ['src/page.mjs', 'cart.owner.name;', "cart.owner?.name ?? 'nobody';"],
    ['src/page.mjs', 'cart.owner.name;', "cart.owner?.name ?? 'somebody';"],
    [
      'src/page.mjs',
      '.owner.name;\n}\n\nexport function never(cart) {',
      "?.name ?? 'nobody';\n}\n\nexport function ever(cart) {",
    ],
    ['src/prices.mjs', 'item.price.toFixed(2)', "'0.00'"],
    ['src/unused.mjs', 'item.price', 'item?.price'],
  ]);

  expect(told).toEqual({
    "cart.owner?.name ?? 'nobody';": 'green',
    "cart.owner?.name ?? 'somebody';": 'red',
    // Loaded by the server, and nobody came by.
    "'0.00'": 'red',
  });
  expect(starts).toBe(2);
});

const RIGHT = [
  '(item.price ?? 0).toFixed(2)',
  "(item.price?.toFixed(2) ?? '0.00')",
  'Number(item.price ?? 0).toFixed(2)',
];

test('starts the server anew after a scenario that wrote', async () => {
  const { told, starts } = await screen('', ORDER, [
    ...RIGHT.map((text) => ['src/prices.mjs', 'item.price.toFixed(2)', text] as const),
    ['src/prices.mjs', 'item.price.toFixed(2)', 'item.price.toFixed(1)'],
  ]);

  expect(told).toEqual({ ...Object.fromEntries(RIGHT.map((text) => [text, 'green'])), 'item.price.toFixed(1)': 'red' });
  // Five runs on two copies, each of which wrote.
  expect(starts).toBe(5);
});

test('puts the data back by app.reset, where there is one', async () => {
  const { told, starts } = await screen(
    "reset: '/reset'",
    ORDER,
    RIGHT.map((text) => ['src/prices.mjs', 'item.price.toFixed(2)', text] as const),
  );

  expect(told).toEqual(Object.fromEntries(RIGHT.map((text) => [text, 'green'])));
  expect(starts).toBe(1);
});

test('finds the patch that keeps the others from being built', async () => {
  const { told } = await screen("build: '! grep -r somebody src'", OWNER, [
    ['src/page.mjs', 'cart.owner.name;', "cart.owner?.name ?? 'nobody';"],
    ['src/page.mjs', 'cart.owner.name;', "cart.owner?.name ?? 'somebody';"],
    ['src/page.mjs', 'cart.owner.name;', 'cart.owner?.name;'],
    ['src/page.mjs', 'cart.owner.name;', "(cart.owner?.name || 'nobody');"],
  ]);

  expect(told).toMatchObject({ 'cart.owner?.name;': 'red', "(cart.owner?.name || 'nobody');": 'green' });
  expect(told).not.toHaveProperty(["cart.owner?.name ?? 'somebody';"]);
});

test('tells nothing of scenarios that rest on each other', async () => {
  const serial = SHOWS_OWNER.replace("\ntest('", "\ntest.describe.configure({ mode: 'serial' });\n\ntest('");
  const { told } = await screen('', { ...OWNER, text: serial }, [
    ['src/page.mjs', 'cart.owner.name;', "cart.owner?.name ?? 'nobody';"],
    ['src/page.mjs', 'cart.owner.name;', "cart.owner?.name ?? 'somebody';"],
  ]);

  expect(told).toEqual({});
});

test('asks a patch that waits for another only where that one is green', async () => {
  const [right, wrong] = ["cart.owner?.name ?? 'nobody';", "cart.owner?.name ?? 'somebody';"];
  const { told } = await screen('', OWNER, [
    ['src/page.mjs', 'cart.owner.name;', right],
    ['src/page.mjs', 'cart.owner.name;', wrong],
    ['src/page.mjs', 'cart.owner.name;', 'undefined;', right],
    ['src/page.mjs', 'cart.owner.name;', 'null;', wrong],
  ]);

  expect(told).toEqual({ [right]: 'green', [wrong]: 'red', 'undefined;': 'red' });
});

const RATE = `import { expect, test } from '@playwright/test';

test('shows the rate', async ({ page }) => {
  await page.goto('/rate');
  await expect(page.getByText('rate 1.0')).toBeVisible({ timeout: 300 });
});
`;

test('starts the server anew for a patch of what it makes while it starts', async () => {
  const { told } = await screen('', { file: 'scenarios/rate.spec.ts', text: RATE, title: 'shows the rate' }, [
    ['src/rates.mjs', 'name.lenth', 'name.length'],
    ['src/rates.mjs', 'name.lenth', 'name.size'],
    ['src/rates.mjs', 'made[0].toFixed(1)', "'1.0'"],
    ['src/rates.mjs', 'made[0].toFixed(1)', "made[0]?.toFixed(1) ?? ''"],
  ]);

  expect(told).toEqual({
    'name.length': 'green',
    'name.size': 'red',
    "'1.0'": 'green',
    "made[0]?.toFixed(1) ?? ''": 'red',
  });
});

test('starts the server anew for a patch of what it makes once, and tells nothing of those before that was known', async () => {
  const kept = RATE.replaceAll('rate', 'kept').replace('kept 1.0', 'kept some');
  const { told } = await screen('', { file: 'scenarios/kept.spec.ts', text: kept, title: 'shows the kept' }, [
    ['src/rates.mjs', "return 'none'", "return 'other'"],
    ...['b', 'c', 'd', 'e', 'f', 'g', 'h'].map(
      (word) => ['src/rates.mjs', "return 'none'", `return '${word}'`] as const,
    ),
    ['src/rates.mjs', "return 'none'", "return 'some'"],
  ]);

  expect(told).toHaveProperty(["return 'some'"], 'green');
  expect(Object.values(told).filter((how) => how === 'green')).toHaveLength(1);
});

const SHARED = `import { expect, test } from '@playwright/test';

let page;
test('shows whose it is', async ({ baseURL, browser }) => {
  page ??= await browser.newPage();
  await page.goto(baseURL);
  await expect(page.getByText('of nobody')).toBeVisible({ timeout: 500 });
});
`;

test('tells nothing of patches whose scenarios share a page', async () => {
  const { told } = await screen('', { ...OWNER, text: SHARED }, [
    ['src/page.mjs', 'cart.owner.name;', "cart.owner?.name ?? 'somebody';"],
    ['src/page.mjs', 'cart.owner.name;', "cart.owner?.name || 'somebody';"],
    ['src/page.mjs', 'cart.owner.name;', "cart.owner?.name ?? 'nobody';"],
  ]);

  expect(told).not.toHaveProperty(["cart.owner?.name ?? 'nobody';"], 'red');
});
