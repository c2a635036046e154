/** Several branches of one night, merged and run together: what goes, what conflicts, and what only breaks together. */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { RunRecord } from '../../harness/model/run-record.ts';
import { fingerprint, git, mendwright, SERVER, tinyApp } from './tiny-app.ts';

// Several nights with browsers, on a machine that may be busy.
vi.setConfig({ testTimeout: 900_000 });

const made: string[] = [];
afterEach(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});

/** A page for each fault. */
function app(pages: Readonly<Record<string, string>>, sources: Readonly<Record<string, string>>): string {
  const routes = Object.entries(pages).map(([path, call]) => `if (request.url === '/${path}') answer(${call});`);
  const server = SERVER.replace("import { total } from './src/total.mjs';", "import * as shop from './src/shop.mjs';")
    .replace(/response\.setHeader[^\n]*\n[^\n]*/, routes.join('\n    '))
    .replace(
      'try {',
      "const answer = (text) => response.setHeader('content-type', 'text/html').end('<p>' + text + '</p>');\n  try {",
    );
  const scenarios = Object.keys(pages).map((path): [string, string] => [
    `scenarios/${path}.spec.ts`,
    `import { expect, test } from '@playwright/test';

test('shows ${path}', async ({ page }) => {
  await page.goto('/${path}');
  await expect(page.locator('p')).toHaveText('Sum: 0');
});
`,
  ]);
  const dir = tinyApp({
    'server.mjs': server,
    'mendwright.config.mjs':
      "export default { app: { start: 'node server.mjs', ready: '/ready', sources: ['src/**'] } };\n",
    'src/total.mjs': undefined,
    'scenarios/cart.spec.ts': undefined,
    ...sources,
    ...Object.fromEntries(scenarios),
  });
  made.push(dir);
  return dir;
}

function recordOf(dir: string, { stderr }: { stderr: string }): RunRecord {
  const [run = ''] = readdirSync(join(dir, '.mendwright', 'runs')).slice(-1);
  const file = join(dir, '.mendwright', 'runs', run, 'record.json');
  expect(existsSync(file), stderr).toBe(true);
  return RunRecord.parse(JSON.parse(readFileSync(file, 'utf8')));
}

const sum = (name: string, list: string): string =>
  `export function ${name}(order) {\n  let sum = 0;\n  for (const item of order.${list}) sum += item.price;\n  return 'Sum: ' + sum;\n}\n`;

test('branches of two faults are merged, and the suite is green on both together', async () => {
  const dir = app(
    { cart: 'shop.cart({})', wish: 'shop.wish({})' },
    {
      'src/shop.mjs': "export { cart } from './cart.mjs';\nexport { wish } from './wish.mjs';\n",
      'src/cart.mjs': sum('cart', 'items'),
      'src/wish.mjs': sum('wish', 'wishes'),
    },
  );
  const before = fingerprint(dir);

  const night = await mendwright(['nightly', '--json', '--cwd', dir]);

  const record = recordOf(dir, night);
  const branches = record.outcomes.flatMap(({ branch }) => branch ?? []).sort();
  expect(branches, night.stderr).toHaveLength(2);
  expect(record.combination).toMatchObject({ branches, conflicts: [], verdict: 'green', green: 2, broken: [] });
  expect(fingerprint(dir)).toBe(before);
  expect(git(dir, 'for-each-ref', '--format=%(refname:short)', 'refs/heads')).toBe(['main', ...branches].join('\n'));
  expect(git(dir, 'worktree', 'list').split('\n')).toHaveLength(1);

  const quiet = await mendwright(['nightly', '--json', '--cwd', dir]);

  // Nothing new to merge.
  expect(recordOf(dir, quiet).combination).toBeUndefined();
});

test('branches that change neighbouring lines are told as a conflict, and both stay as they are', async () => {
  const dir = app(
    { cart: 'shop.cart({})', wish: 'shop.wish({})' },
    {
      'src/shop.mjs': `export const cart = (order) => 'Sum: ' + order.items.reduce((sum, item) => sum + item.price, 0);
export const wish = (order) => 'Sum: ' + order.wishes.map((item) => item.price).reduce((sum, price) => sum + price, 0);
`,
    },
  );

  const night = await mendwright(['nightly', '--json', '--cwd', dir]);

  const record = recordOf(dir, night);
  const [one, other] = record.outcomes.flatMap(({ branch }) => branch ?? []).sort();
  expect(other, night.stderr).toBeDefined();
  expect(record.combination).toMatchObject({
    ...{ verdict: 'not-run', branches: [one] },
    conflicts: [{ branch: other, with: [one], files: ['src/shop.mjs'] }],
  });
  const [run = ''] = readdirSync(join(dir, '.mendwright', 'runs'));
  expect(readFileSync(join(dir, '.mendwright', 'runs', run, 'report.html'), 'utf8')).toContain(
    `${other} conflicts with ${one} in src/shop.mjs`,
  );
});
