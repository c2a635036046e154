/** Sentry's issue-search language and the sorts of the issue list. */
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { errorEvent } from './embedded.ts';
import { emptyServer, item, type RichServer } from './rich-server.ts';

const Issues = z.array(z.object({ shortId: z.string() }));
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

async function found({ call }: RichServer, parameters: Record<string, string>): Promise<string[]> {
  const answer = await call('GET', `/organizations/mendwright/issues/?${new URLSearchParams(parameters)}`);
  expect(answer.status).toBe(200);
  return Issues.parse(await answer.json()).map(({ shortId }) => shortId.replace('SHOP-', ''));
}

async function occur(
  { send }: RichServer,
  fault: number,
  times: number,
  more: Record<string, unknown> = {},
): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    const { event_id: _, ...event } = errorEvent(fault, more);
    await send({}, item('event', event));
  }
}

async function change({ call }: RichServer, issue: number, body: unknown): Promise<void> {
  expect((await call('PUT', `/organizations/mendwright/issues/${issue}/`, body)).status).toBe(200);
}

let rich: RichServer;

beforeAll(async () => {
  rich = emptyServer();
  await rich.call('POST', '/organizations/mendwright/teams/', { slug: 'keepers' });
  await occur(rich, 1, 1, {
    release: 'shop@1.10.0',
    user: { id: '7', email: 'ada@acme.test', username: 'ada', ip_address: '10.0.0.7' },
  });
  rich.clock.advance(10 * DAY);
  await occur(rich, 2, 3, {
    release: 'shop@1.9.0',
    environment: 'ci',
    tags: { till: '4', 'odd key': 'x y' },
    request: { url: 'http://shop.test/pay', method: 'POST' },
  });
  await occur(rich, 3, 1, { level: 'warning', logentry: { message: 'stock is low' } });
  await occur(rich, 4, 1, {
    exception: {
      values: [{ type: 'RangeError', value: '100% of [a,b]', mechanism: { type: 'generic', handled: false } }],
    },
  });
  for (const issue of [5, 6, 7]) await occur(rich, issue, 1);
  await change(rich, 1, { assignedTo: 'me' });
  await change(rich, 2, { assignedTo: '#keepers', isBookmarked: true });
  await change(rich, 5, { status: 'resolved' });
  await change(rich, 6, { status: 'ignored', substatus: 'archived_until_escalating' });
  await change(rich, 7, { status: 'ignored', statusDetails: { ignoreCount: 5 } });
  await occur(rich, 5, 1);
});

describe('a search', () => {
  test.each([
    ['is:unresolved', '12345'],
    ['is:resolved', ''],
    ['is:archived', '67'],
    ['is:ignored', '67'],
    ['is:archived_until_escalating', '6'],
    ['is:archived_until_condition_met', '7'],
    ['is:archived_forever', ''],
    ['is:new', '234'],
    ['is:ongoing', '1'],
    ['is:regressed', '5'],
    ['is:escalating', ''],
    ['is:for_review', '2345'],
    ['is:assigned', '12'],
    ['is:unassigned', '34567'],
    ['is:unhandled', '4'],
    ['is:linked', ''],
    ['is:[assigned,regressed]', '125'],
    ['!is:unresolved', '67'],
    ['assigned:me', '1'],
    ['assigned:#keepers', '2'],
    ['assigned:none', '34567'],
    ['assigned:[me, none]', '134567'],
    ['!assigned:me', '234567'],
    ['assigned_or_suggested:my_teams', '2'],
    ['bookmarks:me', '2'],
    ['level:warning', '3'],
    ['!level:warning', '124567'],
    ['level:[warning, fatal]', '3'],
    ['release:shop@1.9.0', '2'],
    ['release:latest', '1'],
    ['firstRelease:latest', '1'],
    ['environment:ci', '2'],
    ['firstSeen:-1d', '234567'],
    ['firstSeen:+1d', '1'],
    ['age:-24h', '234567'],
    ['age:+7d', '1'],
    ['firstSeen:2026-11-23', '1'],
    ['firstSeen:>2026-11-24', '234567'],
    ['lastSeen:<2026-11-24T00:00:00', '1'],
    ['timesSeen:3', '2'],
    ['timesSeen:>1', '25'],
    ['timesSeen:>=2 timesSeen:<3', '5'],
    ['timesSeen:[1,3] is:assigned', '12'],
    ['error.type:RangeError', '4'],
    ['error.type:Range*', '4'],
    ['!error.type:TypeError', '4'],
    ['error.value:"100% of [a,b]"', '4'],
    ['error.value:"100%*"', '4'],
    ['error.unhandled:true', '4'],
    ['message:"fault 2"', '2'],
    ['message:"FAULT*3"', '3'],
    ['!message:fault', '4'],
    ['user.id:7', '1'],
    ['user.email:*@acme.test', '1'],
    ['user.email:ada@acme.test', '1'],
    ['user.username:ada', '1'],
    ['user.ip:10.0.0.7', '1'],
    ['user:id:7', '1'],
    ['has:user', '1'],
    ['has:user.email', '1'],
    ['!has:user.email', '234567'],
    ['till:4', '2'],
    ['tags[till]:4', '2'],
    ['"odd key":"x y"', '2'],
    ['has:till', '2'],
    ['!till:4', '134567'],
    ['http.method:POST', '2'],
    ['url:*/pay', '2'],
    ['stack.filename:/srv/cart.js !stack.function:total1', '23567'],
    ['stack.function:total1', '1'],
    ['issue.category:error', '1234567'],
    ['issue.priority:medium', '3'],
    ['fault', '123567'],
    ['"fault 5"', '5'],
    ['fault is:assigned !till:4', '1'],
    ['SHOP-3', '3'],
    ['', '1234567'],
  ])('for %j finds %s', async (query, expected) => {
    expect((await found(rich, { query })).sort().join('')).toBe(expected);
  });

  test.each([
    ['is:lost', 'Invalid value for "is" search'],
    ['firstSeen:>yesterday', 'not a valid ISO8601 date'],
    ['timesSeen:many', 'Invalid number'],
    ['(level:error)', 'Boolean statements'],
  ])('for %j is refused', async (query, detail) => {
    const answer = await rich.call('GET', `/organizations/mendwright/issues/?${new URLSearchParams({ query })}`);

    expect([answer.status, await answer.json()]).toEqual([400, { detail: expect.stringContaining(detail) }]);
  });

  test('by hashes finds the issues that have them', async () => {
    const hashes = z
      .array(z.object({ id: z.string() }))
      .parse(await (await rich.call('GET', '/organizations/mendwright/issues/2/hashes/')).json());

    const answer = await rich.call('GET', `/projects/mendwright/shop/issues/?query=&hashes=${hashes[0]?.id}`);

    expect(Issues.parse(await answer.json())).toEqual([{ shortId: 'SHOP-2' }]);
  });

  test('says how many it found, and pages through them', async () => {
    const first = await rich.call('GET', '/organizations/mendwright/issues/?query=&limit=5');
    const cursor =
      /rel="next"; results="true"; cursor="(?<cursor>[^"]+)"/.exec(first.headers.get('link') ?? '')?.groups?.cursor ??
      '';
    const second = await rich.call('GET', `/organizations/mendwright/issues/?query=&limit=5&cursor=${cursor}`);

    expect(first.headers.get('x-hits')).toBe('7');
    expect(Issues.parse(await first.json())).toHaveLength(5);
    expect(Issues.parse(await second.json())).toHaveLength(2);
    expect(second.headers.get('link')).toContain('rel="next"; results="false"');
  });
});

describe('the list is sorted', () => {
  test.each([
    ['date', 'by the last event', '3124'],
    ['new', 'by the first event', '4321'],
    ['freq', 'by events', '1342'],
    ['user', 'by users', '2143'],
    ['trends', 'by what has grown within a day', '4312'],
    ['recommended', 'by priority, then the last event', '3142'],
    ['inbox', 'by when an issue came up', '4321'],
  ])('%s: %s', async (sort, _, expected) => {
    const shop = emptyServer();
    const step = () => shop.clock.advance(HOUR);
    await occur(shop, 1, 6);
    shop.clock.advance(2 * DAY);
    for (const id of ['1', '2', '3']) await occur(shop, 2, 1, { level: 'info', user: { id } });
    step();
    await occur(shop, 3, 2);
    shop.clock.advance(2 * DAY);
    await occur(shop, 4, 4, { level: 'error' });
    step();
    await occur(shop, 2, 1, { level: 'info', user: { id: '1' } });
    step();
    await occur(shop, 1, 1, { user: { id: '1' } });
    await occur(shop, 1, 1, { user: { id: '2' } });
    step();
    await occur(shop, 3, 1);
    for (let more = 0; more < 3; more += 1) await occur(shop, 3, 1);

    const sorted = await found(shop, { query: '', sort });

    expect(sorted.join('')).toBe(expected);
  });
});

describe('a chain of exceptions', () => {
  let shop: RichServer;
  beforeAll(async () => {
    shop = emptyServer();
    const chain = (...types: string[]) => ({
      exception: { values: types.map((type) => ({ type, value: `${type} text` })) },
    });
    await occur(shop, 1, 1, { ...chain('DatabaseError', 'OrderError'), level: 'fatal' });
    await occur(shop, 2, 1, chain('DatabaseError'));
    await occur(shop, 3, 1, chain('OrderError', 'PageError'));
    await occur(shop, 3, 1, { ...chain('OrderError', 'PageError'), tags: { till: '4' } });
  });

  test.each([
    ['error.type:DatabaseError', '12', 2],
    ['error.type:OrderError', '13', 3],
    ['error.type:PageError', '3', 2],
    ['error.type:Data*', '12', 2],
    ['error.type:[DatabaseError,PageError]', '123', 4],
    ['!error.type:DatabaseError', '3', 2],
    ['!error.type:OrderError', '2', 1],
    ['error.type:DatabaseError level:fatal', '1', 1],
    ['error.type:OrderError till:4', '3', 1],
    ['!error.type:OrderError till:4', '', 0],
    ['error.type:DatabaseError error.type:OrderError', '1', 1],
    ['error.type:""', '', 0],
    ['error.value:"DatabaseError text"', '2', 1], // Of the main exception only: docs/embedded-sentry.md.
  ])('for %j issues %s and %d events are found', async (query, issues, events) => {
    const parameters = new URLSearchParams({ query, dataset: 'errors', field: 'id', per_page: '50' });
    const answer = await shop.call('GET', `/organizations/mendwright/events/?${parameters}`);

    expect((await found(shop, { query })).sort().join('')).toBe(issues);
    expect(z.object({ data: z.array(z.unknown()) }).parse(await answer.json()).data).toHaveLength(events);
  });
});
