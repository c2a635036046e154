/** How issues come, go and come back, and how they are searched. */
import { describe, expect, test } from 'vitest';
import { collect, embedded, errorEvent, URL_OF_SERVER } from './embedded.ts';

type Sentry = ReturnType<typeof embedded>;

const DAY = 86_400_000;

async function found({ client }: Sentry, query: string): Promise<string[]> {
  return (await collect(client.listIssues({ query }))).map((issue) => issue.shortId).sort();
}

async function status({ client }: Sentry): Promise<[string, string | undefined]> {
  const issue = await client.fetchIssue('SHOP-1');
  return [issue.status, issue.substatus];
}

/** The same fault again, as another event. */
function again(event: number, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { ...errorEvent(1, more), event_id: event.toString(16).padStart(32, '0') };
}

describe('an issue', () => {
  test('that was resolved and gets a new event is unresolved and regressed', async () => {
    const sentry = embedded();
    await sentry.send(again(1));
    await sentry.client.updateIssue('1', { status: 'resolved' });

    await sentry.send(again(2));

    expect(await status(sentry)).toEqual(['unresolved', 'regressed']);
  });

  test('that was resolved in the next release stays so for events of the old one', async () => {
    const sentry = embedded();
    await sentry.send(again(1, { release: 'shop@1' }));
    await sentry.client.updateIssue('1', { status: 'resolvedInNextRelease' });

    await sentry.send(again(2, { release: 'shop@1' }));
    const afterOld = await status(sentry);
    sentry.clock.advance(DAY);
    await sentry.send(again(3, { release: 'shop@2' }));

    expect(afterOld).toEqual(['resolved', undefined]);
    expect(await status(sentry)).toEqual(['unresolved', 'regressed']);
  });

  test('that was resolved in a release comes back with an event of that very release', async () => {
    const sentry = embedded();
    await sentry.send(again(1, { release: 'shop@1' }));
    await sentry.send(errorEvent(5, { release: 'shop@2' }));
    await sentry.client.updateIssue('1', { status: 'resolved', statusDetails: { inRelease: 'shop@2' } });

    await sentry.send(again(2, { release: 'shop@1' }));
    const afterOld = await status(sentry);
    await sentry.send(again(3, { release: 'shop@2' }));

    expect(afterOld).toEqual(['resolved', undefined]);
    expect(await status(sentry)).toEqual(['unresolved', 'regressed']);
  });

  test('that was resolved in a release that no event came from yet stays so for events of older ones', async () => {
    const sentry = embedded();
    await sentry.send(again(1, { release: 'a1b2c3' }));
    sentry.clock.advance(DAY);
    await sentry.client.updateIssue('1', { status: 'resolved', statusDetails: { inRelease: 'd4e5f6' } });

    await sentry.send(again(2, { release: 'a1b2c3' }));
    const afterOld = await status(sentry);
    sentry.clock.advance(DAY);
    await sentry.send(again(3, { release: '0a1b2c' }));

    expect(afterOld).toEqual(['resolved', undefined]);
    expect(await status(sentry)).toEqual(['unresolved', 'regressed']);
  });

  test('that is archived stays archived when events come', async () => {
    const sentry = embedded();
    await sentry.send(again(1));
    await sentry.client.updateIssue('1', { status: 'ignored' });

    await sentry.send(again(2));

    expect(await status(sentry)).toEqual(['ignored', 'archived_forever']);
  });

  test('is new for a week', async () => {
    const sentry = embedded();
    await sentry.send(again(1));

    sentry.clock.advance(8 * DAY);

    expect(await status(sentry)).toEqual(['unresolved', 'ongoing']);
  });

  test('has a short id that counts in base 32, per project', async () => {
    const sentry = embedded();
    for (let number = 1; number <= 33; number += 1) await sentry.send(errorEvent(number));

    const issue = await sentry.client.fetchIssue('33');

    expect(issue.shortId).toBe('SHOP-11');
    expect((await sentry.client.fetchIssue('shop-11')).id).toBe('33');
  });

  test('keeps the hashes of the app and of the whole stack', async () => {
    const library = {
      filename: '/srv/node_modules/lib.js',
      abs_path: '/srv/node_modules/lib.js',
      function: 'call',
      in_app: false,
    };
    const app = { filename: '/srv/cart.js', abs_path: '/srv/cart.js', function: 'total', in_app: true };
    const sentry = embedded();
    await sentry.send({
      platform: 'node',
      exception: { values: [{ type: 'Error', value: 'x', stacktrace: { frames: [library, app] } }] },
    });
    await sentry.send({
      platform: 'node',
      exception: { values: [{ type: 'Error', value: 'y', stacktrace: { frames: [app] } }] },
    });

    expect(await sentry.client.fetchIssueHashes('1')).toHaveLength(2);
    expect(await found(sentry, '')).toEqual(['SHOP-1']);
  });
});

describe('a search', () => {
  async function stocked(): Promise<Sentry> {
    const sentry = embedded();
    const trace = 'ab'.repeat(16);
    await sentry.send(
      errorEvent(1, { release: 'shop@1', environment: 'ci', tags: { tenant: 'acme', note: '100% "sure"' } }),
    );
    await sentry.send(errorEvent(2, { level: 'warning', release: 'shop@2', contexts: { trace: { trace_id: trace } } }));
    await sentry.send(errorEvent(3, { environment: 'production', user: { id: '7' } }));
    await sentry.send({ ...errorEvent(3), event_id: 'f'.repeat(32) });
    await sentry.client.updateIssue('3', { status: 'resolved' });
    return sentry;
  }

  test.each([
    ['', ['SHOP-1', 'SHOP-2', 'SHOP-3']],
    ['is:unresolved', ['SHOP-1', 'SHOP-2']],
    ['is:resolved', ['SHOP-3']],
    ['!is:resolved level:warning', ['SHOP-2']],
    ['level:[warning,error]', ['SHOP-1', 'SHOP-2', 'SHOP-3']],
    ['release:shop@1', ['SHOP-1']],
    ['release:shop@*', ['SHOP-1', 'SHOP-2']],
    ['release:latest', ['SHOP-2']],
    ['!environment:ci', ['SHOP-2', 'SHOP-3']],
    ['environment:""', ['SHOP-2', 'SHOP-3']],
    [`trace:${'ab'.repeat(16)}`, ['SHOP-2']],
    ['tenant:acme', ['SHOP-1']],
    ['has:tenant', ['SHOP-1']],
    ['!has:tenant', ['SHOP-2', 'SHOP-3']],
    [String.raw`note:"100% \"sure\""`, ['SHOP-1']],
    ['timesSeen:>1', ['SHOP-3']],
    ['user:"id:7"', ['SHOP-3']],
    ['error.type:TypeError', ['SHOP-1', 'SHOP-2', 'SHOP-3']],
    ['"fault 2"', ['SHOP-2']],
    ['FAULT is:unresolved', ['SHOP-1', 'SHOP-2']],
    ['100%', []],
    ['lastSeen:-1h', ['SHOP-1', 'SHOP-2', 'SHOP-3']],
    ['SHOP-3', ['SHOP-3']],
    ['f'.repeat(32), ['SHOP-3']],
    ["'; DROP TABLE issues; --", []],
  ])('for %j finds %j', async (query, expected) => {
    expect(await found(await stocked(), query)).toEqual(expected);
  });

  test.each([
    ['is:broken', 'Invalid value for "is" search'],
    ['level:error OR level:info', 'Boolean statements'],
    ['"open', 'Parse error'],
    ['timesSeen:>many', 'Invalid number'],
  ])('for %j is refused with a reason', async (query, detail) => {
    const { client } = embedded();

    await expect(collect(client.listIssues({ query }))).rejects.toMatchObject({
      code: 'sentry-refused-request',
      message: expect.stringContaining(detail),
    });
  });

  test.each([
    ['/api/0/organizations/acme/issues/', 404],
    ['/api/0/organizations/mendwright/issues/99/', 404],
    ['/api/0/organizations/mendwright/issues/?cursor=x', 400],
    ['/api/0/organizations/mendwright/issues/?limit=1000', 400],
    ['/api/0/organizations/mendwright/events/?dataset=errors', 400],
    ['/api/0/organizations/mendwright/events/?dataset=errors&field=id&field=nope()', 400],
    ['/api/0/organizations/mendwright/events/?dataset=spans&field=id', 200],
    ['/api/0/nothing/', 404],
    ['/api/0/', 200],
    ['/api/0/organizations/', 200],
    ['/api/0/organizations/mendwright/', 200],
    ['/api/0/organizations/mendwright/projects/', 200],
    ['/api/0/organizations/mendwright/shortids/SHOP-99/', 404],
    ['/api/0/projects/mendwright/shop/issues/', 200],
  ])('%s is answered with %i and, when refused, a detail', async (path, expected) => {
    const { server } = embedded();

    const answer = await server(new Request(`${URL_OF_SERVER}${path}`));

    expect(answer.status).toBe(expected);
    if (expected >= 400) expect(await answer.json()).toEqual({ detail: expect.any(String) });
  });

  test('a foreign page cannot write', async () => {
    const sentry = embedded();
    await sentry.send(errorEvent(1));
    const request = new Request(`${URL_OF_SERVER}/api/0/organizations/mendwright/issues/1/notes/`, {
      method: 'POST',
      body: '{"text":"hello"}',
      headers: { origin: 'http://evil.test' },
    });

    const answer = await sentry.server(request);

    expect(answer.status).toBe(403);
  });
});
