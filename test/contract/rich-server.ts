/** The embedded Sentry with some of everything that real SDKs and pipelines send, for the contract tests. */
import { deflateSync } from 'node:zlib';
import { type SentryServer, sentryServer } from '../../harness/sentry-server/sentry-server.ts';
import { callApi, type FakeClock, fakeClock, URL_OF_SERVER } from './embedded.ts';
import browser from './fixtures/browser-envelopes.json' with { type: 'json' };

export interface RichServer {
  readonly server: SentryServer;
  readonly clock: FakeClock;
  /** Calls the Web API below `/api/0`. */
  call(method: string, path: string, body?: unknown): Promise<Response>;
  /** Sends an envelope to the project `shop`. */
  send(header: Record<string, unknown>, ...items: readonly Item[]): Promise<void>;
}

export interface Item {
  readonly header: Record<string, unknown>;
  /** JSON, or bytes as they are. */
  readonly payload: unknown;
}

export const TRACE = 'ab'.repeat(16);
export const REPLAY = 'cd'.repeat(16);
export const CART_EVENT = 'a1'.repeat(16);
export const RELEASE = 'shop@1.10.0';

export function item(type: string, payload: unknown, header: Record<string, unknown> = {}): Item {
  return { header: { type, ...header }, payload };
}

export function emptyServer(): RichServer {
  const clock = fakeClock('2026-11-23T14:00:00Z');
  const server = sentryServer({ now: () => new Date(clock.now()) });
  const { id, publicKey } = server.ensureProject({ slug: 'shop', platform: 'node' });
  return {
    server,
    clock,
    call: (method, path, body) => callApi(server, method, path, body),
    send: async (header, ...items) => {
      const parts = [Buffer.from(`${JSON.stringify(header)}\n`), ...items.flatMap(bytesOf)];
      const url = `${URL_OF_SERVER}/api/${id}/envelope/?sentry_key=${publicKey}&sentry_version=7`;
      const answer = await server(new Request(url, { method: 'POST', body: Buffer.concat(parts) }));
      if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
    },
  };
}

function bytesOf({ header, payload }: Item): Buffer[] {
  const bytes = payload instanceof Uint8Array ? Buffer.from(payload) : Buffer.from(JSON.stringify(payload));
  return [Buffer.from(`${JSON.stringify({ ...header, length: bytes.byteLength })}\n`), bytes, Buffer.from('\n')];
}

export async function richServer(): Promise<RichServer> {
  const rich = emptyServer();
  const { call, clock } = rich;
  await call('POST', '/organizations/mendwright/teams/', { name: 'Shop keepers', slug: 'keepers' });
  await call('POST', '/projects/mendwright/shop/teams/keepers/');
  await call('POST', '/organizations/mendwright/releases/', {
    version: 'shop@1.9.0',
    projects: ['shop'],
    commits: COMMITS.slice(1),
  });
  clock.advance(60_000);
  await call('POST', '/organizations/mendwright/releases/', { version: RELEASE, projects: ['shop'], commits: COMMITS });
  await call('POST', `/organizations/mendwright/releases/${RELEASE}/deploys/`, {
    environment: 'ci',
    name: 'nightly',
    url: 'https://ci.test/7',
  });
  await sendErrors(rich);
  await sendTelemetry(rich);
  await sendHealth(rich);
  await call('POST', '/organizations/mendwright/issues/1/notes/', { text: 'Seen on the till as well.' });
  await call('PUT', '/organizations/mendwright/issues/1/', { assignedTo: 'me' });
  await call('PUT', '/organizations/mendwright/issues/2/', {
    status: 'ignored',
    statusDetails: { ignoreUserCount: 5 },
  });
  await call('PUT', '/organizations/mendwright/issues/3/', {
    status: 'resolved',
    statusDetails: { inCommit: { commit: 'c0ffee', repository: 'acme/shop' } },
  });
  return rich;
}

const COMMITS = [
  {
    id: 'c0ffee1234567890c0ffee1234567890c0ffee12',
    repository: 'acme/shop',
    message: 'Totals are computed on the server',
    author_name: 'Ada',
    author_email: 'ada@acme.test',
    timestamp: '2026-11-22T10:00:00Z',
    patch_set: [{ path: 'src/cart.js', type: 'M' }],
  },
  {
    id: 'beef'.repeat(10),
    repository: 'acme/shop',
    message: 'Readme',
    author_name: null,
    author_email: null,
    patch_set: [{ path: 'README.md', type: 'A' }],
  },
];

async function sendErrors({ send, call, server }: RichServer): Promise<void> {
  const shared = {
    release: RELEASE,
    environment: 'ci',
    user: { id: '7', email: 'ada@acme.test', ip_address: '10.0.0.7' },
  };
  const frames = [
    {
      filename: 'node_modules/express/lib/router.js',
      abs_path: '/srv/node_modules/express/lib/router.js',
      function: 'next',
      lineno: 4,
    },
    {
      filename: 'src/cart.js',
      abs_path: '/srv/src/cart.js',
      function: 'total',
      lineno: 7,
      colno: 3,
      in_app: true,
      context_line: '  return cart.total;',
      pre_context: ['function total(cart) {'],
      post_context: ['}'],
      vars: { cart: null },
    },
  ];
  const cause = { type: 'RangeError', value: 'no such cart', stacktrace: { frames } };
  const error = {
    type: 'TypeError',
    value: "Cannot read properties of null (reading 'total')",
    stacktrace: { frames },
    mechanism: { type: 'generic', handled: false },
  };
  const event = {
    ...shared,
    platform: 'node',
    exception: { values: [cause, error] },
    contexts: {
      trace: { trace_id: TRACE, span_id: 'b'.repeat(16) },
      replay: { replay_id: REPLAY },
      os: { name: 'Linux', version: '6' },
    },
    breadcrumbs: [
      { timestamp: 1_795_442_000, category: 'console', message: 'hello', level: 'info', data: { logger: 'console' } },
    ],
    request: { url: 'http://shop.test/cart?x=1#top', method: 'POST', headers: { accept: 'text/html' }, data: '{}' },
    sdk: { name: 'sentry.javascript.node', version: '11.12.0' },
    modules: { express: '5.0.0' },
    extra: { attempt: 2 },
    tags: { till: '4' },
    transaction: 'POST /cart',
  };
  await send(
    { event_id: CART_EVENT },
    item('event', event),
    item('attachment', Buffer.from('PNG'), {
      filename: 'screenshot.png',
      content_type: 'image/png',
      attachment_type: 'event.attachment',
    }),
  );
  await send(
    { event_id: 'a2'.repeat(16) },
    item('event', { ...event, user: { id: '8' }, release: 'shop@1.9.0', tags: { till: '5' } }),
  );
  await send(
    { event_id: 'a3'.repeat(16) },
    item('event', {
      ...shared,
      platform: 'python',
      level: 'warning',
      logentry: { message: 'Order %s is late', params: ['12'], formatted: 'Order 12 is late' },
      logger: 'orders',
    }),
  );
  const { id, publicKey } = server.ensureProject({ slug: 'shop' });
  const own = browser.event.path.replace('/api/1/', `/api/${id}/`).replace(/sentry_key=\w+/, `sentry_key=${publicKey}`);
  for (const one of [browser.event, browser.span, browser.session])
    await server(new Request(`${URL_OF_SERVER}${own}`, { method: 'POST', body: one.body }));
  await send(
    {},
    item('user_report', { event_id: CART_EVENT, name: 'Bob', email: 'bob@acme.test', comments: 'It broke.' }),
  );
  await send(
    {},
    item('feedback', {
      contexts: {
        feedback: { message: 'Too slow', contact_email: 'bob@acme.test', name: 'Bob', associated_event_id: CART_EVENT },
      },
    }),
  );
  await call('POST', '/projects/mendwright/shop/user-feedback/', {
    event_id: 'a2'.repeat(16),
    name: 'Eve',
    email: 'eve@acme.test',
    comments: 'Mine too.',
  });
}

async function sendTelemetry({ send }: RichServer): Promise<void> {
  const at = Date.parse('2026-11-23T14:00:00Z') / 1000;
  const spans = [
    {
      trace_id: TRACE,
      span_id: 'a'.repeat(16),
      name: 'POST /cart',
      start_timestamp: at,
      end_timestamp: at + 0.5,
      status: 'ok',
      is_segment: true,
      attributes: {
        'sentry.op': { value: 'http.server', type: 'string' },
        'sentry.release': { value: RELEASE, type: 'string' },
        'http.response.status_code': { value: 500, type: 'integer' },
      },
    },
    {
      trace_id: TRACE,
      span_id: 'b'.repeat(16),
      parent_span_id: 'a'.repeat(16),
      name: 'SELECT carts',
      start_timestamp: at + 0.1,
      end_timestamp: at + 0.2,
      status: 'error',
      is_segment: false,
      attributes: { 'sentry.op': { value: 'db', type: 'string' } },
    },
  ];
  await send(
    { trace: { trace_id: TRACE } },
    item(
      'span',
      { version: 2, items: spans },
      { item_count: 2, content_type: 'application/vnd.sentry.items.span.v2+json' },
    ),
  );
  const inner = {
    trace_id: TRACE,
    span_id: 'd'.repeat(16),
    parent_span_id: 'c'.repeat(16),
    op: 'cache.get',
    description: 'cart:7',
    start_timestamp: at + 0.3,
    timestamp: at + 0.31,
    status: 'ok',
    data: { 'cache.hit': true },
  };
  await send(
    { event_id: 'e1'.repeat(16), trace: { trace_id: TRACE } },
    item('transaction', {
      type: 'transaction',
      transaction: 'GET /stock',
      start_timestamp: at + 0.25,
      timestamp: at + 0.4,
      release: RELEASE,
      environment: 'ci',
      contexts: {
        trace: {
          trace_id: TRACE,
          span_id: 'c'.repeat(16),
          parent_span_id: 'a'.repeat(16),
          op: 'http.server',
          status: 'internal_error',
        },
      },
      spans: [inner],
    }),
  );
  const logs = [
    {
      timestamp: at + 0.1,
      trace_id: TRACE,
      level: 'info',
      body: 'cart opened',
      severity_number: 9,
      attributes: { 'sentry.release': { value: RELEASE, type: 'string' }, 'cart.size': { value: 3, type: 'integer' } },
    },
    { timestamp: at + 0.2, trace_id: TRACE, level: 'error', body: 'no total', attributes: {} },
  ];
  await send(
    {},
    item('log', { items: logs }, { item_count: 2, content_type: 'application/vnd.sentry.items.log+json' }),
  );
  await send(
    {},
    item(
      'trace_metric',
      { items: [{ timestamp: at, trace_id: TRACE, name: 'carts', type: 'counter', value: 2, attributes: {} }] },
      { item_count: 1, content_type: 'application/vnd.sentry.items.trace-metric+json' },
    ),
  );
  const replay = {
    type: 'replay_event',
    replay_id: REPLAY,
    replay_start_timestamp: at - 5,
    replay_type: 'session',
    platform: 'javascript',
    environment: 'ci',
    release: RELEASE,
    user: { id: '7', email: 'ada@acme.test' },
    tags: { till: '4' },
    contexts: { browser: { name: 'Chrome', version: '156' } },
    sdk: { name: 'sentry.javascript.browser', version: '11.12.0' },
  };
  for (const segment of [0, 1]) {
    const events = [{ type: 5, timestamp: at + segment, data: { tag: 'performanceSpan' } }];
    await send(
      { event_id: REPLAY },
      item('replay_event', {
        ...replay,
        segment_id: segment,
        timestamp: at + segment,
        urls: [`http://shop.test/${segment}`],
        error_ids: segment === 1 ? [CART_EVENT] : [],
        trace_ids: [TRACE],
      }),
      item(
        'replay_recording',
        Buffer.concat([
          Buffer.from(`{"segment_id":${segment}}\n`),
          segment === 0 ? deflateSync(JSON.stringify(events)) : Buffer.from(JSON.stringify(events)),
        ]),
      ),
    );
  }
}

async function sendHealth({ send, clock }: RichServer): Promise<void> {
  const attrs = { release: RELEASE, environment: 'ci' };
  const started = '2026-11-23T14:00:00Z';
  await send(
    {},
    item('session', { sid: '1'.repeat(32), did: '7', init: true, started, status: 'ok', errors: 0, attrs }),
  );
  await send({}, item('session', { sid: '1'.repeat(32), did: '7', started, status: 'crashed', errors: 1, attrs }));
  await send({}, item('sessions', { attrs, aggregates: [{ started, exited: 8, errored: 1 }] }));
  await send(
    {},
    item('client_report', { discarded_events: [{ reason: 'network_error', category: 'error', quantity: 3 }] }),
  );
  const config = { schedule: { type: 'crontab', value: '0 * * * *' }, checkin_margin: 2, max_runtime: 10 };
  await send(
    {},
    item('check_in', {
      check_in_id: '4'.repeat(32),
      monitor_slug: 'nightly',
      status: 'in_progress',
      environment: 'ci',
      monitor_config: config,
    }),
  );
  clock.advance(60_000);
  await send(
    {},
    item('check_in', { check_in_id: '4'.repeat(32), monitor_slug: 'nightly', status: 'ok', environment: 'ci' }),
  );
  await send({}, item('check_in', { monitor_slug: 'nightly', status: 'error', duration: 12.5 }));
}
