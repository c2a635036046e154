/** The embedded Sentry under hostile envelopes and calls: the same ones every time; and each known kind of attack by its name. */
import { brotliCompressSync, constants, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import { limits } from '../../harness/sentry-server/limits.ts';
import { type SentryServer, sentryServer } from '../../harness/sentry-server/sentry-server.ts';
import { callApi, embedded, errorEvent, ingestRequest, URL_OF_SERVER } from '../contract/embedded.ts';
import { fuzzServer } from './fuzz-server.ts';
import { HOSTILE_TEXTS } from './hostile.ts';

const MIB = 1024 * 1024;

// Bombs and 50 MB are packed here, on a machine that may be busy.
vi.setConfig({ testTimeout: 180_000 });

test('no hostile envelope and no hostile call crashes the server, ends in 500 or makes it grow', async () => {
  const report = await fuzzServer({ seed: 20261126, goesOn: (rounds) => rounds < 400 });

  expect(report.defects).toEqual([]);
  expect(report.growth).toBeLessThan(100 * MIB);
  // It got past the door, and not always.
  expect(report.statuses.get(200)).toBeGreaterThan(50);
  expect(report.statuses.get(400)).toBeGreaterThan(50);
}, 300_000);

test('the same seed asks the same, another one something else', async () => {
  const statuses = async (seed: number) =>
    Object.fromEntries((await fuzzServer({ seed, goesOn: (rounds) => rounds < 25 })).statuses);

  expect(await statuses(1)).toEqual(await statuses(1));
  expect(await statuses(1)).not.toEqual(await statuses(2));
}, 120_000);

async function send(server: SentryServer, body: string | Uint8Array<ArrayBuffer>, headers = {}) {
  return server(ingestRequest(server, body, headers));
}

const item = (type: string, json: string) => `{}\n{"type":"${type}"}\n${json}\n`;

describe('a bomb', () => {
  const packers: [string, (bytes: Uint8Array) => Uint8Array][] = [
    ['gzip', (bytes) => gzipSync(bytes, { level: 1 })],
    ['deflate', (bytes) => deflateSync(bytes, { level: 1 })],
    ['br', (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
    ['zstd', zstdCompressSync],
  ];

  test.each(packers)('in %s is refused, and little memory is taken', async (encoding, pack) => {
    const { server } = embedded();
    const bomb = Uint8Array.from(pack(Buffer.alloc(limits.unpackedBytes + 1)));
    const before = process.memoryUsage().rss;

    const answer = await send(server, bomb, { 'content-encoding': encoding });

    expect(bomb.byteLength).toBeLessThan(MIB);
    expect(answer.status).toBe(413);
    expect(process.memoryUsage().rss - before).toBeLessThan(4 * limits.unpackedBytes);
  });

  test('in a bomb is refused unpacked', async () => {
    const { server } = embedded();
    const bomb = Uint8Array.from(gzipSync(gzipSync(Buffer.alloc(MIB))));

    const answer = await send(server, bomb, { 'content-encoding': 'gzip, gzip' });

    expect(answer.status).toBe(400);
  });
});

describe('JSON', () => {
  const open = '['.repeat(10_000);
  const close = ']'.repeat(10_000);

  test.each(['event', 'transaction', 'log', 'check_in', 'client_report'])(
    'that is 10,000 deep in an item of type %s is refused',
    async (type) => {
      const { server } = embedded();

      const answers = [
        await send(server, item(type, `{"extra":${open}${close}}`)),
        await send(server, item(type, open)),
        await send(server, item(type, `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`)),
      ];

      expect(answers.map((answer) => answer.status)).toEqual([400, 400, 400]);
    },
  );

  test('that is deep inside of a text stays a text', async () => {
    const { server, send: sendEvent } = embedded();

    const answer = await sendEvent(errorEvent(1, { request: { data: open + close } }));

    expect(answer.status).toBe(200);
    expect(await read(server, '/api/0/organizations/mendwright/issues/1/events/latest/')).toContain(open);
  });

  test('with a key twice counts the later one', async () => {
    const { server } = embedded();

    await send(server, item('event', '{"message":"first","message":"second"}'));

    expect(await read(server, '/api/0/organizations/mendwright/issues/')).toContain('"title":"second"');
  });

  test.each([
    '{"__proto__":{"polluted":true},"message":"boom"}',
    '{"extra":{"__proto__":{"polluted":true}},"message":"boom"}',
    '{"tags":{"__proto__":"polluted"},"message":"boom"}',
    '{"contexts":{"constructor":{"prototype":{"polluted":true}}},"message":"boom"}',
    '{"user":{"__proto__":{"polluted":true}},"exception":{"__proto__":{"values":[]}},"message":"boom"}',
  ])('with %s pollutes nothing', async (json) => {
    const { server } = embedded();

    const answer = await send(server, item('event', json));

    expect(answer.status).toBe(200);
    expect(await read(server, '/api/0/organizations/mendwright/issues/1/events/latest/')).toContain('boom');
    expect({}).not.toHaveProperty('polluted');
  });

  test.each([
    ['a time before all times', { timestamp: -1e300 }],
    ['a negative time', { timestamp: -62_135_596_801 }],
    ['a time after all times', { timestamp: 1e300 }],
    ['a time in a text', { timestamp: '+275760-09-13T00:00:00.001Z' }],
    [
      'objects that cannot be texts',
      { request: { headers: { a: { toString: 1 } }, cookies: [['a', { valueOf: 1 }]] } },
    ],
    ['crumbs of such times', { breadcrumbs: [{ timestamp: 1e300 }, { timestamp: -1e300 }, { timestamp: '9e99' }] }],
    ['lines beyond counting', { exception: [{ stacktrace: { frames: [{ lineno: 1e300, colno: -1 }] } }] }],
    ['a line of many digits', { exception: [{ stacktrace: { frames: [{ lineno: '9'.repeat(400) }] } }] }],
    ['huge numbers in extra', { extra: { a: 1e308, b: -1e308, c: Number.MAX_SAFE_INTEGER } }],
  ])('with %s is stored and shown', async (_, more) => {
    const { server, send: sendEvent } = embedded();

    const answer = await sendEvent({ message: 'boom', ...more });
    const event: unknown = JSON.parse(
      await read(server, '/api/0/organizations/mendwright/issues/1/events/latest/?full=1'),
    );

    expect(answer.status).toBe(200);
    expect(event).toMatchObject({ dateCreated: '2026-11-23T02:00:00.000Z' });
  });
});

const FIELDS = ['message', 'transaction', 'release', 'environment', 'server_name', 'logger', 'dist', 'platform'];

/** The same text in every field that takes one. */
function everywhere(text: string): Record<string, unknown> {
  return {
    ...Object.fromEntries(FIELDS.map((field) => [field, text])),
    exception: {
      values: [
        {
          type: text,
          value: text,
          module: text,
          mechanism: { type: text, handled: false },
          stacktrace: {
            frames: [
              {
                filename: text,
                abs_path: text,
                function: text,
                module: text,
                lineno: 1,
                context_line: text,
                vars: { a: text },
              },
            ],
          },
        },
      ],
    },
    tags: { a: text, [text.trim().slice(0, 200) || 'b']: text },
    user: { id: text, username: text, email: text },
    extra: { a: text, [text]: text },
    contexts: { browser: { name: text, version: text }, [text]: { a: text } },
    request: { url: text, method: text, headers: { a: text }, query_string: text, data: text },
    breadcrumbs: [{ category: text, message: text, data: { a: text } }],
    fingerprint: [text],
    modules: { [text]: text },
    sdk: { name: text, version: text },
  };
}

const PAGES = ['/', '/organizations/mendwright/issues/1/'];
const CALLS = [
  '/api/0/organizations/mendwright/issues/?query=',
  '/api/0/organizations/mendwright/issues/1/',
  '/api/0/organizations/mendwright/issues/1/events/latest/',
  '/api/0/organizations/mendwright/issues/1/tags/',
  '/api/0/organizations/mendwright/releases/',
  '/api/0/projects/mendwright/shop/events/',
];

describe.each(HOSTILE_TEXTS)('the text %j in every field', (text) => {
  test('is stored, searched for and shown, and is never part of a page or a statement', async () => {
    const { server, send: sendEvent } = embedded();

    const answer = await sendEvent(everywhere(text));
    const again = await sendEvent({ message: 'boom' });
    const calls = await Promise.all(
      [...PAGES, ...CALLS, `${CALLS[0]}${encodeURIComponent(text.toWellFormed())}`].map((path) =>
        server(new Request(`${URL_OF_SERVER}${path}`)),
      ),
    );
    const bodies = await Promise.all(calls.map((call) => call.text()));

    expect([answer.status, again.status]).toEqual([200, 200]);
    expect(calls.map(({ status }) => status).filter((status) => status >= 500)).toEqual([]);
    expect(calls.slice(0, PAGES.length + CALLS.length).map(({ status }) => status)).toEqual(
      [...PAGES, ...CALLS].map(() => 200),
    );
    for (const page of bodies.slice(0, PAGES.length))
      expect(page).not.toMatch(/<script>alert|<img src=x|<\/pre><script/i);
    for (const body of bodies.slice(PAGES.length)) JSON.parse(body);
  });
});

test('HTML of an event stands escaped on the pages', async () => {
  const { server, send: sendEvent } = embedded();

  await sendEvent(everywhere('<script>alert(1)</script>'));

  for (const path of PAGES) expect(await read(server, path)).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
});

test.each(['../../etc/passwd', '..', '.', 'a/b', 'a\\b', 'a\u0000b', '', '%2e%2e', 'A', '7', 'a'.repeat(101)])(
  'a project cannot be called %j',
  (slug) => {
    const server = sentryServer();

    expect(() => server.ensureProject({ slug })).toThrow('cannot be the slug');
    server.close();
  },
);

test.each([
  '/api/%2e%2e/envelope/',
  '/api/..%2f1/envelope/',
  '/api/1%00/envelope/',
  '/api/-1/envelope/',
  '/api/1e0/envelope/',
])('a path like %s leads to no project', async (path) => {
  const { server } = embedded();
  const { publicKey } = server.ensureProject({ slug: 'shop' });

  const answer = await server(
    new Request(`${URL_OF_SERVER}${path}?sentry_key=${publicKey}`, { method: 'POST', body: '{}\n' }),
  );

  expect([403, 404]).toContain(answer.status);
});

test.each([
  '{"status":"ignored","statusDetails":{"ignoreDuration":9007199254740991}}',
  '{"status":"ignored","statusDetails":{"ignoreCount":9007199254740991}}',
  '{"status":"resolved","statusDetails":{"inRelease":"../../etc/passwd"}}',
  '{"status":"resolved","statusDetails":{"inCommit":{"commit":"<script>"}}}',
  '{"assignedTo":"\\u0000"}',
  '{"assignedTo":"\\ud800"}',
  '{"__proto__":{"status":"resolved"}}',
  '[]',
  '"',
  '',
])('a change of an issue to %s ends in no 500', async (body) => {
  const { server, send: sendEvent } = embedded();
  await sendEvent({ message: 'boom' });
  const url = `${URL_OF_SERVER}/api/0/organizations/mendwright/issues/1/`;

  const answer = await server(new Request(url, { method: 'PUT', body }));

  expect([200, 400]).toContain(answer.status);
  expect(await read(server, '/api/0/organizations/mendwright/issues/1/')).toContain('boom');
});

const RELEASES = '/organizations/mendwright/releases/';

test.each(['../../etc/passwd', '<script>alert(1)</script>', "'; DROP TABLE releases; --", 'a/b', '\u0000', '💥'])(
  'a release named %j can be made and found by its name',
  async (version) => {
    const { server } = embedded();
    const made = await callApi(server, 'POST', RELEASES, { version, projects: ['shop'] });

    const found = await callApi(server, 'GET', `${RELEASES}${encodeURIComponent(version)}/`);

    expect([201, 400]).toContain(made.status);
    expect(found.status).toBe(made.status === 201 ? 200 : 404);
  },
);

test.each(['.', '..', ''])('a release cannot be called %j', async (version) => {
  const { server } = embedded();

  const made = await callApi(server, 'POST', RELEASES, { version, projects: ['shop'] });

  expect(made.status).toBe(400);
});

test('a message of 50 MB is refused, plain and packed', async () => {
  const { server } = embedded();
  const body = item('event', JSON.stringify({ message: 'x'.repeat(50 * 1000 * 1000) }));

  const plain = await send(server, body);
  const packed = await send(server, Uint8Array.from(gzipSync(body, { level: 1 })), { 'content-encoding': 'gzip' });

  expect([plain.status, packed.status]).toEqual([413, 413]);
});

test('an event of a mebibyte of hostile strings is stored in short time', async () => {
  const { server, send: sendEvent } = embedded();
  const quarter = MIB / 4 - 1000;
  const extra = { a: 'token='.repeat(quarter / 6), b: '4111 '.repeat(quarter / 5), c: '://a:'.repeat(quarter / 5) };
  const before = process.cpuUsage();

  const answer = await sendEvent({ message: 'boom', extra });
  const { user } = process.cpuUsage(before);

  expect(answer.status).toBe(200);
  expect(user / 1000).toBeLessThan(5000);
  expect(await read(server, '/api/0/organizations/mendwright/issues/1/')).toContain('boom');
});

async function read(server: SentryServer, path: string): Promise<string> {
  const answer = await server(new Request(`${URL_OF_SERVER}${path}`));
  return answer.text();
}
