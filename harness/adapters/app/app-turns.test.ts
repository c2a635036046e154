import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { App } from '../../model/config.ts';
import { appTurns, type SharedApp } from './app-turns.ts';
import { childEnvironment } from './child-environment.ts';
import { type AppRequest, freePort } from './start-app.ts';
import { findMarked, sweepProcesses } from './sweep-processes.ts';

/** Answers with its own name, after a call of another host. */
const SERVER = `
require('http').createServer(async (request, response) => {
  await fetch('http://127.0.0.1:65533/' + process.env.NAME).catch(() => 0);
  response.end(process.env.NAME);
}).listen(process.env.AT, '127.0.0.1');
`;
const root = mkdtempSync(join(tmpdir(), 'app-turns-'));
writeFileSync(join(root, 'server.cjs'), SERVER);
afterEach(() => void sweepProcesses((mark) => mark === root));

function requestOf(name: string, port: number, isFixed = true): AppRequest {
  const at = isFixed ? String(port) : '$PORT';
  const app = App.parse({
    start: `"${process.execPath}" server.cjs`,
    url: `http://127.0.0.1:${at}`,
    readySeconds: 10,
    env: { NAME: name, AT: at },
    sources: ['**'],
  });
  const sentry = { dsn: 'http://a@127.0.0.1:1/1', environment: 'test', release: 'x' };
  return { app, root, logs: root, env: childEnvironment(process.env, root), sentry, build: false };
}

async function nameAt(app: SharedApp): Promise<string> {
  const told = app.outgoing().length;
  return app.use(async () => {
    const name = await (await fetch(app.url)).text();
    await vi.waitFor(() => expect(app.outgoing().length).toBeGreaterThan(told));
    return name;
  });
}

test('lets apps take turns at one address, and starts the one that is asked', async () => {
  const port = await freePort();
  const turns = appTurns(requestOf('a', port).app.url);
  const first = await turns.start(requestOf('a', port));
  const second = await turns.start(requestOf('b', port));

  expect(await nameAt(first)).toBe('a');
  expect(await nameAt(second)).toBe('b');
  expect(await Promise.all([nameAt(first), nameAt(second), nameAt(first)])).toEqual(['a', 'b', 'a']);
  expect(findMarked((mark) => mark === root)).toHaveLength(2); // The shell and its server, of one app.
  expect(new Set(first.outgoing().map(({ url }) => url))).toEqual(new Set(['http://127.0.0.1:65533/a']));
  expect(first.outgoing().length).toBeGreaterThan(2);

  await second.stop();
  expect(await nameAt(first)).toBe('a');
  await first.stop();
  expect(findMarked((mark) => mark === root)).toEqual([]);
});

test('lets nobody in while somebody is alone', async () => {
  const port = await freePort();
  const turns = appTurns(requestOf('a', port).app.url);
  const app = await turns.start(requestOf('a', port));
  const release = await turns.alone();
  let isAnswered = false;
  const asked = nameAt(app).then((name) => {
    isAnswered = true;
    return name;
  });

  expect(findMarked((mark) => mark === root)).toEqual([]);
  expect(isAnswered).toBe(false);
  release();
  expect(await asked).toBe('a');
  await app.stop();
});

test('goes on after an app that did not start', async () => {
  const port = await freePort();
  const turns = appTurns(requestOf('a', port).app.url);
  const app = await turns.start(requestOf('a', port));
  const broken = { ...requestOf('b', port), root: tmpdir() };

  await expect(turns.start(broken)).rejects.toMatchObject({ code: 'app-crashed' });
  expect(await nameAt(app)).toBe('a');
  await app.stop();
});

test('lets apps with ports of their own run beside each other', async () => {
  const turns = appTurns('http://127.0.0.1:$PORT');
  const apps = await Promise.all(['a', 'b'].map((name) => turns.start(requestOf(name, 0, false))));

  expect(findMarked((mark) => mark === root)).toHaveLength(4);
  expect(await Promise.all(apps.map(nameAt))).toEqual(['a', 'b']);
  await Promise.all(apps.map((app) => app.stop()));
});
