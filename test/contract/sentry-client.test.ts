/** The client against the embedded server, and against a server in trouble. */
import { describe, expect, test } from 'vitest';
import { sentryClient } from '../../harness/adapters/sentry/sentry-client.ts';
import { callApi, collect, embedded, errorEvent, fakeClock, URL_OF_SERVER } from './embedded.ts';

const id = (number: number): string => number.toString(16).padStart(32, '0');

describe('reading', () => {
  test('follows the pages of a long list, and stops asking when nobody reads on', async () => {
    let calls = 0;
    const sentry = embedded();
    for (let number = 1; number <= 230; number += 1) await sentry.send(errorEvent(number));
    const client = sentryClient({
      fetch: (request) => {
        if (request.url.includes('/issues/')) calls += 1;
        return sentry.server(request);
      },
      url: URL_OF_SERVER,
      org: 'mendwright',
      project: 'shop',
    });

    const all = await collect(client.listIssues());
    const callsForAll = calls;
    const some = await collect(client.listIssues({ limit: 101, sort: 'new' }));
    for await (const issue of client.listIssues()) if (issue.shortId !== '') break;

    expect(new Set(all.map((issue) => issue.id)).size).toBe(230);
    expect(callsForAll).toBe(3);
    expect(some).toHaveLength(101);
    expect(calls).toBe(3 + 2 + 1);
  });

  test('gives an issue by its id and by its short id', async () => {
    const sentry = embedded();
    await sentry.send(errorEvent(1, { release: 'shop@1' }));

    const byId = await sentry.client.fetchIssue('1');
    const byShortId = await sentry.client.fetchIssue('SHOP-1');

    expect(byShortId).toEqual(byId);
    expect(byId).toEqual({
      id: '1',
      shortId: 'SHOP-1',
      title: 'TypeError: fault 1',
      culprit: 'total1(/srv/cart.js)',
      level: 'error',
      permalink: 'http://sentry.test/organizations/mendwright/issues/1/',
      status: 'unresolved',
      substatus: 'new',
      count: 1,
      userCount: 0,
      firstSeen: '2026-11-23T02:00:00.000Z',
      lastSeen: '2026-11-23T02:00:00.000Z',
      firstRelease: 'shop@1',
      platform: 'node',
      logger: undefined,
      project: 'shop',
      issueCategory: 'error',
    });
  });

  test('gives an event with its frames, context line, locals and chained causes', async () => {
    const frame = {
      filename: 'cart.js',
      abs_path: '/srv/cart.js',
      module: 'cart',
      function: 'total',
      lineno: 7,
      colno: 3,
      in_app: true,
    };
    const source = { pre_context: ['a', 'b'], context_line: 'return cart.items', post_context: ['c'] };
    const values = [
      { type: 'RangeError', value: 'cause' },
      {
        type: 'TypeError',
        value: 'boom',
        mechanism: { type: 'onerror', handled: false },
        stacktrace: { frames: [{ ...frame, ...source, vars: { cart: 'undefined' } }] },
      },
    ];
    const sentry = embedded();
    await sentry.send({
      ...errorEvent(1),
      exception: { values },
      logger: 'mendwright',
      transaction: 'GET /cart',
      contexts: { trace: { trace_id: id(99) } },
    });

    const event = await sentry.client.fetchEvent('1', id(1));

    expect(event.exceptions).toEqual([
      { type: 'RangeError', value: 'cause', frames: [] },
      {
        type: 'TypeError',
        value: 'boom',
        mechanism: 'onerror',
        handled: false,
        frames: [
          {
            file: 'cart.js',
            absPath: '/srv/cart.js',
            module: 'cart',
            function: 'total',
            line: 7,
            column: 3,
            inApp: true,
            contextLine: 'return cart.items',
            vars: { cart: 'undefined' },
          },
        ],
      },
    ]);
    expect(event).toMatchObject({
      id: id(1),
      logger: 'mendwright',
      transaction: 'GET /cart',
      traceId: id(99),
      level: 'error',
    });
  });

  test('finds the issue of an event, and undefined before it came', async () => {
    const sentry = embedded();
    await sentry.send(errorEvent(1));

    expect(await sentry.client.findIssueOfEvent(id(1))).toEqual({ issueId: '1', eventId: id(1) });
    expect(await sentry.client.findIssueOfEvent(id(2))).toBeUndefined();
  });

  test('lists the error events of a trace in all projects, and those of a time', async () => {
    const sentry = embedded();
    const trace = { contexts: { trace: { trace_id: id(77) } } };
    await sentry.send(
      errorEvent(1, { ...trace, request: { url: 'http://shop.test/pay?x=1' }, transaction: 'POST /pay' }),
    );
    sentry.clock.advance(60_000);
    await sentry.send(errorEvent(2));

    const ofTrace = await sentry.client.listErrorEventsOfTrace(id(77));
    const ofTime = await sentry.client.listErrorEvents({
      start: new Date('2026-11-23T02:00:30Z'),
      end: new Date('2026-11-23T02:01:00Z'),
    });

    expect(ofTrace).toEqual([
      {
        eventId: id(1),
        issueId: '1',
        shortId: 'SHOP-1',
        title: 'TypeError: fault 1',
        at: '2026-11-23T02:00:00.000Z',
        level: 'error',
        platform: 'node',
        traceId: id(77),
        url: 'http://shop.test/pay?x=1',
        transaction: 'POST /pay',
      },
    ]);
    expect(ofTime.map((event) => event.eventId)).toEqual([id(2)]);
  });

  test('waits for an event with growing pauses, and gives up in time', async () => {
    const sentry = embedded();
    let calls = 0;
    const client = sentryClient({
      fetch: async (request) => {
        calls += 1;
        if (calls === 4) await sentry.send(errorEvent(1));
        return sentry.server(request);
      },
      url: URL_OF_SERVER,
      org: 'mendwright',
      project: 'shop',
      clock: sentry.clock,
    });

    const waited = await client.waitForEvent(id(1), { timeoutMs: 30_000 });
    const never = await client.waitForEvent(id(2), { timeoutMs: 2000 });

    expect(waited).toBe(sentry.clock.pauses.slice(0, 3).reduce((sum, pause) => sum + pause, 0));
    expect(sentry.clock.pauses.slice(0, 3)).toEqual([100, 160, 256]);
    expect(never).toBeUndefined();
  });

  test('gives the DSN and proves the access', async () => {
    const sentry = embedded();

    expect(await sentry.client.fetchProject()).toEqual({ projectId: '1', slug: 'shop' });
    expect(await sentry.client.fetchDsn()).toBe(sentry.server.dsn('shop', URL_OF_SERVER));
  });

  test('keeps a prefix of the address', async () => {
    const seen: string[] = [];
    const client = sentryClient({
      fetch: async (request) => {
        seen.push(new URL(request.url).pathname);
        return Response.json({ id: 1, slug: 'shop' });
      },
      url: 'https://host.test/sentry/',
      org: 'a b',
      project: 'shop/../x',
    });

    await client.fetchProject();

    expect(seen).toEqual(['/sentry/api/0/projects/a%20b/shop%2F..%2Fx/']);
  });
});

describe('writing', () => {
  test('a note is written once, whoever asks again', async () => {
    const sentry = embedded();
    await sentry.send(errorEvent(1));

    const first = await sentry.client.addNote('1', 'branch mend/shop-1');
    sentry.clock.advance(2 * 3_600_000);
    const second = await sentry.client.addNote('1', 'branch mend/shop-1');
    const { numComments } = await (await callApi(sentry.server, 'GET', '/organizations/mendwright/issues/1/')).json();

    expect([first, second]).toEqual([true, false]);
    expect(numComments).toBe(1);
  });

  test('an issue is resolved and assigned', async () => {
    const sentry = embedded();
    await sentry.send(errorEvent(1));

    await sentry.client.updateIssue('1', { status: 'resolved', assignedTo: 'user:1' });

    expect((await sentry.client.fetchIssue('1')).status).toBe('resolved');
    expect(await (await callApi(sentry.server, 'GET', '/organizations/mendwright/issues/1/')).json()).toMatchObject({
      assignedTo: { type: 'user', id: '1' },
    });
  });
});

describe('in trouble', () => {
  test.each([
    ['a wrong token', 'wrong'],
    ['no token', undefined],
  ])('%s ends in a Failure that names the scopes and not the token', async (_, token) => {
    const sentry = embedded({ server: { token: 'right' }, client: token === undefined ? {} : { token } });

    const failure = await sentry.client.fetchProject().catch((error: unknown) => error);

    expect(failure).toMatchObject({
      kind: 'upstream',
      code: 'sentry-refused-token',
      hint: expect.stringContaining('event:read'),
    });
    expect(JSON.stringify([failure, String(failure)])).not.toContain('wrong');
    expect(sentry.clock.pauses).toEqual([]);
  });

  test('the right token is let in, and sent in no place but its header', async () => {
    const requests: Request[] = [];
    const sentry = embedded({ server: { token: 's3cret' } });
    const client = sentryClient({
      fetch: (request) => {
        requests.push(request);
        return sentry.server(request);
      },
      url: URL_OF_SERVER,
      org: 'mendwright',
      project: 'shop',
      token: 's3cret',
    });

    await client.fetchProject();

    expect(requests.map((request) => request.headers.get('authorization'))).toEqual(['Bearer s3cret']);
    expect(requests.map((request) => request.url).join()).not.toContain('s3cret');
  });

  test('403 names the scope that is missing', async () => {
    const client = answering(() =>
      Response.json({ detail: 'You do not have permission to perform this action.' }, { status: 403 }),
    );

    await expect(client.fetchProject()).rejects.toMatchObject({
      code: 'sentry-missing-scope',
      message: expect.stringContaining('lacks the scope project:read'),
    });
  });

  test('a server that is not there ends in sentry-unreachable, its cause kept', async () => {
    const cause = new TypeError('fetch failed');
    const { clock, client } = troubled(() => Promise.reject(cause));

    await expect(client.fetchProject()).rejects.toMatchObject({ kind: 'upstream', code: 'sentry-unreachable', cause });
    expect(clock.pauses).toHaveLength(4);
  });

  test('a project that does not exist is named', async () => {
    const { client } = embedded({ client: { project: 'shpo' } });

    await expect(client.fetchProject()).rejects.toMatchObject({
      code: 'sentry-unknown-project',
      message: expect.stringContaining('shpo'),
    });
  });

  test('429 is tried again at the absolute time that Sentry names', async () => {
    const { clock, client } = troubled((call) => {
      const reset = String(Date.parse('2026-11-23T02:00:20Z') / 1000);
      if (call === 1)
        return Response.json(
          { detail: 'too frequent' },
          { status: 429, headers: { 'x-sentry-rate-limit-reset': reset } },
        );
      return Response.json({ id: '1', slug: 'shop' });
    });

    await client.fetchProject();

    expect(clock.pauses).toHaveLength(1);
    expect(clock.pauses[0]).toBeGreaterThanOrEqual(20_000);
    expect(clock.pauses[0]).toBeLessThan(21_000);
  });

  test('429 for an hour ends at once', async () => {
    const { clock, client } = troubled(() => Response.json({}, { status: 429, headers: { 'retry-after': '3600' } }));

    await expect(client.fetchProject()).rejects.toMatchObject({ code: 'sentry-rate-limited' });
    expect(clock.pauses).toEqual([]);
  });

  test('5xx is tried again with growing pauses, then it is good', async () => {
    const { clock, client } = troubled((call) =>
      call < 4 ? new Response('', { status: 502 }) : Response.json({ id: '1', slug: 'shop' }),
    );

    await client.fetchProject();

    const [first = 0, second = 0, third = 0] = clock.pauses;
    expect(clock.pauses).toHaveLength(3);
    expect(first).toBeGreaterThanOrEqual(250);
    expect(second).toBeGreaterThanOrEqual(500);
    expect(third).toBeGreaterThanOrEqual(1000);
  });

  test('5xx without end names the server and the status', async () => {
    const { client } = troubled(() => new Response('', { status: 500 }));

    await expect(client.fetchProject()).rejects.toMatchObject({
      code: 'sentry-broken',
      message: expect.stringContaining('500'),
    });
  });

  test('a note that got lost on its way is not sent again', async () => {
    let posts = 0;
    const { client } = troubled((_, request) => {
      if (request.method === 'GET') return Response.json([]);
      posts += 1;
      return new Response('', { status: 502 });
    });

    await expect(client.addNote('1', 'text')).rejects.toMatchObject({ code: 'sentry-broken' });
    expect(posts).toBe(1);
  });

  test.each([
    ['another shape', Response.json({ id: '1' }), 'at slug'],
    ['a login page', new Response('<html>', { headers: { 'content-type': 'text/html' } }), 'the whole body'],
  ])('%s is named with its place', async (_, answer, place) => {
    const client = answering(() => answer);

    await expect(client.fetchProject()).rejects.toMatchObject({
      code: 'sentry-unexpected-answer',
      message: expect.stringContaining(place),
    });
  });

  test('a list with one bad issue names its field', async () => {
    const { client } = troubled((_, request) =>
      Response.json(request.url.includes('/projects/') ? { id: '1', slug: 'shop' } : [{ id: '1', shortId: 5 }]),
    );

    await expect(collect(client.listIssues())).rejects.toMatchObject({
      message: expect.stringContaining('0.shortId'),
    });
  });

  test('being stopped ends a wait with the reason of the stop', async () => {
    const controller = new AbortController();
    const reason = new Error('Ctrl-C');
    const { client } = embedded({ client: { signal: controller.signal } });

    const waiting = client.waitForEvent(id(1), { timeoutMs: 60_000 });
    controller.abort(reason);

    await expect(waiting).rejects.toBe(reason);
  });
});

function troubled(answer: (call: number, request: Request) => Response | Promise<Response>) {
  const clock = fakeClock();
  let calls = 0;
  const fetch = async (request: Request) => {
    calls += 1;
    return await answer(calls, request);
  };
  return { clock, client: sentryClient({ fetch, url: URL_OF_SERVER, org: 'acme', project: 'shop', clock }) };
}

function answering(answer: () => Response) {
  return troubled(answer).client;
}
