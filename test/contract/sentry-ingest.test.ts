/** What the embedded Sentry takes from SDKs, and how it refuses the rest. */
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { SentryEvent } from '../../harness/model/issue.ts';
import { collect, embedded, envelopeOf, errorEvent, ingestRequest, URL_OF_SERVER } from './embedded.ts';
import browserEnvelopes from './fixtures/browser-envelopes.json' with { type: 'json' };

const KEY = /^[0-9a-f]{32}$/;

async function titles({ client }: ReturnType<typeof embedded>): Promise<string[]> {
  return (await collect(client.listIssues({ query: '' }))).map((issue) => issue.title);
}

describe('a browser SDK', () => {
  test('gets its error stored as an issue, with trace, user, crumbs and frames', async () => {
    const sentry = embedded({ server: { now: () => new Date() } });
    const { origin } = browserEnvelopes.event;

    const answer = await sentry.server(
      ingestRequest(sentry.server, browserEnvelopes.event.body, { origin: origin ?? 'http://shop.test' }),
    );
    const [issue] = await collect(sentry.client.listIssues());
    const event = await sentry.client.fetchLatestEvent(issue?.id ?? '');

    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(await answer.json()).toEqual({ id: event.id });
    expect(SentryEvent.parse(event)).toEqual(event);
    expect(issue).toMatchObject({
      shortId: 'SHOP-1',
      title: "TypeError: Cannot read properties of undefined (reading 'reduce')",
      level: 'error',
      userCount: 1,
    });
    expect(event.exceptions[0]?.frames.at(-1)).toMatchObject({
      function: 'Checkout.totalOf',
      file: '/app.js',
      inApp: true,
    });
    expect(event.exceptions[0]?.handled).toBe(false);
    expect(event.breadcrumbs.map((crumb) => crumb.category)).toContain('ui.click');
    expect(event).toMatchObject({
      release: 'shop@1.4.0',
      environment: 'ci',
      user: '7',
      platform: 'javascript',
      tags: { tenant: 'acme' },
    });
    expect(event.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(event.request?.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  });

  test.each(['session', 'span'] as const)('may send %s items, which become no issue', async (kind) => {
    const sentry = embedded();

    const answer = await sentry.server(ingestRequest(sentry.server, browserEnvelopes[kind].body));

    expect(answer.status).toBe(200);
    expect(await titles(sentry)).toEqual([]);
  });

  test('is told in its preflight that it may send from any origin', async () => {
    const { server } = embedded();

    const answer = await server(
      new Request(`${URL_OF_SERVER}/api/1/envelope/`, { method: 'OPTIONS', headers: { origin: 'http://shop.test' } }),
    );

    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-methods')).toBe('POST');
    expect(answer.headers.get('access-control-allow-headers')).toContain('x-sentry-auth');
  });
});

describe('the public key', () => {
  const places: [string, (key: string) => Request][] = [
    ['in the query', (key) => post(`/api/1/envelope/?sentry_key=${key}`)],
    [
      'in X-Sentry-Auth',
      (key) => post('/api/1/envelope/', { 'x-sentry-auth': `Sentry sentry_version=7, sentry_key=${key}` }),
    ],
    ['in Authorization', (key) => post('/api/1/envelope/', { authorization: `Sentry sentry_key=${key}` })],
    [
      'in the DSN of the envelope',
      (key) =>
        post('/api/1/envelope/', {}, `{"dsn":"http://${key}@sentry.test/1"}\n{"type":"event"}\n{"message":"boom"}`),
    ],
    ['on a path without its last slash', (key) => post(`/api/1/envelope?sentry_key=${key}`)],
    [
      'at the older store endpoint',
      (key) => post('/api/1/store/', { 'x-sentry-auth': `Sentry sentry_key=${key}` }, '{"message":"boom"}'),
    ],
  ];

  test.each(places)('is found %s', async (_, request) => {
    const sentry = embedded();
    const { publicKey } = sentry.server.ensureProject({ slug: 'shop' });

    const answer = await sentry.server(request(publicKey));

    expect(answer.status).toBe(200);
    expect(await titles(sentry)).toEqual(['boom']);
  });

  const refusals: [string, Request, number, string][] = [
    ['is missing', post('/api/1/envelope/'), 401, 'missing authorization information'],
    ['is malformed', post('/api/1/envelope/?sentry_key=xyz'), 400, 'bad sentry DSN public key'],
    [
      'is malformed, whatever the body',
      post('/api/1/envelope/?sentry_key=xyz', {}, ''),
      400,
      'bad sentry DSN public key',
    ],
    [
      'is missing at the store',
      post('/api/1/store/', {}, '{"message":"boom"}'),
      401,
      'missing authorization information',
    ],
    [
      "names a user that is no key in its envelope's DSN",
      post('/api/1/envelope/', {}, '{"dsn":"http://xyz@sentry.test/1"}\n'),
      400,
      'bad sentry DSN public key',
    ],
    [
      "is nobody's",
      post(`/api/1/envelope/?sentry_key=${'a'.repeat(32)}`),
      403,
      'event submission rejected with_reason: ProjectId',
    ],
    [
      'names a project that does not exist',
      post(`/api/77/envelope/?sentry_key=${'a'.repeat(32)}`),
      403,
      'event submission rejected with_reason: ProjectId',
    ],
  ];

  test.each(refusals)('is refused as by Relay when it %s', async (_, request, status, detail) => {
    const { server } = embedded();

    const answer = await server(request);

    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ detail });
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('x-sentry-error')).toBe(detail);
  });

  test('does not open another project', async () => {
    const { server } = embedded();
    const admin = server.ensureProject({ slug: 'admin' });
    const shop = server.ensureProject({ slug: 'shop' });

    const answer = await server(post(`/api/${admin.id}/envelope/?sentry_key=${shop.publicKey}`));

    expect(shop.publicKey).toMatch(KEY);
    expect(answer.status).toBe(403);
  });
});

describe('a body', () => {
  const encodings: [string, (text: string) => Uint8Array][] = [
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
    ['zstd', zstdCompressSync],
  ];

  test.each(encodings)('may come as %s', async (encoding, pack) => {
    const sentry = embedded();
    const body = Uint8Array.from(pack(envelopeOf({ message: 'packed' })));

    const answer = await sentry.server(ingestRequest(sentry.server, body, { 'content-encoding': encoding }));

    expect(answer.status).toBe(200);
    expect(await titles(sentry)).toEqual(['packed']);
  });

  test('may come as deflate without its wrapper', async () => {
    const sentry = embedded();
    const body = Uint8Array.from(deflateRawSync(envelopeOf({ message: 'packed' })));

    const answer = await sentry.server(ingestRequest(sentry.server, body, { 'content-encoding': 'deflate' }));

    expect(answer.status).toBe(200);
  });

  test('that unpacks to more than the bound is refused without being unpacked', async () => {
    const sentry = embedded();
    const bomb = Uint8Array.from(gzipSync(Buffer.alloc(60 * 1024 * 1024, 0x20)));

    const answer = await sentry.server(ingestRequest(sentry.server, bomb, { 'content-encoding': 'gzip' }));

    expect(bomb.byteLength).toBeLessThan(100_000);
    expect(answer.status).toBe(413);
  });

  test('that never ends is refused at the bound', async () => {
    const sentry = embedded();
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(1024 * 1024)),
    });
    const { url } = ingestRequest(sentry.server, '');
    const init = { method: 'POST', body: endless, duplex: 'half' };

    const answer = await sentry.server(new Request(url, init));

    expect(answer.status).toBe(413);
  });

  const malformed: [string, string, string][] = [
    ['is empty', '', 'empty request body'],
    ['has a header that is no JSON', 'hello\n', 'invalid event envelope'],
    ['has an item header that is no JSON', '{}\nhello\n{}', 'invalid event envelope'],
    ['has an item without a type', '{}\n{}\n{}', 'invalid event envelope'],
    ['has an item shorter than it says', '{}\n{"type":"event","length":500}\n{}', 'invalid event envelope'],
    ['has an event that is no JSON', '{}\n{"type":"event"}\n{"message":', 'invalid event envelope'],
    ['has an event that is a list', '{}\n{"type":"event"}\n[]', 'invalid event envelope'],
    [
      'is nested deeper than we walk',
      `{}\n{"type":"event"}\n{"extra":${'['.repeat(5000)}${']'.repeat(5000)}}`,
      'invalid event envelope',
    ],
    ['has more items than the bound', `{}\n${'{"type":"log"}\n{}\n'.repeat(1001)}`, 'invalid event envelope'],
  ];

  test.each(malformed)('that %s is refused with 400', async (_, body, detail) => {
    const sentry = embedded();

    const answer = await sentry.server(ingestRequest(sentry.server, body));

    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ detail });
    expect(await titles(sentry)).toEqual([]);
  });

  test('with an event above 1 MiB is refused with 413', async () => {
    const sentry = embedded();

    const answer = await sentry.server(ingestRequest(sentry.server, envelopeOf({ message: 'x'.repeat(1024 * 1024) })));

    expect(answer.status).toBe(413);
  });

  test('with an unknown item beside an error keeps the error', async () => {
    const sentry = embedded();

    const answer = await sentry.server(
      ingestRequest(sentry.server, `{}\n{"type":"hologram"}\n{}\n{"type":"event"}\n{"message":"boom"}\n`),
    );

    expect(answer.status).toBe(200);
    expect(await titles(sentry)).toEqual(['boom']);
  });
});

describe('an event', () => {
  test('that comes twice counts once', async () => {
    const sentry = embedded();

    await sentry.send(errorEvent(1));
    const answer = await sentry.send(errorEvent(1));
    const [issue] = await collect(sentry.client.listIssues());

    expect(answer.status).toBe(200);
    expect(issue?.count).toBe(1);
  });

  test('is told to the listeners after it is stored', async () => {
    const sentry = embedded();
    const notices: unknown[] = [];
    const stop = sentry.server.onEvent((notice) => notices.push(notice));

    await sentry.send(errorEvent(1));
    await sentry.send(errorEvent(2, { exception: errorEvent(1).exception }));
    stop();
    await sentry.send(errorEvent(3));

    expect(notices).toEqual([
      {
        eventId: '1'.padStart(32, '0'),
        issueId: '1',
        shortId: 'SHOP-1',
        projectSlug: 'shop',
        isNew: true,
        title: 'TypeError: fault 1',
      },
      {
        eventId: '2'.padStart(32, '0'),
        issueId: '1',
        shortId: 'SHOP-1',
        projectSlug: 'shop',
        isNew: false,
        title: 'TypeError: fault 1',
      },
    ]);
  });

  test.each([
    [
      'of the wrong type are dropped, the rest stays',
      { message: 'boom', tags: 5, level: {}, breadcrumbs: 'x', user: [], exception: 7, request: null },
      'boom',
    ],
    [
      'that are wrong inside a list are dropped alone',
      { exception: [null, 5, { type: 'TypeError', value: 'boom', stacktrace: { frames: [1, { function: 3 }] } }] },
      'TypeError: boom',
    ],
  ])('parts %s', async (_, event, title) => {
    const sentry = embedded();

    const answer = await sentry.send(event);

    expect(answer.status).toBe(200);
    expect(await titles(sentry)).toEqual([title]);
  });

  test.each([
    ['in the future', '2031-01-01T00:00:00Z'],
    ['older than 30 days', '2020-01-01T00:00:00Z'],
    ['that is none', 'yesterday'],
  ])('with a time %s gets the time of arrival', async (_, timestamp) => {
    const sentry = embedded();

    await sentry.send(errorEvent(1, { timestamp }));
    const [issue] = await collect(sentry.client.listIssues());

    expect(issue?.lastSeen).toBe('2026-11-23T02:00:00.000Z');
  });
});

function post(path: string, headers: Record<string, string> = {}, body = envelopeOf({ message: 'boom' })): Request {
  return new Request(`${URL_OF_SERVER}${path}`, { method: 'POST', body, headers });
}
