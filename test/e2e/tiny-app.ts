/** A tiny app in a git repository of its own, below this project's folder so that it finds its packages; and the command line on it. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findMarked } from '../../harness/adapters/app/sweep-processes.ts';

const ROOT = join(import.meta.dirname, '..', '..');

export const SERVER = `import * as Sentry from '@sentry/node';
import { createServer } from 'node:http';
import { total } from './src/total.mjs';

Sentry.init({ dsn: process.env.SENTRY_DSN, release: process.env.SENTRY_RELEASE, environment: process.env.SENTRY_ENVIRONMENT });

createServer((request, response) => {
  if (request.url === '/ready') return response.end('ok');
  try {
    response.setHeader('content-type', 'text/html');
    response.end('<h1>Cart</h1><p>Total: ' + total({ id: 1 }) + '</p>');
  } catch (error) {
    Sentry.captureException(error);
    response.statusCode = 500;
    response.end('broken');
  }
}).listen(Number(process.env.PORT), '127.0.0.1');
`;

/** Throws for a cart without items. */
export const FAULTY = `export function total(cart) {
  let sum = 0;
  for (const item of cart.items) sum += item.price;
  return sum;
}
`;

const SCENARIO = `import { expect, test } from '@playwright/test';

test('shows the total of an empty cart', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByText('Total: 0')).toBeVisible();
});
`;

const CONFIG = `export default {
  app: { start: 'node server.mjs', ready: '/ready', readySeconds: 10, sources: ['src/**'] },
};
`;

const PLAYWRIGHT = `export default { testDir: 'scenarios', workers: 1, timeout: 10000, expect: { timeout: 1000 } };
`;

export type Files = Readonly<Record<string, string | undefined>>;

/** Writes and commits the app with `changes` (undefined leaves a file out); returns its folder. */
export function tinyApp(changes: Files = {}): string {
  mkdirSync(join(ROOT, '.demo'), { recursive: true });
  const dir = mkdtempSync(join(ROOT, '.demo', 'tiny-'));
  const files: Files = {
    'package.json': '{ "name": "tiny", "private": true, "type": "module" }\n',
    'server.mjs': SERVER,
    'src/total.mjs': FAULTY,
    'scenarios/cart.spec.ts': SCENARIO,
    'playwright.config.ts': PLAYWRIGHT,
    'mendwright.config.mjs': CONFIG,
    ...changes,
  };
  for (const [file, text] of Object.entries(files)) {
    if (text === undefined) continue;
    mkdirSync(dirname(join(dir, file)), { recursive: true });
    writeFileSync(join(dir, file), text);
  }
  git(dir, 'init', '--quiet', '--initial-branch=main');
  git(dir, 'config', 'user.name', 'Mara Lind');
  git(dir, 'config', 'user.email', 'mara@tiny.example');
  git(dir, 'add', '--all');
  git(dir, 'commit', '--quiet', '-m', 'Show the cart');
  return dir;
}

export function git(cwd: string, ...args: string[]): string {
  return execFileSync('git', args, { cwd, encoding: 'utf8' }).trim();
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** What stderr holds so far. */
  stderr(): string;
}

export function startMendwright(args: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
  const child = spawn(process.execPath, [join(ROOT, 'harness', 'cli', 'main.ts'), ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { child, ended, stderr: () => stderr };
}

export function mendwright(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return startMendwright(args, env).ended;
}

/** Ids of what a night on the app started and what still runs. */
export function processesOf(dir: string): number[] {
  return findMarked((mark) => mark.startsWith(`${dir}:`));
}

/** A hash of what is the user's: every file of the checkout, the index, HEAD, the stash and the branches that are not ours. */
export function fingerprint(dir: string): string {
  const hash = createHash('sha256');
  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => a.name.localeCompare(b.name))) {
      const path = join(folder, entry.name);
      if (entry.name === '.git' || entry.name === '.mendwright') continue;
      if (entry.isDirectory()) walk(path);
      else hash.update(`${path}\0${readFileSync(path, 'base64')}\0`);
    }
  };
  walk(dir);
  for (const file of ['index', 'HEAD', 'config']) hash.update(readFileSync(join(dir, '.git', file)));
  hash.update(git(dir, 'for-each-ref', 'refs/heads/main', 'refs/stash', '--format=%(refname) %(objectname)'));
  return hash.digest('hex');
}
