/** An app with two faults whose scenarios fall into three shards, and the shards of it, each run in a clone of its own. */
import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Ended, FAULTY, mendwright, tinyApp } from '../e2e/tiny-app.ts';

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

/** Two scenarios a file, so that each of three shards gets one file. The pages are whole when they have come: nothing is waited for. */
const visits = (title: string, path: string, text: string): string => `import { expect, test } from '@playwright/test';

test('${title}', async ({ page }) => {
  await page.goto('${path}');
  expect(await page.innerText('body')).toContain('${text}');
});

test('${title}, or reads about us', async ({ page }) => {
  await page.goto('/about');
  expect(await page.innerText('body')).toContain('About us');
});
`;

const APP = {
  // Five apps and as many browsers start at once here.
  'mendwright.config.mjs':
    "export default { app: { start: 'node server.mjs', ready: '/ready', readySeconds: 120, sources: ['src/**'] } };\n",
  'playwright.config.ts': "export default { testDir: 'scenarios', workers: 1, timeout: 60000 };\n",
  'server.mjs': SERVER,
  'src/label.mjs': LABEL,
  'src/total.mjs': FAULTY,
  'scenarios/cart.spec.ts': undefined,
  'scenarios/a-total.spec.ts': visits('shows the total', '/', 'Total: 0'),
  'scenarios/b-member.spec.ts': visits('greets a member', '/member', 'Hello member'),
  'scenarios/c-again.spec.ts': visits('shows the total again', '/', 'Total: 0'),
};

export interface ThreeShards {
  /** Clones of the app's repository that nothing has been run in. */
  readonly whole: string;
  readonly merging: string;
  readonly shards: readonly Ended[];
  /** The shards' run folders, carried to another place as a CI's artefacts are. */
  readonly folders: readonly string[];
}

/** `made` takes what is to be removed. */
export async function threeShards(made: string[]): Promise<ThreeShards> {
  const app = tinyApp(APP);
  made.push(app);
  const clone = (name: string): string => {
    const dir = `${app}-${name}`;
    execFileSync('git', ['clone', '--quiet', app, dir]);
    made.push(dir);
    return dir;
  };
  const parts = await Promise.all(
    ['1/3', '2/3', '3/3'].map(async (part, index) => {
      const dir = clone(`shard-${index}`);
      const ended = await mendwright(['run', '--shard', part, '--json', '--cwd', dir]);
      const runs = join(dir, '.mendwright', 'runs');
      const [run = ''] = readdirSync(runs);
      const folder = `${app}-artifact-${index}`;
      made.push(folder);
      cpSync(join(runs, run), folder, { recursive: true });
      return { ended, folder };
    }),
  );
  return {
    whole: clone('whole'),
    merging: clone('merging'),
    shards: parts.map(({ ended }) => ended),
    folders: parts.map(({ folder }) => folder),
  };
}
