/** What the embedded Sentry does not let in: slow clients, floods, strangers; and what filters and quotas keep out. */
import { connect, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { FILTER_NAMES, type FilterName } from '../../harness/sentry-server/ingest/inbound-filters.ts';
import { type ListenOptions, listenSentry } from '../../harness/sentry-server/listen.ts';
import { type SentryServer, sentryServer } from '../../harness/sentry-server/sentry-server.ts';
import type { SumRow } from '../../harness/sentry-server/storage/item-counts.ts';
import { callApi, embedded, envelopeOf, errorEvent, ingestRequest, URL_OF_SERVER } from './embedded.ts';
import { ask, post } from './sentry-page/read-page.ts';

async function listening(options: ListenOptions = {}, token?: string) {
  const server = sentryServer(token === undefined ? {} : { token });
  const { url, port, close } = await listenSentry(server, options);
  onTestFinished(async () => {
    await close();
    server.close();
  });
  return { server, url, port };
}

/** All that the server says until it ends the connection; a reset may swallow it. */
async function talk(port: number, first: string, keepOn?: (socket: Socket) => void): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => {
    socket.destroy();
  });
  let heard = '';
  socket.setEncoding('utf8');
  socket.on('data', (text: string) => {
    heard += text;
  });
  // What is written after the server has hung up is of no interest.
  socket.on('error', () => undefined);
  socket.write(first);
  keepOn?.(socket);
  // Not once(): a reset is an end like others.
  await new Promise((done) => socket.once('close', done));
  return heard;
}

describe('a connection', () => {
  test('whose headers never end is cut off', async () => {
    const { port } = await listening({ patience: { headers: 200 } });

    const heard = await talk(port, 'GET / HTTP/1.1\r\nhost: localhost\r\n');

    expect(heard).toMatch(/^HTTP\/1\.1 408 /);
  });

  test('whose body trickles in is cut off', async () => {
    const { port } = await listening({ patience: { headers: 200, request: 400 } });
    const head = 'POST /api/1/envelope/ HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000000\r\n\r\n';

    const heard = await talk(port, head, (socket) => {
      const trickle = setInterval(() => socket.write('x'), 50);
      socket.on('close', () => clearInterval(trickle));
    });

    expect(heard).toMatch(/^(?:HTTP\/1\.1 408 |$)/);
  });

  test('that says nothing is closed', async () => {
    const { port } = await listening({ patience: { idle: 200 } });

    expect(await talk(port, '')).toBe('');
  });

  test.each([
    ['one header of 1 MiB', `x: ${'a'.repeat(1024 * 1024)}\r\n`],
    ['100,000 headers', 'x: a\r\n'.repeat(100_000)],
  ])('with a flood of headers is refused: %s', async (_, headers) => {
    const { port, url } = await listening();

    const heard = await talk(port, `GET / HTTP/1.1\r\nhost: localhost\r\n${headers}\r\n`);

    expect(heard).toMatch(/^(?:HTTP\/1\.1 431 |$)/);
    expect((await fetch(`${url}/api/0/`)).status).toBe(200);
  });
});

describe('a stranger', () => {
  test.each([['0.0.0.0'], ['::'], ['192.0.2.1'], ['sentry.test'], ['127.0.0.1.evil.test']])(
    'is not served at %s without a token',
    async (host) => {
      const server = sentryServer();
      onTestFinished(() => server.close());

      await expect(listenSentry(server, { host })).rejects.toMatchObject({ code: 'sentry-open-to-strangers' });
    },
  );

  const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
  test.each([
    ['/api/0/organizations/', undefined, 401],
    ['/api/0/organizations/', 'Bearer wrong', 401],
    ['/api/0/organizations/', 'Bearer t0ken', 200],
    ['/', undefined, 401],
    ['/', basic('eva:wrong'), 401],
    ['/', basic('eva:t0ken'), 401],
    ['/', 'Bearer t0ken', 401],
    ['/organizations/mendwright/issues/1/', undefined, 401],
    ['/organizations/mendwright/issues/1/events/latest/json/', undefined, 401],
    ['/no/such/page/', undefined, 404],
    ['/api/1/envelope/', undefined, 404],
  ])('sees of %s with %s: %i', async (path, authorization, expected) => {
    const { url } = await listening({ host: '0.0.0.0' }, 't0ken');

    const answer = await fetch(`${url.replace('0.0.0.0', '127.0.0.1')}${path}`, {
      headers: authorization === undefined ? {} : { authorization },
    });

    expect(answer.status).toBe(expected);
  });
});

test('nothing can be read without the token but what asks for it', async () => {
  const { server, send } = embedded({ server: { token: 't0ken' } });
  await send(errorEvent(1, { message: 'secret' }));
  const names: Readonly<Record<string, string>> = { org: 'mendwright', project: 'shop', issue: '1', event: 'latest' };
  const paths = server.operations
    .map((operation) => operation.replace(/^\w+ /, '').replaceAll(/:(\w+)/g, (_, name: string) => names[name] ?? '1'))
    .filter((path) => path !== '');

  // One after the other: there are more operations than calls may be under way.
  const statuses = new Set<number>();
  for (const path of paths) statuses.add((await server(new Request(`${URL_OF_SERVER}${path}`))).status);

  expect(paths.length).toBeGreaterThan(80);
  expect(statuses).toEqual(new Set([401]));
});

test('who signs in reads the pages', async () => {
  const sentry = embedded({ server: { token: 't0ken' } });
  const signIn = (token: string) => post(sentry, '/sign-in/', { token, next: '/' });

  const [wrong, right] = [await signIn('wrong'), await signIn('t0ken')];
  const cookie = right.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const page = await ask(sentry, '/', { cookie });

  expect([wrong.status, right.status, page.status]).toEqual([401, 303, 200]);
});

/** What came, in the order of their kinds: `error filtered localhost 1`. */
async function counts(server: SentryServer): Promise<string[]> {
  const answer = await callApi(server, 'GET', '/projects/mendwright/shop/item-counts/');
  const found: SumRow[] = await answer.json();
  return found.map(({ category, outcome, reason, count }) => [category, outcome, reason, count].join(' '));
}

const agent = (text: string) => ({ request: { headers: { 'User-Agent': text } } });
const error = (type: string, value: string) => ({ exception: { values: [{ type, value }] } });
const at = (abs_path: string) => ({
  exception: { values: [{ type: 'E', value: 'x', stacktrace: { frames: [{ abs_path }] } }] },
});
const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36';

const FILTERED: [FilterName, string, Record<string, unknown>][] = [
  ['localhost', 'a page there', { request: { url: 'http://localhost:3000/cart' } }],
  ['localhost', 'an address there', { user: { ip_address: '127.0.0.1' } }],
  ['localhost', 'IPv6', { request: { url: 'http://[::1]:3000/' } }],
  ['legacy-browsers', 'Internet Explorer', agent('Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko')],
  ['legacy-browsers', 'old Edge', agent('Mozilla/5.0 Chrome/64.0 Safari/537.36 Edge/17.17134')],
  ['legacy-browsers', 'old Safari', agent('Mozilla/5.0 (Macintosh) Version/9.1.2 Safari/601.7.7')],
  ['browser-extensions', 'its code', at('chrome-extension://abcdef/content.js')],
  ['browser-extensions', 'its words', error('Error', 'Extension context invalidated.')],
  ['web-crawlers', 'Google', agent('Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)')],
  ['filtered-transaction', 'by transaction', { transaction: 'GET /healthz' }],
  ['filtered-transaction', 'by URL', { request: { url: 'http://shop.test/api/ping?x=1' } }],
  ['not-found', 'by words', error('Error', 'Request failed with status code 404')],
  ['not-found', 'by type', error('NotFoundError', 'no such page')],
  ['not-found', 'by answer', { contexts: { response: { status_code: 404 } } }],
  ['network-errors', 'Chromium', error('TypeError', 'Failed to fetch')],
  ['network-errors', 'Firefox', error('TypeError', 'NetworkError when attempting to fetch resource.')],
  ['network-errors', 'WebKit', error('TypeError', 'Load failed')],
  ['network-errors', 'Node', error('Error', 'read ECONNRESET')],
];

describe('a filter', () => {
  test.each(FILTERED)('%s keeps out %s, answers 200 and counts', async (name, _, event) => {
    const on = embedded({ server: { filters: [name] } });
    const off = embedded();

    const answer = await on.send(errorEvent(1, event));
    await off.send(errorEvent(1, event));

    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({});
    expect(await counts(on.server)).toEqual([`error filtered ${name} 1`]);
    expect(await counts(off.server)).toEqual(['error accepted  1']);
  });

  const ordinary: [string, Record<string, unknown>][] = [
    ['a page elsewhere', { request: { url: 'http://localhost.shop.test/cart' }, user: { ip_address: '203.0.113.9' } }],
    ['a browser of today', agent(CHROME)],
    ['a page whose name begins so', { transaction: 'GET /pingpong' }],
    ['a health page below which there is more', { transaction: 'GET /health/insurance' }],
    ['a module that was not found', error('ModuleNotFoundError', "No module named 'cart'")],
    ['words about fetching', error('Error', 'We failed to fetch your cart')],
    ['a number 404', error('Error', 'order 404 is empty')],
  ];

  test.each(ordinary)('lets %s through', async (_, event) => {
    const { server, send } = embedded({ server: { filters: FILTER_NAMES } });

    await send(errorEvent(1, event));

    expect(await counts(server)).toEqual(['error accepted  1']);
  });

  const span = (segment: string) => ({
    name: 'SELECT',
    attributes: { 'sentry.segment.name': { type: 'string', value: segment } },
  });
  const items: [string, string, unknown, string[]][] = [
    ['a transaction', 'transaction', { transaction: 'GET /healthz' }, ['transaction filtered filtered-transaction 1']],
    ['another transaction', 'transaction', { transaction: 'GET /cart' }, ['transaction kept  1']],
    ['spans', 'span', { items: [span('/healthz'), span('/healthz')] }, ['span filtered filtered-transaction 2']],
    ['some of the spans', 'span', { items: [span('/healthz'), span('/cart'), span('/cart')] }, ['span kept  2']],
  ];

  test.each(items)('for health checks sees %s', async (_, type, payload, expected) => {
    const { server } = embedded({ server: { filters: ['filtered-transaction'] } });

    const answer = await server(ingestRequest(server, `{}\n{"type":"${type}"}\n${JSON.stringify(payload)}\n`));

    expect(answer.status).toBe(200);
    expect(await counts(server)).toEqual(expected);
  });
});

describe('a quota', () => {
  const perKey = { count: 2, window: 60 };

  test('of a key ends in 429 with the time to wait, until its window is over', async () => {
    const { server, send, clock } = embedded({ server: { quotas: { perKey } } });
    await send(errorEvent(1));
    await send(errorEvent(2));
    clock.advance(10_500);

    const refused = await send(errorEvent(3));
    clock.advance(50_000);
    const later = await send(errorEvent(4));

    expect(refused.status).toBe(429);
    expect(refused.headers.get('x-sentry-rate-limits')).toBe('50:error:key:key_quota');
    expect(refused.headers.get('retry-after')).toBe('50');
    expect(refused.headers.get('access-control-expose-headers')).toContain('x-sentry-rate-limits');
    expect(await refused.json()).toEqual({
      detail:
        'Sentry dropped data due to a quota or internal rate limit being reached. This will not affect your application. See https://docs.sentry.io/product/accounts/quotas/ for more information.',
      causes: [],
    });
    expect(later.status).toBe(200);
    expect(await counts(server)).toEqual(['error accepted  3', 'error rate_limited key_quota 1']);
  });

  test('of a project holds for its category alone, and a 200 tells of it', async () => {
    const quotas = { projects: { shop: { log_item: { count: 2, window: 3600 } } } };
    const { server } = embedded({ server: { quotas } });
    const body = (logs: number) =>
      `${envelopeOf(errorEvent(logs))}{"type":"log"}\n${JSON.stringify({ items: Array(logs).fill({ body: 'x' }) })}\n`;

    const within = await server(ingestRequest(server, body(2)));
    const over = await server(ingestRequest(server, body(3)));

    expect(within.headers.get('x-sentry-rate-limits')).toBeNull();
    expect(over.status).toBe(200);
    expect(over.headers.get('x-sentry-rate-limits')).toBe('3600:log_item:project:project_quota');
    expect(await counts(server)).toEqual([
      'error accepted  2',
      'log_item kept  2',
      'log_item rate_limited project_quota 1',
    ]);
  });

  test('is not used up by what a filter keeps out', async () => {
    const { server, send } = embedded({ server: { quotas: { perKey }, filters: ['network-errors'] } });
    for (let id = 1; id <= 5; id += 1) await send(errorEvent(id, error('TypeError', 'Failed to fetch')));

    const answer = await send(errorEvent(6));

    expect(answer.status).toBe(200);
    expect(await counts(server)).toEqual(['error accepted  1', 'error filtered network-errors 5']);
  });

  test.each(['__proto__', 'constructor', 'toString'])('asked for a project %s finds none', async (slug) => {
    const { server } = embedded({ server: { quotas: { projects: {} } } });
    const body = `{}\n{"type":"${slug}"}\n{}\n`;

    const answer = await server(ingestRequest(server, body));

    expect(answer.status).toBe(200);
    expect(await counts(server)).toEqual(['default unknown unknown_type 1']);
  });
});

describe('an item', () => {
  const types: [string, string, string][] = [
    ['transaction', '{"type":"transaction","transaction":"GET /"}', 'transaction kept  1'],
    ['span', '{"items":[{"name":"a"},{"name":"b"},{"name":"c"}]}', 'span kept  3'],
    ['span', '{"span_id":"0123456789abcdef"}', 'span kept  1'],
    ['session', '{"sid":"1","status":"ok"}', 'session kept  1'],
    ['sessions', '{"aggregates":[{"exited":2}]}', 'session kept  1'],
    ['attachment', '\u0000\u0001 any bytes', 'attachment kept  1'],
    ['replay_event', '{"replay_id":"1"}', 'replay kept  1'],
    ['replay_recording', '{"segment_id":0}\n[]', 'replay kept  1'],
    ['replay_video', '\u0001', 'replay kept  1'],
    ['log', '{"items":[{"body":"x"},{"body":"y"}]}', 'log_item kept  2'],
    ['otel_log', '{"body":"x"}', 'log_item kept  1'],
    ['trace_metric', '{"items":[{"name":"x"}]}', 'trace_metric kept  1'],
    ['statsd', 'hits:1|c', 'metric_bucket kept  1'],
    ['metric_buckets', '[{"name":"x"}]', 'metric_bucket kept  1'],
    ['user_report', '{"comments":"x"}', 'feedback kept  1'],
    ['feedback', '{"contexts":{"feedback":{"message":"x"}}}', 'feedback kept  1'],
    ['profile', '{"samples":[]}', 'profile kept  1'],
    ['profile_chunk', '{"profile":{}}', 'profile_chunk kept  1'],
  ];

  test.each(types)('of type %s is kept, counted and can be read back', async (type, payload, count) => {
    const { server } = embedded();
    const head = `{"event_id":"${'a'.repeat(32)}","trace":{"trace_id":"${'b'.repeat(32)}"}}`;
    const body = `${head}\n{"type":"${type}","length":${Buffer.byteLength(payload)}}\n${payload}\n`;

    const answer = await server(ingestRequest(server, body));
    const kept: unknown = await (await callApi(server, 'GET', `/projects/mendwright/shop/items/?type=${type}`)).json();

    expect(answer.status).toBe(200);
    expect(await counts(server)).toEqual([count]);
    expect(kept).toMatchObject([{ type, payload, eventID: 'a'.repeat(32), traceID: 'b'.repeat(32) }]);
  });

  test('a check-in is a monitor’s', async () => {
    const { server } = embedded();

    await server(ingestRequest(server, '{}\n{"type":"check_in"}\n{"monitor_slug":"night","status":"ok"}\n'));
    const monitors = await callApi(server, 'GET', '/organizations/mendwright/monitors/');

    expect(await monitors.json()).toMatchObject([{ slug: 'night' }]);
    expect(await counts(server)).toEqual(['monitor accepted  1']);
  });

  test('of a client’s report is counted by what it tells', async () => {
    const { server } = embedded();
    const report = {
      discarded_events: [
        { reason: 'before_send', category: 'error', quantity: 3 },
        { reason: 'a word of its own', category: '<b>', quantity: 2 },
        { reason: 'sample_rate', category: 'transaction', quantity: -1 },
      ],
    };
    const valid = { discarded_events: report.discarded_events.slice(0, 2) };

    await server(ingestRequest(server, `{}\n{"type":"client_report"}\n${JSON.stringify(valid)}\n`));
    await server(ingestRequest(server, `{}\n{"type":"client_report"}\n${JSON.stringify(report)}\n`));

    expect(await counts(server)).toEqual([
      'default client_discard other 2',
      'error client_discard before_send 3',
      'internal kept  2',
    ]);
  });

  test.each([
    ['JSON that is cut off', '{"transaction":'],
    ['a list', '[]'],
    ['a number', '7'],
  ])('that is %s where an object must be is refused', async (_, payload) => {
    const { server } = embedded();

    const answer = await server(ingestRequest(server, `{}\n{"type":"transaction"}\n${payload}\n`));

    expect(answer.status).toBe(400);
    expect(await counts(server)).toEqual(['transaction invalid invalid_json 1']);
  });

  test('that is too large is refused by its type', async () => {
    const { server } = embedded();

    const answer = await server(ingestRequest(server, `{}\n{"type":"log"}\n${' '.repeat(2 * 1024 * 1024)}\n`));

    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ detail: "envelope exceeded size limits for type 'log'" });
    expect(await counts(server)).toEqual(['log_item too-large too_large:log 1']);
  });

  test('of a replay may be as large as replays are', async () => {
    const { server } = embedded();
    const recording = JSON.stringify([{ data: 'x'.repeat(902_000) }]);

    const answer = await server(ingestRequest(server, `{}\n{"type":"replay_recording"}\n${recording}\n`));

    expect([answer.status, await counts(server)]).toEqual([200, ['replay kept  1']]);
  });
});
