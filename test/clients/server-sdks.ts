/** SDKs that run outside of a browser: @sentry/node of two majors, and Debian's python3-sentry-sdk. */

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { clientFolder } from './client-folder.ts';
import type { Ground } from './ground.ts';
import { readBack, Sent } from './read-back.ts';
import { runCommand } from './run-command.ts';
import type { ClientTable } from './table.ts';

const APPS = join(import.meta.dirname, 'apps');

/** The app prints what it sent, as `Sent`. */
export function nodeAppCommand(module: string, client: string): string[] {
  return [process.execPath, join(APPS, 'node-app.mjs'), module, client];
}

export async function nodeSdk(ground: Ground, table: ClientTable): Promise<void> {
  await runApp(ground, table, 'node@11', nodeAppCommand('@sentry/node', 'node@11'));
}

/** The lifecycle of spans before version 11: one transaction that holds them all. */
export async function nodeSdkStatic(ground: Ground, table: ClientTable): Promise<void> {
  const client = 'node@11-static';
  await runApp(ground, table, client, nodeAppCommand('@sentry/node', client), { SENTRY_TRACE_LIFECYCLE: 'static' });
}

export async function olderNodeSdk(ground: Ground, table: ClientTable): Promise<void> {
  const folder = clientFolder('sentry-node-9');
  if (folder === undefined) return table.skip('node@9', 'not installed: node scripts/install-clients.mjs');
  const module = pathToFileURL(join(folder, 'build', 'cjs', 'index.js')).href;
  await runApp(ground, table, 'node@9', nodeAppCommand(module, 'node@9'));
}

export async function pythonSdk(ground: Ground, table: ClientTable): Promise<void> {
  const python = await findPython();
  if (python === undefined)
    return table.skip('python@1.9', 'no Python with sentry_sdk here: apt install python3-sentry-sdk');
  await runApp(ground, table, 'python@1.9', [python, join(APPS, 'python_app.py'), 'python@1.9']);
}

async function findPython(): Promise<string | undefined> {
  for (const python of ['/usr/bin/python3', 'python3']) {
    const { code } = await runCommand([python, '-c', 'import sentry_sdk; assert sentry_sdk.VERSION.startswith("1.")']);
    if (code === 0) return python;
  }
  return undefined;
}

async function runApp(
  ground: Ground,
  table: ClientTable,
  client: string,
  command: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const check = table.check(client);
  let sent: Sent | undefined;
  await check('runs and sends', async () => {
    const { code, stdout, stderr } = await runCommand(command, { env: { CLIENT_DSN: ground.dsn, ...env } });
    if (code !== 0) throw new Error(`the app ended with ${code}: ${stderr}`);
    sent = Sent.parse(JSON.parse(stdout));
    const refused = ground.exchanges.find(({ path, status }) => path.includes('/envelope/') && status >= 300);
    if (refused !== undefined) throw new Error(`${refused.path} answered ${refused.status}: ${refused.answer}`);
  });
  if (sent !== undefined) await readBack(ground, check, sent);
}
