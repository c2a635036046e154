/** `npm run test:clients [-- CLIENT …]`: real clients against the embedded Sentry on a port; a table, and what was refused. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { browserSdk, olderBrowserSdk, reactSdk } from './browser-sdks.ts';
import { CLIENTS } from './client-folder.ts';
import { type Ground, openGrounds } from './ground.ts';
import { mcpServer } from './mcp-server.ts';
import { sentryCli } from './sentry-cli.ts';
import { sentryToolkit } from './sentry-toolkit.ts';
import { nodeSdk, nodeSdkStatic, olderNodeSdk, pythonSdk } from './server-sdks.ts';
import { type ClientTable, clientTable, formatRefusals, formatRows } from './table.ts';

const clients: Readonly<Record<string, (ground: Ground, table: ClientTable) => Promise<void>>> = {
  browser: browserSdk,
  'browser-9': olderBrowserSdk,
  react: reactSdk,
  node: nodeSdk,
  'node-static': nodeSdkStatic,
  'node-9': olderNodeSdk,
  python: pythonSdk,
  'sentry-cli': sentryCli,
  sentry: sentryToolkit,
  mcp: mcpServer,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in clients));
if (unknown.length > 0) {
  process.stderr.write(`No such client: ${unknown.join(', ')}. There are: ${Object.keys(clients).join(', ')}\n`);
  process.exit(2);
}

const grounds = await openGrounds();
const table = clientTable(grounds);
for (const [name, run] of Object.entries(clients)) {
  if (wanted.length === 0 || wanted.includes(name)) await run(grounds.inProject(name), table);
}
await grounds.close();

const { rows } = table;
mkdirSync(CLIENTS, { recursive: true });
const file = join(CLIENTS, 'table.json');
writeFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), rows }, undefined, 1)}\n`);
const refusals = formatRefusals(rows);
process.stdout.write(`\n${formatRows(rows)}\n`);
if (refusals !== '') process.stdout.write(`\nRequests that were answered 400, 404 or 405:\n${refusals}\n`);
process.stdout.write(`\nAll requests are in ${file}\n`);
process.exitCode = rows.some(({ outcome }) => outcome === 'missing' || outcome === 'wrong') ? 1 : 0;
