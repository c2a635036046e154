/** The preload inside real Node servers, and the harness's end of its wire. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createSocketServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ControlChannel, openControlChannel } from '../../harness/adapters/app/control-channel.ts';
import { listen } from './observed-suite.ts';

const DEMO = join(import.meta.dirname, '..', '..', '.demo');

let channel: ControlChannel;
let folder: string;
let service: Server;
let serviceUrl: string;
let arrived: string[];
let children: ChildProcess[];
beforeEach(async () => {
  channel = await openControlChannel();
  mkdirSync(DEMO, { recursive: true });
  folder = mkdtempSync(join(DEMO, 'control-'));
  arrived = [];
  children = [];
  service = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    if (request.url?.includes('/envelope/')) arrived.push(body);
    response.statusCode = request.url?.startsWith('/down') ? 503 : 200;
    response.end('{}');
  });
  serviceUrl = await listen(service);
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  service.close();
  service.closeAllConnections();
  await channel.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A process with the preload, and the first line that it printed. */
async function start(name: string, text: string, env = {}): Promise<{ child: ChildProcess; line: string }> {
  const file = join(folder, name);
  writeFileSync(file, text);
  const child = spawn(process.execPath, [file], {
    env: { PATH: process.env.PATH ?? '', ...channel.env, SERVICE: serviceUrl, ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  children.push(child);
  const [line] = await once(child.stdout, 'data');
  return { child, line: String(line).trim() };
}

const IDLE = "console.log('up'); setInterval(() => 1, 1000);";
const SENTRY = `import * as Sentry from '@sentry/node';
Sentry.init({ dsn: process.env.SERVICE.replace('//', '//key@') + '/1', beforeSend: (event) => ({ ...event, tags: { passed: 'the app' } }) });
${IDLE}`;

test('raises a control event in the processes whose SDK will catch it, and ends none', async () => {
  const bare = await start('bare.mjs', IDLE);
  const unready = await start('unready.mjs', `import '@sentry/node';\n${IDLE}`);
  const app = await start('app.mjs', SENTRY);
  await expect.poll(() => channel.raiseControlEvent('too early')).toBe(1);

  const raised = await channel.raiseControlEvent('are you there');

  await expect.poll(() => arrived.filter((body) => body.includes('are you there'))).toHaveLength(1);
  const [event = ''] = arrived.filter((body) => body.includes('are you there'));
  expect(raised).toBe(1);
  expect(event).toContain('"passed":"the app"');
  expect(event).toContain('onunhandledrejection');
  expect([bare, unready, app].map(({ child }) => child.exitCode)).toEqual([null, null, null]);
  expect(channel.outgoing()).toEqual([]); // Envelopes are no calls of the app.
});

test('tells which services a server called, and while answering what', async () => {
  const closed = createServer();
  const gone = `${await listen(closed)}/`;
  closed.close();
  const { line: port } = await start(
    'calls.mjs',
    `import { createServer, get } from 'node:http';
const ask = { fetch: (url) => fetch(url).catch(() => 1), http: (url) => new Promise((done) => get(url, (answer) => answer.resume().on('end', done)).on('error', done)) };
const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://x');
  await ask[searchParams.get('by')](pathname === '/gone' ? process.env.GONE : process.env.SERVICE + pathname + '?apikey=hunter2&page=2');
  response.end('ok');
}).listen(0, '127.0.0.1', () => console.log(server.address().port));`,
    { GONE: gone },
  );

  for (const by of ['fetch', 'http'])
    for (const path of ['/up', '/down', '/gone']) await fetch(`http://127.0.0.1:${port}${path}?by=${by}`);

  await expect.poll(() => channel.outgoing().length).toBe(6);
  const calls = channel
    .outgoing()
    .map(({ method, url, status, error, during }) => ({ method, url, status, error, during }));
  expect(calls).toEqual(
    ['fetch', 'http'].flatMap((by) => [
      {
        method: 'GET',
        url: `${serviceUrl}/up?apikey=***&page=2`,
        status: 200,
        error: undefined,
        during: during('/up', by),
      },
      {
        method: 'GET',
        url: `${serviceUrl}/down?apikey=***&page=2`,
        status: 503,
        error: undefined,
        during: during('/down', by),
      },
      {
        method: 'GET',
        url: gone,
        status: undefined,
        error: 'ECONNREFUSED',
        during: during('/gone', by),
      },
    ]),
  );
});

function during(path: string, by: string): { method: string; path: string } {
  return { method: 'GET', path: `${path}?by=${by}` };
}

test('neither keeps a process alive nor harms it when the harness has gone', async () => {
  const { child } = await start('short.mjs', "console.log('up');");

  const code = child.exitCode ?? (await once(child, 'exit'))[0];

  expect(code).toBe(0);
});

test('does not mind a stranger on its port', async () => {
  const stranger = createSocketServer((socket) => socket.write('220 mail.example ESMTP\n{"type":\nnull\n'));
  stranger.listen(0, '127.0.0.1');
  await once(stranger, 'listening');
  const address = stranger.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const listens =
    "import { createConnection } from 'node:net';\nconsole.log('up'); const own = createConnection(process.env.MENDWRIGHT_CONTROL, '127.0.0.1'); let rest = ''; own.on('data', (text) => { rest += text; if (rest.endsWith('null\\n')) setImmediate(() => process.exit(7)); });";

  const { child } = await start('stranger.mjs', listens, { MENDWRIGHT_CONTROL: String(port) });

  const code = child.exitCode ?? (await once(child, 'exit'))[0];
  stranger.close();
  expect(code).toBe(7);
});

test('copies the values at a throw of a server, with the request that it was answering, and stops when told to', async () => {
  const { line: port } = await start(
    'throws.mjs',
    `import { createServer } from 'node:http';
function total(order) { const { rows } = order; return rows.length; }
createServer(async (request, response) => {
  await new Promise((done) => setImmediate(done));
  try { total({ id: 3, apiKey: 'hunter2', request: request.url }); } catch { response.statusCode = 500; }
  response.end('answered');
}).listen(0, '127.0.0.1', function () { console.log(this.address().port); });`,
  );
  const ask = async (path: string): Promise<string> => (await fetch(`http://127.0.0.1:${port}${path}`)).text();
  const pattern = "^Cannot read properties of undefined \\(reading 'length'\\)$";

  expect(await channel.pauseAtThrow([pattern], ['rows?.length', 'order.id + 1', 'order.id++'])).toBe(1);
  expect(await ask('/first')).toBe('answered');
  await expect.poll(() => channel.throws().length).toBe(1);
  expect(await channel.pauseAtThrow([])).toBe(0);
  expect(await ask('/second')).toBe('answered');

  expect(channel.throws()).toMatchObject([
    {
      runtime: 'server',
      errorType: 'TypeError',
      uncaught: false,
      during: { method: 'GET', path: '/first' },
      evaluated: [{ outcome: 'value', told: '<undefined>' }, { outcome: 'value', told: '4' }, { outcome: 'unknown' }],
      frames: [
        {
          script: expect.stringMatching(/^file:.*throws\.mjs$/),
          place: { line: 2, column: 61 },
          function: 'total',
          scopes: [
            { kind: 'local', variables: { order: { id: 3, apiKey: '***' }, rows: '<undefined>' } },
            { kind: 'module' },
          ],
        },
        {},
      ],
    },
  ]);
});
