/** Lists of any length in pages of any size, with the links that Sentry writes and with links that lead in circles: all is read once, and it ends. */
import { expect, test } from 'vitest';
import { sentryClient } from '../../harness/adapters/sentry/sentry-client.ts';
import { seeded } from '../random.ts';
import { collect, fakeClock } from './embedded.ts';

interface Page {
  readonly items: readonly number[];
  readonly link: string | undefined;
}

const link = (rel: 'previous' | 'next', results: boolean, cursor: string) =>
  `<https://sentry.test/api/0/x/?a=1,2&cursor=${cursor}>; rel="${rel}"; results="${results}"; cursor="${cursor}"`;

/** Pages by the cursor that asks for them; `''` for the first. */
function clientOf(pages: ReadonlyMap<string, Page>) {
  const asked: string[] = [];
  const fetch = async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    if (url.pathname.endsWith('/shop/')) return Response.json({ id: '4', slug: 'shop' });
    const cursor = url.searchParams.get('cursor') ?? '';
    asked.push(cursor);
    const page = pages.get(cursor);
    if (page === undefined) throw new Error(`the cursor ${cursor} was never handed out`);
    const body = url.pathname.endsWith('/hashes/') ? page.items.map((id) => ({ id: hash(id) })) : page.items.map(issue);
    return Response.json(body, page.link === undefined ? {} : { headers: { link: page.link } });
  };
  const client = sentryClient({ fetch, url: 'https://sentry.corp', org: 'acme', project: 'shop', clock: fakeClock() });
  return { asked, client };
}

const hash = (id: number) => id.toString(16).padStart(32, '0');
const issue = (id: number) => ({
  id: String(id),
  shortId: `SHOP-${id}`,
  title: 'boom',
  level: 'error',
  permalink: 'https://sentry.corp/issues/1/',
  status: 'unresolved',
  project: { slug: 'shop' },
});

/** A list cut into pages of random sizes, empty ones among them, some items twice because others arrived in between. */
function randomPages(next: () => number): { pages: Map<string, Page>; count: number } {
  const pages = new Map<string, Page>();
  const sizes = Array.from({ length: 1 + Math.floor(next() * 8) }, () => Math.floor(next() * 6));
  let count = 0;
  sizes.forEach((size, index) => {
    const pushed = index > 0 && count > 0 && next() < 0.3 ? [count] : [];
    const items = [...pushed, ...Array.from({ length: size }, (_, at) => count + at + 1)];
    count += size;
    const isLast = index === sizes.length - 1;
    const parts = [
      ...(next() < 0.8 ? [link('previous', index > 0, `0:${Math.max(0, index - 1)}:1`)] : []),
      ...(isLast && next() < 0.3 ? [] : [link('next', !isLast, `0:${index + 1}:0`)]),
    ];
    if (next() < 0.2) parts.reverse();
    pages.set(index === 0 ? '' : `0:${index}:0`, { items, link: parts.length === 0 ? undefined : parts.join(', ') });
  });
  return { pages, count };
}

const CASES = 300;

test(`${CASES} lists in pages of any size are read whole, once, and no page too many is asked for`, async () => {
  for (let seed = 1; seed <= CASES; seed += 1) {
    const { next } = seeded(seed);
    const { pages, count } = randomPages(next);
    const { asked, client } = clientOf(pages);

    const all = await collect(client.listIssues());
    const askedForAll = asked.splice(0);
    const hashes = await client.fetchIssueHashes('1');
    const askedForHashes = asked.splice(0);
    const limit = 1 + Math.floor(next() * (count + 3));
    const some = await collect(client.listIssues({ limit }));
    const needed = [...pages.values()].reduce(
      ({ seen, pagesNeeded }, { items }) =>
        seen >= limit ? { seen, pagesNeeded } : { seen: Math.max(seen, ...items), pagesNeeded: pagesNeeded + 1 },
      { seen: 0, pagesNeeded: 0 },
    ).pagesNeeded;

    const expected = Array.from({ length: count }, (_, at) => at + 1);
    expect(
      all.map(({ id }) => Number(id)),
      `seed ${seed}`,
    ).toEqual(expected);
    expect(hashes, `seed ${seed}`).toEqual(expected.map(hash));
    expect([askedForAll, askedForHashes], `seed ${seed}`).toEqual([[...pages.keys()], [...pages.keys()]]);
    expect(
      some.map(({ id }) => Number(id)),
      `seed ${seed}`,
    ).toEqual(expected.slice(0, limit));
    expect(asked, `seed ${seed}`).toHaveLength(needed);
  }
});

test('a reader that stops is asked for no further page', async () => {
  const pages = new Map([
    ['', { items: [1, 2], link: link('next', true, '0:1:0') }],
    ['0:1:0', { items: [3], link: link('next', false, '0:2:0') }],
  ]);
  const { asked, client } = clientOf(pages);

  for await (const { id } of client.listIssues()) if (id === '2') break;

  expect(asked).toEqual(['']);
});

test(`${CASES} circles of any length end, each page read once`, async () => {
  for (let seed = 1; seed <= CASES; seed += 1) {
    const { next } = seeded(seed);
    const length = 1 + Math.floor(next() * 6);
    const back = 1 + Math.floor(next() * length);
    const pages = new Map<string, Page>();
    for (let index = 0; index <= length; index += 1) {
      const to = index === length ? back : index + 1;
      pages.set(index === 0 ? '' : `0:${index}:0`, { items: [index + 1], link: link('next', true, `0:${to}:0`) });
    }
    const { asked, client } = clientOf(pages);

    const all = await collect(client.listIssues());

    expect(
      all.map(({ id }) => Number(id)),
      `seed ${seed}`,
    ).toEqual(Array.from({ length: length + 1 }, (_, at) => at + 1));
    expect(asked, `seed ${seed}`).toEqual([...pages.keys()]);
  }
});

test('cursors that are new for ever end in a Failure', async () => {
  let calls = 0;
  const fetch = async (request: Request): Promise<Response> => {
    if (request.url.endsWith('/shop/')) return Response.json({ id: '4', slug: 'shop' });
    calls += 1;
    return Response.json([], { headers: { link: link('next', true, `0:${calls}:0`) } });
  };
  const client = sentryClient({ fetch, url: 'https://sentry.corp', org: 'acme', project: 'shop', clock: fakeClock() });

  await expect(collect(client.listIssues())).rejects.toMatchObject({
    code: 'sentry-unexpected-answer',
    message: expect.stringContaining('GET /organizations/acme/issues/ has no last page'),
  });
  expect(calls).toBe(1_001);
});

test.each([
  ['no header', undefined],
  ['an empty one', ''],
  ['one of another server', '<https://x.test/?page=2>; rel="next"'],
  ['one that says that there is nothing', link('next', false, '0:1:0')],
  ['a previous page only', link('previous', true, '0:1:0')],
  ['a cursor that is empty', link('next', true, '')],
])('a list with %s has one page', async (_, header) => {
  const { asked, client } = clientOf(new Map([['', { items: [1], link: header }]]));

  expect(await collect(client.listIssues())).toHaveLength(1);
  expect(asked).toEqual(['']);
});
