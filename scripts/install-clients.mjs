// Brings the Sentry clients that `npm run test:clients` speaks with, at pinned versions, into .demo/clients: test tools, no
// dependencies of the package. Needs the npm registry; does nothing where all is there. Python's SDK comes with setup.mjs --tests.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HOME = join(fileURLToPath(new URL('..', import.meta.url)), '.demo', 'clients');

/** The SDKs of version 11 are packages of the project itself; these two stand for apps that have not moved on. */
const CLIENTS = {
  '@sentry/cli': '3.8.0',
  sentry: '0.49.0',
  '@sentry/mcp-server': '0.39.0',
  '@modelcontextprotocol/sdk': '1.32.2',
  'sentry-browser-9': 'npm:@sentry/browser@9.47.2',
  'sentry-node-9': 'npm:@sentry/node@9.47.2',
};

function say(text) {
  process.stderr.write(`install-clients: ${text}\n`);
}

function isThere(name) {
  const file = join(HOME, 'node_modules', name, 'package.json');
  return existsSync(file) && CLIENTS[name].endsWith(JSON.parse(readFileSync(file, 'utf8')).version);
}

/** Undefined where it worked, else what npm said. Packages' own scripts are not run: none of these needs one. */
function install(names) {
  const asked = names.map((name) => `${name}@${CLIENTS[name]}`);
  say(`asking npm for ${asked.join(' ')}`);
  const quiet = [
    '--save-exact',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    '--workspaces=false',
    '--loglevel=error',
  ];
  const { status, stderr } = spawnSync('npm', ['install', ...quiet, ...asked], {
    cwd: HOME,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return status === 0 ? undefined : (stderr.split('\n').find((line) => line.trim() !== '') ?? 'nothing');
}

mkdirSync(HOME, { recursive: true });
if (!existsSync(join(HOME, 'package.json'))) {
  writeFileSync(join(HOME, 'package.json'), '{ "name": "clients", "private": true }\n');
}
const missing = Object.keys(CLIENTS).filter((name) => !isThere(name));
if (missing.length > 0 && install(missing) !== undefined) {
  // One that cannot be had shall not keep the others away.
  for (const name of missing) {
    const complaint = install([name]);
    if (complaint !== undefined) say(`${name} could not be had and will be skipped. npm said: ${complaint}`);
  }
}
