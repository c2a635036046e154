/** What the embedded Sentry takes out of events and items before it stores them. */
import { deflateRawSync, deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { IntakeSettings } from '../../harness/sentry-server/ingest/intake.ts';
import type { SentryServer } from '../../harness/sentry-server/sentry-server.ts';
import { callApi, embedded, errorEvent, ingestRequest, URL_OF_SERVER } from './embedded.ts';

const CARD = '4111111111111111';
const SECRET = 'hunter2-in-plain-sight';

/** The event as the Web API shows it. */
async function shown(event: Record<string, unknown>, settings: IntakeSettings = {}): Promise<Record<string, unknown>> {
  const { server, send } = embedded({ server: settings });
  const answer = await send(errorEvent(1, event));
  expect(answer.status).toBe(200);
  return (await callApi(server, 'GET', '/organizations/mendwright/issues/1/events/latest/')).json();
}

const value = (text: string) => ({ exception: { values: [{ type: 'E', value: text }] } });

describe('an event loses', () => {
  const places: [string, Record<string, unknown>][] = [
    ['a password in extra', { extra: { login: { user: 'eva', password: SECRET } } }],
    ['a list of tokens', { extra: { tokens: [SECRET, SECRET] } }],
    ['a token in a context', { contexts: { state: { value: { apiToken: SECRET } } } }],
    ['a header of authorization', { request: { headers: { Authorization: `Basic ${SECRET}` } } }],
    ['a key in a dashed header', { request: { headers: [['X-Api-Key', SECRET]] } }],
    ['a header of cookies', { request: { headers: { Cookie: `sid=${SECRET}` } } }],
    ['cookies', { request: { cookies: { sid: SECRET } } }],
    ['a form', { request: { data: `user=eva&password=${SECRET}` } }],
    ['a JSON body', { request: { data: { passwd: SECRET } } }],
    ['a JSON body in a text', { request: { data: `{"a":{"secret":["${SECRET}"]}}` } }],
    ['a query', { request: { url: `http://shop.test/?token=${SECRET}`, query_string: `token=${SECRET}` } }],
    ['an environment', { request: { env: { MYSQL_PWD: SECRET } } }],
    ['a tag', { tags: { 'session.token': SECRET } }],
    ['a crumb', { breadcrumbs: [{ category: 'x', data: { auth: SECRET } }] }],
    ['a crumb with a URL', { breadcrumbs: [{ category: 'fetch', data: { url: `/a?access_token=${SECRET}` } }] }],
    ['a number of a card', { extra: { paid: Number(CARD) } }],
    ['a bearer token in a message', value(`Bearer ${SECRET} was refused`)],
    ['basic auth in a message', value(`GET http://eva:${SECRET}@shop.test/`)],
    ['a bearer token in a plain message', { exception: undefined, message: `Bearer ${SECRET}` }],
    ['a parameter of a message', { logentry: { message: 'no %s', params: { password: SECRET } } }],
    [
      'a variable of a frame',
      {
        exception: {
          values: [{ type: 'E', stacktrace: { frames: [{ function: 'f', vars: { password: SECRET, n: '1' } }] } }],
        },
      },
    ],
    [
      'a variable of a frame as it was before source maps',
      {
        exception: {
          values: [{ type: 'E', raw_stacktrace: { frames: [{ function: 'f', vars: { password: SECRET, n: '1' } }] } }],
        },
      },
    ],
    ['a value that an SDK could not read', { errors: [{ type: 'invalid_data', name: 'a', value: `token=${SECRET}` }] }],
  ];

  test.each(places)('%s', async (_, event) => {
    const text = JSON.stringify(await shown(event));
    const unscrubbed = JSON.stringify(await shown(event, { scrubbing: false }));

    expect(text).not.toMatch(new RegExp(`${SECRET}|${CARD}`));
    expect(text).toContain('[Filtered]');
    expect(unscrubbed).toMatch(new RegExp(`${SECRET}|${CARD}`));
  });
});

test('what is no secret stays', async () => {
  const extra = { total: 4211, isAuthenticated: true, password: null, credentials: { user: 'eva' }, input_tokens: 512 };
  const contexts = { trace: { trace_id: '41111111111111114111111111111111', span_id: CARD } };

  expect(await shown({ extra, contexts, message: 'wrong password' })).toMatchObject({ context: extra, contexts });
});

test('remarks say what was filtered where', async () => {
  const { _meta } = await shown({
    user: { token: 'abc' },
    request: { headers: [['Cookie', 'sid=1']] },
    ...value(`card ${CARD} refused`),
  });

  const whole = { rem: [['@password:filter', 's', 0, 10]] };
  expect(_meta).toEqual({
    user: { token: { '': { ...whole, len: 3 } } },
    entries: {
      0: { data: { values: { 0: { value: { '': { rem: [['@creditcard:filter', 's']], len: 29 } } } } } },
      1: { data: { headers: { 0: { 1: { '': { ...whole, len: 5 } } } } } },
    },
  });
});

describe('settings', () => {
  test('name further fields, and texts that contain them go whole', async () => {
    const event = { extra: { mySekret: 'a', note: 'the mysekret is b', other: 'c' } };

    const { context } = await shown(event, { scrubbing: { sensitiveFields: ['mysekret'] } });

    expect(context).toEqual({ mySekret: '[Filtered]', note: '[Filtered]', other: 'c' });
  });

  test('name fields that are safe', async () => {
    const event = { extra: { author: 'eva', auth: 'x', query: 'author=eva&auth=x' } };

    const { context } = await shown(event, { scrubbing: { safeFields: ['author'] } });

    expect(context).toEqual({ author: 'eva', auth: '[Filtered]', query: 'author=eva&auth=[Filtered]' });
  });

  test('take the addresses of users out', async () => {
    const event = { user: { ip_address: '203.0.113.9' }, request: { env: { REMOTE_ADDR: '203.0.113.9' } } };

    const kept = JSON.stringify(await shown(event));
    const removed = JSON.stringify(await shown(event, { scrubbing: { scrubIpAddresses: true } }));

    expect(kept).toContain('203.0.113.9');
    expect(removed).not.toContain('203.0.113.9');
  });
});

describe('an item loses', () => {
  const attributes = { 'user.password': { type: 'string', value: SECRET }, n: { type: 'integer', value: 1 } };
  const items: [string, unknown][] = [
    ['transaction', { transaction: 'GET /', spans: [{ span_id: CARD, data: { token: SECRET } }] }],
    ['transaction', { request: { headers: { Cookie: SECRET }, cookies: { a: SECRET } }, tags: { secret: SECRET } }],
    ['span', { items: [{ name: 'GET /', attributes }] }],
    ['span', { span_id: CARD, description: `GET /?token=${SECRET}`, data: {} }],
    ['log', { items: [{ body: `Bearer ${SECRET}`, attributes }] }],
    ['trace_metric', { items: [{ name: 'n', attributes }] }],
    ['otel_log', { attributes: [{ key: 'secret', value: { stringValue: SECRET } }] }],
    ['replay_event', { urls: [`http://shop.test/?token=${SECRET}`], request: { headers: { Cookie: SECRET } } }],
    ['replay_recording', [{ data: { href: `http://shop.test/?token=${SECRET}` } }]],
    ['feedback', { contexts: { feedback: { message: 'x', password: SECRET } } }],
    ['user_report', { comments: `see http://eva:${SECRET}@shop.test/` }],
    ['statsd', `hits:1|c|#token=${SECRET}`],
  ];

  test.each(items)('its secrets: %s', async (type, payload) => {
    const sentry = embedded();
    const text = typeof payload === 'string' ? payload : JSON.stringify(payload);

    const answer = await sentry.server(
      ingestRequest(sentry.server, `{}\n{"type":"${type}","length":${Buffer.byteLength(text)}}\n${text}\n`),
    );
    const [kept] = await keptItems(sentry.server);

    expect(answer.status).toBe(200);
    expect(kept?.payload).toContain('[Filtered]');
    expect(kept?.payload).not.toContain(SECRET);
    expect(kept?.header.length).toBe(Buffer.byteLength(kept?.payload ?? ''));
    if (text.includes(CARD)) expect(kept?.payload).toContain(CARD);
  });

  test('a report of a user that was posted to the Web API', async () => {
    const { server } = embedded();
    const comments = `see http://eva:${SECRET}@shop.test/`;
    const report = { event_id: 'a'.repeat(32), name: 'Eva', email: 'eva@shop.test', comments };
    const path = '/projects/mendwright/shop/user-feedback/';

    const posted = await (await callApi(server, 'POST', path, report)).text();
    const listed = await (await callApi(server, 'GET', path)).text();

    for (const text of [posted, listed]) {
      expect(text).toContain('[Filtered]');
      expect(text).not.toContain(SECRET);
    }
  });

  test('nothing where scrubbing is off', async () => {
    const sentry = embedded({ server: { scrubbing: false } });
    const text = '{"items":[{"attributes":{"token":{"type":"string","value":"abc"}}}]}';

    await sentry.server(ingestRequest(sentry.server, `{}\n{"type":"log"}\n${text}\n`));

    expect((await keptItems(sentry.server))[0]?.payload).toBe(text);
  });

  const page = [
    { type: 4, timestamp: 1_795_442_000_000, data: { href: `http://shop.test/?token=${SECRET}` } },
    { type: 5, data: { tag: 'breadcrumb', payload: { data: { password: SECRET } } } },
  ];
  const packings: [string, (text: string) => Buffer, (bytes: Buffer) => Buffer][] = [
    ['zlib', deflateSync, inflateSync],
    ['gzip', gzipSync, gunzipSync],
    ['deflate without a header', deflateRawSync, inflateSync],
    ['nothing', (text) => Buffer.from(text), (bytes) => bytes],
  ];

  test.each(packings)('its secrets: a recording that is packed with %s', async (_, pack, unpack) => {
    const sentry = embedded();

    const status = await sendRecording(sentry.server, pack(JSON.stringify(page)));

    const [kept] = await keptItems(sentry.server);
    const bytes = keptBytes(kept?.payload ?? '');
    const start = bytes.indexOf(10) + 1;
    const events: unknown = JSON.parse(unpack(bytes.subarray(start)).toString());
    expect([status, bytes.subarray(0, start).toString(), kept?.header.length]).toEqual([
      200,
      '{"segment_id":0}\n',
      bytes.byteLength,
    ]);
    expect(events).toEqual([
      { ...page[0], data: { href: 'http://shop.test/?token=[Filtered]' } },
      { type: 5, data: { tag: 'breadcrumb', payload: { data: { password: '[Filtered]' } } } },
    ]);
  });

  test('nothing in a recording without secrets, however it is packed', async () => {
    const sentry = embedded();
    const packed = deflateSync(JSON.stringify([{ type: 4, data: { href: 'http://shop.test/' } }]), { level: 1 });

    await sendRecording(sentry.server, packed);

    const [kept] = await keptItems(sentry.server);
    expect(keptBytes(kept?.payload ?? '').subarray('{"segment_id":0}\n'.length)).toEqual(packed);
  });

  test.each<[string, Buffer]>([
    ['unpacks to too much', deflateSync(Buffer.alloc(21 * 1024 * 1024, ' '))],
    ['is cut off', deflateSync(JSON.stringify(page)).subarray(0, 60)],
    ['is no packing at all', Buffer.from([0xff, 0x00, 0x01])],
    ['is too deep', deflateSync(`${'['.repeat(1001)}${']'.repeat(1001)}`)],
    ['is no list', gzipSync('{}')],
    ['is not there', Buffer.alloc(0)],
  ])('a recording that %s is kept out, and counted', async (_, body) => {
    const sentry = embedded();

    const status = await sendRecording(sentry.server, body);

    const url = `${URL_OF_SERVER}/api/0/projects/mendwright/shop/item-counts/`;
    const counts: unknown = await (await sentry.server(new Request(url))).json();
    expect([status, await keptItems(sentry.server), counts]).toEqual([
      200,
      [],
      [
        {
          type: 'replay_recording',
          category: 'replay',
          outcome: 'invalid',
          reason: 'invalid_replay_recording',
          count: 1,
        },
      ],
    ]);
  });
});

/** The Web API shows bytes that are no text in base64. */
function keptBytes(payload: string): Buffer {
  return Buffer.from(payload, payload.startsWith('{') ? 'utf8' : 'base64');
}

async function sendRecording(server: SentryServer, body: Buffer): Promise<number> {
  const payload = Buffer.concat([Buffer.from('{"segment_id":0}\n'), body]);
  const head = Buffer.from(`{}\n{"type":"replay_recording","length":${payload.byteLength}}\n`);
  const answer = await server(ingestRequest(server, Uint8Array.from(Buffer.concat([head, payload]))));
  return answer.status;
}

interface Kept {
  readonly payload: string;
  readonly header: { length: number };
}

async function keptItems(server: (request: Request) => Promise<Response>): Promise<Kept[]> {
  return (await callApi(server, 'GET', '/projects/mendwright/shop/items/')).json();
}
