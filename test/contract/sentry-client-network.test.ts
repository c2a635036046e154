/** The client on a loopback port, against a double that is late, cut off, redirected, limited or no Sentry at all. */
import { describe, expect, test } from 'vitest';
import { type SentryClientOptions, sentryClient } from '../../harness/adapters/sentry/sentry-client.ts';
import { type FakeClock, fakeClock } from './embedded.ts';
import { type Double, doubled, EVENT, json, ORG, PROJECT, SECRET } from './sentry-double.ts';

const TOKEN = `sntryu_${SECRET}`;
const NOW = Date.parse('2026-11-23T02:00:00Z');

function clientOf(url: string, more: Partial<SentryClientOptions> & { clock?: FakeClock } = {}) {
  const clock = more.clock ?? fakeClock();
  return {
    clock,
    client: sentryClient({ url, org: ORG, project: PROJECT, token: TOKEN, clock, random: () => 0.5, ...more }),
  };
}

describe('the address', () => {
  test.each(['', '/', '/api/0', '/api/0/'])('of a self-hosted server with a prefix may end in “%s”', async (end) => {
    const double = await doubled({ prefix: '/tools/sentry' });

    await clientOf(`${double.url}${end}`).client.checkAccess();

    expect(double.heard.map(({ url }) => url.pathname)).toEqual([
      '/tools/sentry/api/0/projects/acme/shop/',
      '/tools/sentry/api/0/organizations/acme/issues/',
      '/tools/sentry/api/0/organizations/acme/events/',
    ]);
  });

  test.each([
    ['a password', 'https://me:hunter2@sentry.corp'],
    ['another scheme', 'ftp://sentry.corp'],
    ['no address', 'sentry.corp'],
  ])('with %s is refused without being quoted, and nothing is sent', async (_, url) => {
    const { client } = clientOf(url, { fetch: () => Promise.reject(new Error('was sent')) });

    const failure = await client.fetchProject().catch((error: unknown) => error);

    expect(failure).toMatchObject({ kind: 'usage', code: 'sentry-url-malformed' });
    expect(String(failure)).not.toContain('hunter2');
  });
});

/** Leads the hosts of sentry.io to doubles. */
function hosts(map: Readonly<Record<string, Double>>) {
  const asked: string[] = [];
  const lead = async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    asked.push(url.host);
    const double = map[url.host];
    if (double === undefined) throw new Error(`${url.host} was asked`);
    return fetch(new Request(`${double.url}${url.pathname}${url.search}`, request));
  };
  return { asked, lead };
}

describe('regions', () => {
  test.each([
    'https://sentry.io',
    'https://acme.sentry.io/',
    'https://sentry.io/api/0/',
    'https://acme.sentry.io/issues/12/',
  ])('%s is asked where the organisation lives, once, and all else goes there with the token', async (url) => {
    const entry = await doubled({ regionUrl: 'https://de.sentry.io' });
    const region = await doubled();
    const { lead } = hosts({ [new URL(url).host]: entry, 'de.sentry.io': region });
    const { client } = clientOf(url, { fetch: lead });

    await client.checkAccess();
    await client.fetchIssue('7');

    expect(entry.heard.map(({ path }) => path)).toEqual(['/organizations/acme/']);
    expect(region.heard.map(({ path }) => path)).toContain('/organizations/acme/issues/7/');
    expect(new Set(region.heard.map(({ authorization }) => authorization))).toEqual(new Set([`Bearer ${TOKEN}`]));
  });

  test.each([
    ['none', ''],
    ['one that is not sentry.io', 'https://sentry.io.evil.test'],
    ['one without TLS', 'http://de.sentry.io'],
  ])('an organisation whose region is %s is asked where it was found', async (_, regionUrl) => {
    const entry = await doubled({ regionUrl });
    const { asked, lead } = hosts({ 'sentry.io': entry });

    await clientOf('https://sentry.io', { fetch: lead }).client.fetchProject();

    expect(new Set(asked)).toEqual(new Set(['sentry.io']));
  });

  test('a server of one’s own is not asked for a region, whatever it would say', async () => {
    const double = await doubled({ regionUrl: 'http://10.0.0.1:9000' });

    await clientOf(double.url).client.fetchProject();

    expect(double.heard.map(({ path }) => path)).toEqual(['/projects/acme/shop/']);
  });

  test('a redirect to another region is followed with the token and the method', async () => {
    const old = await doubled({
      answer: ({ url, path }, response) => {
        if (!path.includes('/issues/')) return false;
        response.writeHead(302, { location: `https://de.sentry.io${url.pathname}` }).end();
        return true;
      },
    });
    const region = await doubled();
    const { lead } = hosts({ 'us.sentry.io': old, 'de.sentry.io': region });

    const status = await clientOf('https://us.sentry.io', { fetch: lead }).client.updateIssue('7', {
      status: 'resolved',
    });

    expect(status).toBe('resolved');
    expect(region.heard).toMatchObject([
      { method: 'PUT', authorization: `Bearer ${TOKEN}`, body: '{"status":"resolved"}' },
    ]);
  });
});

describe('redirects', () => {
  const redirecting = (location: string, status = 302) =>
    doubled({
      answer: ({ path }, response) => {
        if (path !== '/projects/acme/old/') return false;
        response.writeHead(status, { location }).end('{"detail":{"code":"resource-moved"}}');
        return true;
      },
    });

  test('a project that was renamed is found under its new name', async () => {
    const double = await redirecting('/api/0/projects/acme/shop/');

    expect(await clientOf(double.url, { project: 'old' }).client.fetchProject()).toEqual({
      projectId: '4',
      slug: 'shop',
    });
  });

  test('a login page is named, without the secrets in its address, and not asked', async () => {
    const double = await redirecting('/auth/login/?next=%2Fapi&state=geheim');

    const failure = await clientOf(double.url, { project: 'old' })
      .client.fetchProject()
      .catch((error: unknown) => error);

    expect(failure).toMatchObject({
      code: 'sentry-redirected',
      message: expect.stringContaining(`${double.url}/auth/login/.`),
      hint: expect.stringContaining('login page'),
    });
    expect(String(failure)).not.toContain('geheim');
    expect(double.heard).toHaveLength(1);
  });

  test('another server is not asked, and gets no token', async () => {
    const stranger = await doubled();
    const double = await redirecting(
      `${stranger.url.replace('127.0.0.1', 'localhost')}/api/0/projects/acme/shop/`,
      308,
    );

    await expect(clientOf(double.url, { project: 'old' }).client.fetchProject()).rejects.toMatchObject({
      code: 'sentry-redirected',
    });
    expect(stranger.heard).toEqual([]);
  });

  test('a circle ends', async () => {
    const double = await redirecting('/api/0/projects/acme/old/');

    await expect(clientOf(double.url, { project: 'old' }).client.fetchProject()).rejects.toMatchObject({
      code: 'sentry-redirected',
    });
    expect(double.heard).toHaveLength(4);
  });
});

describe('limits', () => {
  test.each([
    [
      'a window that is used up is waited for to its end, which Sentry names in seconds since 1970',
      { limit: '40', remaining: '0', reset: String(NOW / 1000 + 20), concurrentremaining: '24' },
      20_250,
    ],
    [
      'too many at once is tried again soon, not at the end of the window',
      { remaining: '30', reset: String(NOW / 1000 + 50), concurrentremaining: '0' },
      375,
    ],
  ])('%s', async (_, limit, pause) => {
    const headers = Object.fromEntries(
      Object.entries(limit).map(([name, value]) => [`x-sentry-rate-limit-${name}`, value]),
    );
    const double = await doubled({
      answer: ({ number }, response) => number === 1 && json(response, 429, { detail: 'too many' }, headers),
    });
    const { client, clock } = clientOf(double.url);

    await client.fetchProject();

    expect(clock.pauses).toEqual([pause]);
  });

  test('a window that ends too late is told with its end', async () => {
    const double = await doubled({
      answer: (_, response) =>
        json(
          response,
          429,
          {},
          { 'x-sentry-rate-limit-reset': String(NOW / 1000 + 3600), 'x-sentry-rate-limit-remaining': '0' },
        ),
    });

    await expect(clientOf(double.url).client.fetchProject()).rejects.toMatchObject({
      code: 'sentry-rate-limited',
      message: expect.stringContaining('before 2026-11-23T03:00:00.000Z'),
    });
  });

  test('never more requests run at once than Sentry allows', async () => {
    let running = 0;
    let most = 0;
    const double = await doubled({
      answer: async ({ path }, response) => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        return json(
          response,
          200,
          path.endsWith('/shop/') ? { id: 4, slug: PROJECT } : { groupId: 7, eventId: EVENT },
          {
            'x-sentry-rate-limit-concurrentlimit': '3',
          },
        );
      },
    });
    const { client } = clientOf(double.url);
    const all = () => Promise.all(Array.from({ length: 30 }, () => client.findIssueOfEvent(EVENT)));

    await all();
    const mostAtFirst = most;
    most = 0;
    await all();

    expect(mostAtFirst).toBeGreaterThan(1);
    expect(mostAtFirst).toBeLessThanOrEqual(8);
    expect(most).toBeLessThanOrEqual(3);
    expect(double.heard).toHaveLength(60);
  });
});

describe('trouble on the way', () => {
  test.each([
    ['502 of a proxy', (number: number) => number < 3],
    ['502 for ever', () => true],
  ])('%s is tried five times at most, with growing pauses', async (_, isBroken) => {
    const double = await doubled({
      answer: ({ number }, response) => {
        if (!isBroken(number)) return false;
        response.writeHead(502, { 'content-type': 'text/html' }).end('<html>Bad gateway</html>');
        return true;
      },
    });
    const { client, clock } = clientOf(double.url);

    const outcome = await client.fetchProject().catch((error: unknown) => error);

    expect(outcome).toMatchObject(isBroken(5) ? { code: 'sentry-broken' } : { slug: PROJECT });
    expect(clock.pauses).toEqual([375, 750, 1500, 3000].slice(0, double.heard.length - 1));
    expect(double.heard).toHaveLength(isBroken(5) ? 5 : 3);
  });

  test('a connection that is cut, before or within the answer, is tried again', async () => {
    const double = await doubled({
      answer: ({ number }, response) => {
        if (number > 2) return false;
        if (number === 2)
          response.writeHead(200, { 'content-type': 'application/json', 'content-length': '900' }).write('{"id"');
        response.socket?.destroySoon();
        return true;
      },
    });
    const { client, clock } = clientOf(double.url);

    expect(await client.fetchProject()).toEqual({ projectId: '4', slug: PROJECT });
    expect(clock.pauses).toHaveLength(2);
  });

  test('a body that does not come to its end in time is tried again, and told at last', async () => {
    const clock = fakeClock();
    const double = await doubled({
      answer: (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json' }).write('[');
        setImmediate(clock.expire);
        return true;
      },
    });

    await expect(clientOf(double.url, { clock }).client.fetchProject()).rejects.toMatchObject({
      code: 'sentry-unreachable',
      message: `Sentry at ${double.url} does not answer in time.`,
    });
    expect(double.heard).toHaveLength(5);
  });

  test('a body without end is left', async () => {
    const chunk = new Uint8Array(4_000_000).fill(32);
    let isCancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(chunk),
      cancel: () => {
        isCancelled = true;
      },
    });
    const { client } = clientOf('http://sentry.test', { fetch: async () => new Response(endless) });

    await expect(client.fetchProject()).rejects.toMatchObject({
      code: 'sentry-unexpected-answer',
      message: expect.stringContaining('does not end'),
    });
    expect(isCancelled).toBe(true);
  });

  test.each([
    ['a login page', 200],
    ['a page of another server', 404],
    ['a firewall', 403],
  ])('%s instead of JSON (%d) is called so', async (_, status) => {
    const double = await doubled({
      answer: (_heard, response) => {
        response
          .writeHead(status, { 'content-type': 'text/html; charset=utf-8' })
          .end('<!doctype html><title>Sign in</title>');
        return true;
      },
    });

    await expect(clientOf(double.url).client.fetchProject()).rejects.toMatchObject({
      code: 'sentry-unexpected-answer',
      message: expect.stringContaining(`with a web page (status ${status})`),
      hint: expect.stringContaining('login page or proxy'),
    });
    expect(double.heard).toHaveLength(1);
  });
});

describe('being stopped', () => {
  const reason = new Error('Ctrl-C');

  test('ends a request whose answer does not come', async () => {
    const stop = new AbortController();
    const double = await doubled({
      answer: () => {
        stop.abort(reason);
        return true;
      },
    });

    await expect(clientOf(double.url, { signal: stop.signal }).client.fetchProject()).rejects.toBe(reason);
  });

  test('ends a body that does not end', async () => {
    const stop = new AbortController();
    const double = await doubled({
      answer: (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json' }).write('{');
        setImmediate(() => stop.abort(reason));
        return true;
      },
    });

    await expect(clientOf(double.url, { signal: stop.signal }).client.fetchProject()).rejects.toBe(reason);
  });

  test('ends the pause before another try', async () => {
    const stop = new AbortController();
    const double = await doubled({ answer: (_, response) => json(response, 503, {}) });
    const clock: FakeClock = {
      ...fakeClock(),
      wait: async (_ms, signal) => {
        stop.abort(reason);
        signal?.throwIfAborted();
      },
    };

    await expect(clientOf(double.url, { signal: stop.signal, clock }).client.fetchProject()).rejects.toBe(reason);
    expect(double.heard).toHaveLength(1);
  });

  test('ends those that wait for their turn', async () => {
    const stop = new AbortController();
    const double = await doubled({
      answer: ({ number }) => {
        if (number === 8) stop.abort(reason);
        return true;
      },
    });
    const { client } = clientOf(double.url, { signal: stop.signal });

    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => client.findIssueOfEvent(EVENT)));

    expect(outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason)).toEqual(Array(20).fill(reason));
    expect(double.heard).toHaveLength(8);
  });
});

describe('notes', () => {
  const NOTES = '/organizations/acme/issues/7/notes/';
  const note = (text: string) => ({
    id: '70',
    type: 'note',
    user: null,
    data: { text },
    dateCreated: '2026-11-23T02:00:00Z',
  });

  /** Says what happens to the POST; the note is listed once `isThere`. */
  const noting = (
    post: (number: number) => 'cut' | 502 | 400 | 'said' | 429 | 201,
    listed: (gets: number) => boolean,
  ) => {
    let gets = 0;
    let posts = 0;
    return doubled({
      answer: ({ method, path }, response) => {
        if (path !== NOTES) return false;
        if (method === 'GET')
          return json(response, 200, listed(++gets) ? [note(' branch mend/shop-7\n')] : [note('other')]);
        const fate = post(++posts);
        if (fate === 'cut') {
          response.socket?.destroy();
          return true;
        }
        if (fate === 'said') return json(response, 400, { detail: 'You have already posted that comment.' });
        if (fate === 400) return json(response, 400, { text: ['Invalid'] });
        if (fate === 201) return json(response, 201, note('branch mend/shop-7'));
        return json(response, fate, {});
      },
    });
  };

  test.each([
    ['is there already', 201, () => true, { value: false, posts: 0 }],
    ['is written', 201, () => false, { value: true, posts: 1 }],
    ['was written by another process in between', 400, (gets: number) => gets > 1, { value: false, posts: 1 }],
    ['was written within the hour, says Sentry', 'said', () => false, { value: false, posts: 1 }],
    ['arrived, but its answer was cut off', 'cut', (gets: number) => gets > 1, { value: true, posts: 1 }],
    ['arrived, but a proxy said 502', 502, (gets: number) => gets > 1, { value: true, posts: 1 }],
  ] as const)('one that %s', async (_, fate, listed, { value, posts }) => {
    const double = await noting(() => fate, listed);

    const written = await clientOf(double.url).client.addNote('7', 'branch mend/shop-7');

    expect(written).toBe(value);
    expect(double.heard.filter(({ method }) => method === 'POST')).toHaveLength(posts);
  });

  test.each([
    ['cut', 'sentry-unreachable'],
    [502, 'sentry-broken'],
    [400, 'sentry-refused-request'],
  ] as const)('one that met %s and is not there is told, and not sent again', async (fate, code) => {
    const double = await noting(
      () => fate,
      () => false,
    );

    await expect(clientOf(double.url).client.addNote('7', 'branch mend/shop-7')).rejects.toMatchObject({ code });
    expect(double.heard.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  test('one that shall wait is sent again', async () => {
    const double = await noting(
      (posts) => (posts === 1 ? 429 : 201),
      () => false,
    );

    expect(await clientOf(double.url).client.addNote('7', 'branch mend/shop-7')).toBe(true);
    expect(double.heard.filter(({ method }) => method === 'POST')).toHaveLength(2);
  });
});
