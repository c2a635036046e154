/** Ingest straight on a port answers as it does for a `Request`. */
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { limits } from '../../harness/sentry-server/limits.ts';
import { listenSentry } from '../../harness/sentry-server/listen.ts';
import { type SentryServer, sentryServer } from '../../harness/sentry-server/sentry-server.ts';
import type { Listening } from '../../harness/web/listen.ts';
import { envelopeOf, errorEvent, URL_OF_SERVER } from './embedded.ts';

let server: SentryServer;
let listening: Listening;
let key: string;
beforeEach(async () => {
  server = sentryServer();
  key = server.ensureProject({ slug: 'shop' }).publicKey;
  listening = await listenSentry(server);
});
afterEach(async () => {
  await listening.close();
  server.close();
});

const envelope = envelopeOf(errorEvent(1));
const bomb = gzipSync(Buffer.alloc(limits.unpackedBytes + 1));

test.each<[string, string, RequestInit]>([
  ['an envelope', '/api/1/envelope/?sentry_key=KEY', { body: envelope }],
  ['without the slash', '/api/1/envelope?sentry_key=KEY', { body: envelope }],
  [
    'the store endpoint',
    '/api/1/store/',
    { body: JSON.stringify(errorEvent(1)), headers: { 'x-sentry-auth': 'Sentry sentry_key=KEY' } },
  ],
  ['the mirror', '/api/1/mirror/KEY', { body: envelope }],
  ['gzip', '/api/1/envelope/?sentry_key=KEY', { body: gzipSync(envelope), headers: { 'content-encoding': 'gzip' } }],
  ['a bomb', '/api/1/envelope/?sentry_key=KEY', { body: bomb, headers: { 'content-encoding': 'gzip' } }],
  [
    'an encoding that nobody knows',
    '/api/1/envelope/?sentry_key=KEY',
    { body: envelope, headers: { 'content-encoding': 'zip' } },
  ],
  [
    'a log that is too large',
    '/api/1/envelope/?sentry_key=KEY',
    { body: `{}\n{"type":"log"}\n${' '.repeat(2 * 1024 * 1024)}\n` },
  ],
  ['no body', '/api/1/envelope/?sentry_key=KEY', {}],
  ['no key', '/api/1/envelope/', { body: envelope }],
  ['a key that is none', '/api/1/envelope/?sentry_key=x', { body: envelope }],
  ['another key', `/api/1/envelope/?sentry_key=${'0'.repeat(32)}`, { body: envelope }],
  ['another project', '/api/2/envelope/?sentry_key=KEY', { body: envelope }],
  ['a project of a strange name', '/api/%2e%2e/envelope/?sentry_key=KEY', { body: envelope }],
  ['a body that is too large', '/api/1/envelope/?sentry_key=KEY', { body: Buffer.alloc(limits.bodyBytes + 1, 'x') }],
])('%s', async (_, path, init) => {
  const withKey = { ...init, method: 'POST' };
  if (init.headers) withKey.headers = JSON.parse(JSON.stringify(init.headers).replace('KEY', key));
  const other = sentryServer();
  const { publicKey } = other.ensureProject({ slug: 'shop' });
  const ofOther = JSON.parse(JSON.stringify(withKey.headers ?? {}).replace(key, publicKey));
  const expected = await other(
    new Request(URL_OF_SERVER + path.replace('KEY', publicKey), { ...withKey, headers: ofOther }),
  );

  const answer = await fetch(listening.url + path.replace('KEY', key), withKey);

  const names = ['content-type', 'access-control-allow-origin', 'access-control-expose-headers', 'x-sentry-error'];
  const shown = async (response: Response) => [
    response.status,
    await response.text(),
    names.map((name) => response.headers.get(name)),
  ];
  expect(await shown(answer)).toEqual(await shown(expected));
  other.close();
});

test('a quota that is used up', async () => {
  const quotas = { perKey: { count: 1, window: 3600 }, projects: { shop: { log_item: { count: 0, window: 60 } } } };
  const limited = sentryServer({ quotas, now: () => new Date('2026-11-23T02:59:50Z') });
  const { publicKey } = limited.ensureProject({ slug: 'shop' });
  const { url, close } = await listenSentry(limited);
  const log = '{"type":"log"}\n{"items":[{"body":"x"}]}\n';
  const post = async (body: string) => {
    const answer = await fetch(`${url}/api/1/envelope/?sentry_key=${publicKey}`, { method: 'POST', body });
    return [answer.status, answer.headers.get('x-sentry-rate-limits'), answer.headers.get('retry-after')];
  };

  const answers = [await post(envelope + log), await post(envelopeOf(errorEvent(2)))];

  expect(answers).toEqual([
    [200, '10:log_item:project:project_quota', '10'],
    [429, '10:error:key:key_quota', '10'],
  ]);
  await close();
  limited.close();
});
