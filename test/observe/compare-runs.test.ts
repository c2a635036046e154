/** What a comparison needs, from a real suite against a real server: called functions of both sides, forms of answers, traces. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ControlChannel, openControlChannel } from '../../harness/adapters/app/control-channel.ts';
import type { SuiteResult } from '../../harness/adapters/playwright/run-suite.ts';
import { readCoverage } from '../../harness/adapters/sources/read-coverage.ts';
import { type ObservedSuite, observedSuite, titled } from './observed-suite.ts';

const SERVER = `import { createServer } from 'node:http';

function listRooms() {
  return [{ id: 1, owner: { name: 'Mara' } }, { id: 2, owner: null }];
}
function showRoom() {
  return { id: 1 };
}
const PAGE = \`<h1>Rooms</h1><script type="module" src="/client.js"></script>\`;
const CLIENT = \`function showList(rooms) { document.title = String(rooms.length); }
function showOne(room) {
  document.title = String(room.id);
}
const all = location.pathname === '/';
fetch(all ? '/api/rooms' : '/api/rooms/1').then((answer) => answer.json()).then(all ? showList : showOne);
\`;
const server = createServer((request, response) => {
  const data = { '/api/rooms': listRooms, '/api/rooms/1': showRoom }[request.url];
  const type = data ? 'application/json' : request.url === '/client.js' ? 'text/javascript' : 'text/html';
  response.setHeader('content-type', type);
  response.end(data ? JSON.stringify(data()) : request.url === '/client.js' ? CLIENT : PAGE);
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
`;

let suite: ObservedSuite;
let channel: ControlChannel;
let child: ChildProcess;
let baseUrl: string;
beforeAll(async () => {
  suite = await observedSuite({});
  suite.write('server.mjs', SERVER);
  suite.write(
    'specs/rooms.spec.ts',
    `import { expect, test } from '@playwright/test';
test('lists', async ({ page }) => { await page.goto('/'); await expect(page).toHaveTitle('2'); });
test('shows one', async ({ page }) => { await page.goto('/1'); await expect(page).toHaveTitle('1'); });
`,
  );
  channel = await openControlChannel();
  child = spawn(process.execPath, [join(suite.root, 'server.mjs')], {
    env: { PATH: process.env.PATH ?? '', ...channel.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [port] = child.stdout === null ? [] : await once(child.stdout, 'data');
  baseUrl = `http://127.0.0.1:${String(port).trim()}`;
  writeFileSync(join(suite.root, 'client.js'), await (await fetch(`${baseUrl}/client.js`)).text());
}, 60_000);
afterAll(async () => {
  child.kill('SIGKILL');
  await channel.close();
  suite.close();
});

async function called({ runs }: SuiteResult, title: string): Promise<string[]> {
  const { witness } = titled(runs, title);
  const ground = { root: suite.root, files: ['server.mjs', 'client.js'], appUrl: baseUrl, fetch };
  const functions = await readCoverage(witness?.covered ?? [], ground);
  return functions.flatMap(({ file, function: name }) => (name === undefined ? [] : [`${file} ${name}`]));
}

test('tells which functions of page and server each scenario called, and what it was answered', async () => {
  expect(await channel.cover(true)).toBe(1);

  const result = await suite.run({ baseUrl, compare: { port: channel.port } });

  expect(await called(result, 'lists')).toEqual(['client.js showList', 'server.mjs listRooms']);
  expect(await called(result, 'shows one')).toEqual(['client.js showOne', 'server.mjs showRoom']);
  expect(titled(result.runs, 'lists').witness?.answers).toEqual([
    {
      method: 'GET',
      path: '/api/rooms',
      types: {
        $: 'array',
        '$[]': 'object',
        '$[].id': 'number',
        '$[].owner': 'null|object',
        '$[].owner.name': 'string',
      },
    },
  ]);
  expect(await channel.cover(false)).toBe(0);
});

test('notes nothing unless asked', async () => {
  const { runs } = await suite.run({ baseUrl, grep: 'lists' });

  expect(runs).toHaveLength(1);
  expect(runs[0]?.witness).toBeUndefined();
  expect(runs[0]?.trace).toBeUndefined();
});

test('keeps a trace of the first repetition, also where the suite stops at an error', async () => {
  const { runs } = await suite.run({ baseUrl, grep: 'lists', repeat: 2, trace: true, stopAtError: true });

  const [first, second] = runs.map(({ trace }) => trace);
  const file = join(suite.root, 'out', first ?? '');
  expect(existsSync(file)).toBe(true);
  expect(readFileSync(file).subarray(0, 2).toString()).toBe('PK');
  expect(second).toBeUndefined();
});

test('leaves the traces of the suite to the suite', async () => {
  suite.write(
    'traced.config.ts',
    "export default { testDir: 'specs', use: { trace: 'on' }, workers: 1, outputDir: 'results' };",
  );

  const { runs } = await suite.run({ baseUrl, config: 'traced.config.ts', grep: 'lists', trace: true });

  expect(runs).toMatchObject([{ status: 'passed' }]);
  expect(runs[0]?.trace).toBeUndefined();
});
