import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Identity, isLocal, makeIdentity, openRelay, type Relay, writtenHosts } from './open-relay.ts';

const KEY = '0123456789abcdef0123456789abcdef';

test.each<[string, string, string[]]>([
  ['a DSN', `init({ dsn: 'https://${KEY}@o5.ingest.de.sentry.io/12' })`, ['https://o5.ingest.de.sentry.io']],
  ['one with a port and a path', `"http://${KEY}@sentry.corp:9000/errors/3"`, ['http://sentry.corp:9000']],
  ['an address without a key', 'https://o5.ingest.sentry.io/api/12/envelope/', []],
  ['one that is put together', `https://${KEY}@\${host}/1`, []],
])('reads the host of %s', (_, text, hosts) => {
  expect(writtenHosts(text)).toEqual(hosts);
});

test.each([
  ['http://127.0.0.1:9', true],
  ['http://localhost:8969', true],
  ['https://o5.ingest.sentry.io', false],
])('knows whether %s is this machine', (host, local) => {
  expect(isLocal(host)).toBe(local);
});

let ours: Server;
let heard: { url: string | undefined; encoding: string | undefined; bytes: number }[];
let relay: Relay;
let identity: Identity | undefined;
beforeEach(async () => {
  heard = [];
  ours = createServer(async (request, response) => {
    let bytes = 0;
    for await (const chunk of request) bytes += chunk.length;
    heard.push({ url: request.url, encoding: request.headers['content-encoding'], bytes });
    response.writeHead(429, { 'content-type': 'application/json' }).end('{"detail":"busy"}');
  });
  ours.listen(0, '127.0.0.1');
  await once(ours, 'listening');
  identity ??= await makeIdentity();
  const dsn = `http://${KEY}@127.0.0.1:${portOf(ours)}/7`;
  relay = await openRelay(['https://o5.ingest.sentry.io', 'http://sentry.corp:9000'], dsn, identity);
});
afterEach(async () => {
  await relay.close();
  ours.close();
});

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function plainUrl(): string {
  const rule = /MAP sentry\.corp:9000 (127\.0\.0\.1:\d+)/.exec(relay.hostRules.join(' '));
  return `http://${rule?.[1]}`;
}

test('leads Chromium away from those hosts alone, and trusts its own key alone', () => {
  expect(relay.hostRules).toEqual([
    expect.stringMatching(/^MAP o5\.ingest\.sentry\.io:443 127\.0\.0\.1:\d+$/),
    expect.stringMatching(/^MAP sentry\.corp:9000 127\.0\.0\.1:\d+$/),
  ]);
  expect(relay.browserArgs).toEqual([expect.stringMatching(/^--ignore-certificate-errors-spki-list=[\w+/]{43}=$/)]);
});

test.each(['envelope', 'store'])(
  'hands on what is sent to %s, as it is, and answers what ours answers',
  async (kind) => {
    const body = gzipSync('{}\n{"type":"event"}\n{}');

    const answered = await fetch(`${plainUrl()}/api/12/${kind}/?sentry_key=${'f'.repeat(32)}`, {
      method: 'POST',
      headers: { 'content-encoding': 'gzip' },
      body,
    });

    expect([answered.status, await answered.json()]).toEqual([429, { detail: 'busy' }]);
    expect(answered.headers.get('access-control-allow-origin')).toBe('*');
    expect(heard).toEqual([{ url: `/api/7/${kind}/?sentry_key=${KEY}`, encoding: 'gzip', bytes: body.byteLength }]);
  },
);

test.each([
  ['POST', '/api/0/organizations/acme/', 404],
  ['GET', '/api/12/envelope/', 404],
  ['OPTIONS', '/api/12/envelope/', 200],
])('hands on nothing else: %s %s', async (method, path, status) => {
  expect((await fetch(`${plainUrl()}${path}`, { method })).status).toBe(status);
  expect(heard).toEqual([]);
});

test('answers 502 where ours is gone', async () => {
  ours.close();
  ours.closeAllConnections();

  const answered = await fetch(`${plainUrl()}/api/12/envelope/`, { method: 'POST', body: '{}' });

  expect(answered.status).toBe(502);
});
