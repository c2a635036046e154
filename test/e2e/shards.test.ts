/** Three shards in three clones, merged: the same issues, suspects and branches as one night over the whole suite. */
import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { type Ended, FAULTY, git, mendwright, tinyApp } from './tiny-app.ts';

// Nights run browsers; on a busy machine they take a while.
vi.setConfig({ testTimeout: 900_000 });

const made: string[] = [];
afterEach(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});

const SERVER = `import * as Sentry from '@sentry/node';
import { createServer } from 'node:http';
import { label } from './src/label.mjs';
import { total } from './src/total.mjs';

Sentry.init({ dsn: process.env.SENTRY_DSN, release: process.env.SENTRY_RELEASE, environment: process.env.SENTRY_ENVIRONMENT });

const PAGES = {
  '/': () => 'Total: ' + total({ id: 1 }),
  '/member': () => 'Hello ' + label({ id: 1 }),
  '/about': () => 'About us',
};

createServer((request, response) => {
  if (request.url === '/ready') return response.end('ok');
  try {
    response.setHeader('content-type', 'text/html');
    response.end('<p>' + (PAGES[request.url]?.() ?? 'Nothing here') + '</p>');
  } catch (error) {
    Sentry.captureException(error);
    response.statusCode = 500;
    response.end('broken');
  }
}).listen(Number(process.env.PORT), '127.0.0.1');
`;

const LABEL = `export function label(member) {
  const words = [];
  for (const word of member.words) words.push(word);
  return 'member ' + words.join(' ');
}
`;

/** Two scenarios a file, so that each of three shards gets one file. */
const visits = (title: string, path: string, text: string): string => `import { expect, test } from '@playwright/test';

test('${title}', async ({ page }) => {
  await page.goto('${path}');
  await expect(page.getByText('${text}')).toBeVisible();
});

test('${title}, or reads about us', async ({ page }) => {
  await page.goto('/about');
  await expect(page.getByText('About us')).toBeVisible();
});
`;

const APP = {
  // Five apps and as many browsers start at once here.
  'mendwright.config.mjs':
    "export default { app: { start: 'node server.mjs', ready: '/ready', readySeconds: 120, sources: ['src/**'] } };\n",
  'playwright.config.ts':
    "export default { testDir: 'scenarios', workers: 1, timeout: 60000, expect: { timeout: 5000 } };\n",
  'server.mjs': SERVER,
  'src/label.mjs': LABEL,
  'src/total.mjs': FAULTY,
  'scenarios/cart.spec.ts': undefined,
  'scenarios/a-total.spec.ts': visits('shows the total', '/', 'Total: 0'),
  'scenarios/b-member.spec.ts': visits('greets a member', '/member', 'Hello member'),
  'scenarios/c-again.spec.ts': visits('shows the total again', '/', 'Total: 0'),
};

const Night = z.object({
  scenarios: z.object({ total: z.number(), red: z.number(), green: z.number() }),
  issues: z.array(
    z.object({
      shortId: z.string(),
      title: z.string(),
      scenarios: z.array(z.string()),
      result: z.string(),
      suspect: z.object({ file: z.string(), line: z.number() }),
      branch: z.string(),
      patch: z.object({ fixer: z.string(), title: z.string(), files: z.array(z.string()) }),
      verdict: z.string(),
    }),
  ),
});

function told({ stdout }: Ended): z.infer<typeof Night> {
  return Night.parse(JSON.parse(stdout));
}

/** A copy of the app's repository beside it, as each job of a CI has one. */
function clone(of: string, name: string): string {
  const dir = `${of}-${name}`;
  execFileSync('git', ['clone', '--quiet', of, dir]);
  made.push(dir);
  return dir;
}

test('three shards in three clones, merged, come to what one night comes to', async () => {
  const app = tinyApp(APP);
  made.push(app);
  const [whole, merging] = [clone(app, 'whole'), clone(app, 'merging')];
  const parts = ['1/3', '2/3', '3/3'];

  const shards = await Promise.all(
    parts.map(async (part, index) => {
      const dir = clone(app, `shard-${index}`);
      const ended = await mendwright(['run', '--shard', part, '--json', '--cwd', dir]);
      const [run = ''] = readdirSync(join(dir, '.mendwright', 'runs'));
      const folder = `${app}-artifact-${index}`;
      made.push(folder);
      cpSync(join(dir, '.mendwright', 'runs', run), folder, { recursive: true });
      return { ...ended, folder };
    }),
  );
  const folders = shards.map(({ folder }) => folder);
  const merged = await mendwright(['nightly', '--runs', ...folders, '--json', '--cwd', merging]);
  const one = await mendwright(['nightly', '--json', '--cwd', whole]);

  expect(shards.map(({ code }) => code)).toEqual([1, 1, 1]);
  expect(told(merged)).toEqual(told(one));
  expect(told(merged)).toMatchObject({
    scenarios: { total: 6, red: 3, green: 3 },
    issues: [
      { shortId: 'TINY-1', result: 'branch-created', suspect: { file: 'src/total.mjs', line: 3 } },
      { shortId: 'TINY-2', result: 'branch-created', suspect: { file: 'src/label.mjs', line: 3 } },
    ],
  });
  for (const { branch } of told(one).issues) {
    expect(git(merging, 'diff', `main..${branch}`)).toBe(git(whole, 'diff', `main..${branch}`));
  }

  const part = await mendwright(['nightly', '--runs', ...folders.slice(1), '--json', '--cwd', merging]);
  expect(part).toMatchObject({ code: 2, stdout: '' });
  expect(part.stderr).toContain('The run of shard 1/3 is missing.');
});
