/** Issues become one, are split again, deleted and discarded: at once for who asks, and for what comes later. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { sentryServer } from '../../harness/sentry-server/sentry-server.ts';
import { envelopeRequest, errorEvent, URL_OF_SERVER } from './embedded.ts';
import { publishedValidator } from './published.ts';
import { emptyServer, item, type RichServer } from './rich-server.ts';

const ORG = '/organizations/mendwright';

let sentry: RichServer;
let sent = 0;
beforeEach(() => {
  sentry = emptyServer();
  sent = 0;
});

/** Of the fault with that number, each with an id of its own. */
async function send(fault: number, more: Record<string, unknown> = {}): Promise<string> {
  sent += 1;
  const id = (0xe000 + sent).toString(16).padStart(32, '0');
  await sentry.send({ event_id: id }, item('event', { ...errorEvent(fault), event_id: id, ...more }));
  return id;
}

async function read<T>(path: string, shape: z.ZodType<T>): Promise<T> {
  const answer = await sentry.call('GET', path);
  if (answer.status !== 200) throw new Error(`${answer.status} ${path}`);
  return shape.parse(await answer.json());
}

const Issue = z.looseObject({ id: z.string(), shortId: z.string(), title: z.string(), count: z.string() });
const issueNamed = (name: string) => read(`${ORG}/issues/${name}/`, Issue);
const listed = async (query = '') =>
  (await read(`${ORG}/issues/?sort=new&query=${query}`, z.array(Issue))).map(({ title }) => title).sort();
const Ids = z.array(z.object({ id: z.string() })).transform((all) => all.map(({ id }) => id).sort());
const eventsOf = (issue: string) => read(`${ORG}/issues/${issue}/events/?per_page=100`, Ids);
const hashesOf = (issue: string) => read(`${ORG}/issues/${issue}/hashes/`, Ids);
const statusOf = async (method: string, path: string, body?: unknown) => (await sentry.call(method, path, body)).status;

const DAY = 24 * 3_600_000;

/** Issue 1 has two events, issue 2 has three. */
async function twoIssues(): Promise<{ first: string[]; second: string[] }> {
  const till = (value: string) => ({ tags: { till: value } });
  const first = [
    await send(1, { release: 'shop@1.0.0', user: { id: '7' }, ...till('4') }),
    await send(1, { user: { id: '8' } }),
  ];
  sentry.clock.advance(DAY);
  const second = [
    await send(2, { release: 'shop@2.0.0', user: { id: '8' }, ...till('4') }),
    await send(2, { user: { id: '9' }, ...till('5') }),
    await send(2),
  ];
  return { first, second };
}

describe('merging', () => {
  test('makes one issue of what several counted', async () => {
    const { first, second } = await twoIssues();
    const hashes = [...(await hashesOf('1')), ...(await hashesOf('2'))].sort();

    const answer = await sentry.call('PUT', `${ORG}/issues/?id=1&id=2`, { merge: 1 });
    const body: unknown = await answer.json();

    const validate = publishedValidator('PUT /api/0/organizations/:org/issues/', 200);
    expect([answer.status, body, validate?.(body), validate?.errors]).toEqual([
      200,
      { merge: { parent: '2', children: ['1'] } },
      true,
      null,
    ]);
    expect(await issueNamed('2')).toMatchObject({
      count: '5',
      userCount: 3,
      firstSeen: '2026-11-23T14:00:00.000Z',
      lastSeen: '2026-11-24T14:00:00.000Z',
      firstRelease: { version: 'shop@1.0.0' },
      lastRelease: { version: 'shop@2.0.0' },
      activity: expect.arrayContaining([expect.objectContaining({ type: 'merge', data: { issues: [{ id: '1' }] } })]),
    });
    expect(await read(`${ORG}/issues/2/tags/till/`, z.looseObject({ totalValues: z.int() }))).toMatchObject({
      totalValues: 3,
      topValues: [
        { value: '4', count: 2 },
        { value: '5', count: 1 },
      ],
    });
    const stats = z.object({ stats: z.object({ '14d': z.array(z.tuple([z.number(), z.number()])) }) });
    const [{ stats: timeline } = stats.parse({})] = await read(
      `${ORG}/issues/?query=&groupStatsPeriod=14d`,
      z.array(stats),
    );
    expect(timeline['14d'].map(([, count]) => count).filter((count) => count > 0)).toEqual([2, 3]);
    expect(await listed()).toEqual(['TypeError: fault 2']);
    expect(await hashesOf('2')).toEqual(hashes);
    await expect.poll(() => eventsOf('2')).toEqual([...first, ...second].sort());
  });

  test('and unmerging are told on the page for people', async () => {
    await twoIssues();
    const [hash = ''] = await hashesOf('1');
    const page = async (id: string) =>
      (await sentry.server(new Request(`${URL_OF_SERVER}/organizations/mendwright/issues/${id}/`))).text();

    await sentry.call('PUT', `${ORG}/issues/?id=1&id=2`, { merge: true });
    await sentry.call('DELETE', `${ORG}/issues/2/hashes/?id=${hash}`);

    const source = await page('2');
    expect(source).toContain('1 issue became part of it');
    expect(source).toContain('Some of its events became an issue of their own');
    await expect.poll(() => page('3')).toContain('Taken out of another issue');
  });

  test.each([['1'], ['SHOP-1']])('leads from the old name %s to the new one', async (name) => {
    await twoIssues();

    await sentry.call('PUT', `${ORG}/issues/?id=1&id=2`, { merge: true });

    expect(await issueNamed(name)).toMatchObject({ id: '2', shortId: 'SHOP-2' });
  });

  test.each([[1], [2]])('takes in a later event of fault %i', async (fault) => {
    await twoIssues();
    await sentry.call('PUT', `${ORG}/issues/?id=1&id=2`, { merge: true });

    await send(fault, { user: { id: '7' }, tags: { till: '6' } });

    expect(await issueNamed('2')).toMatchObject({ count: '6', userCount: 3, title: `TypeError: fault ${fault}` });
    expect(await listed('till:6')).toEqual([`TypeError: fault ${fault}`]);
  });

  test('goes on where an issue that others became part of is merged itself', async () => {
    const { first, second } = await twoIssues();
    const third = [await send(3), await send(3), await send(3), await send(3), await send(3), await send(3)];
    await sentry.call('PUT', `${ORG}/issues/?id=1&id=2`, { merge: true });

    await sentry.call('PUT', `${ORG}/issues/?id=2&id=3`, { merge: true });

    expect([(await issueNamed('1')).id, (await issueNamed('SHOP-2')).id]).toEqual(['3', '3']);
    await expect.poll(() => eventsOf('3')).toEqual([...first, ...second, ...third].sort());
  });

  test('of a project list changes what is asked for as well', async () => {
    await twoIssues();

    const answer = await sentry.call('PUT', '/projects/mendwright/shop/issues/?id=1&id=2', {
      merge: true,
      status: 'resolved',
    });

    expect(await answer.json()).toMatchObject({ merge: { parent: '2', children: ['1'] }, status: 'resolved' });
    expect(await issueNamed('1')).toMatchObject({ id: '2', status: 'resolved' });
  });

  test.each<[string, string, string]>([
    ['of two projects', 'id=1&id=2', 'Merging across multiple projects is not supported'],
    ['of what is no error', 'id=1&id=3', 'Only error issues can be merged.'],
  ])('%s is refused', async (_, ids, detail) => {
    await send(1);
    sentry.server.ensureProject({ slug: 'other' });
    const { id, publicKey } = sentry.server.ensureProject({ slug: 'other' });
    const url = `${URL_OF_SERVER}/api/${id}/envelope/?sentry_key=${publicKey}`;
    const body = await envelopeRequest(sentry.server, errorEvent(2)).text();
    await sentry.server(new Request(url, { method: 'POST', body }));
    await sentry.send({}, item('feedback', { contexts: { feedback: { message: 'Slow' } } }));

    const answer = await sentry.call('PUT', `${ORG}/issues/?${ids}`, { merge: true });

    expect([answer.status, await answer.json()]).toEqual([400, { detail }]);
    expect(await listed('issue.category:[error,feedback]')).toHaveLength(3);
  });
});

test.each([['merge'], ['discard']])('%s asks for the ids of issues', async (what) => {
  await twoIssues();

  expect([await statusOf('PUT', `${ORG}/issues/?query=`, { [what]: true }), (await listed()).length]).toEqual([400, 2]);
});

describe('unmerging', () => {
  async function merged() {
    const made = await twoIssues();
    const ofFirst = await hashesOf('1');
    await sentry.call('PUT', `${ORG}/issues/?id=1&id=2`, { merge: true });
    return { ...made, ofFirst };
  }
  const unmerge = (hashes: readonly string[]) =>
    statusOf('DELETE', `${ORG}/issues/2/hashes/?${hashes.map((hash) => `id=${hash}`).join('&')}`);

  test('gives the events of a hash an issue of their own', async () => {
    const { first, second, ofFirst } = await merged();

    const status = await unmerge(ofFirst);

    expect(status).toBe(202);
    await expect.poll(() => eventsOf('3')).toEqual([...first].sort());
    expect(await eventsOf('2')).toEqual([...second].sort());
    expect(await issueNamed('3')).toMatchObject({
      title: 'TypeError: fault 1',
      metadata: { type: 'TypeError', value: 'fault 1' },
      shortId: 'SHOP-3',
      count: '2',
      userCount: 2,
      firstSeen: '2026-11-23T14:00:00.000Z',
      lastSeen: '2026-11-23T14:00:00.000Z',
      firstRelease: { version: 'shop@1.0.0' },
    });
    expect(await issueNamed('2')).toMatchObject({
      title: 'TypeError: fault 2',
      count: '3',
      userCount: 2,
      firstSeen: '2026-11-24T14:00:00.000Z',
      firstRelease: { version: 'shop@2.0.0' },
    });
    expect(await hashesOf('3')).toEqual(ofFirst);
    const tag = (issue: string) => read(`${ORG}/issues/${issue}/tags/till/`, z.looseObject({ totalValues: z.int() }));
    expect([(await tag('2')).totalValues, (await tag('3')).totalValues]).toEqual([2, 1]);
    expect(await listed('till:5')).toEqual(['TypeError: fault 2']);
    expect(await listed('error.type:TypeError')).toEqual(['TypeError: fault 1', 'TypeError: fault 2']);
  });

  test('sends later events where their hash is', async () => {
    const { ofFirst } = await merged();
    await unmerge(ofFirst);
    await expect.poll(async () => (await issueNamed('3')).count).toBe('2');

    await send(1);
    await send(2);

    expect([(await issueNamed('3')).count, (await issueNamed('2')).count]).toEqual(['3', '4']);
  });

  test.each<[string, (hashes: readonly string[]) => readonly string[], number]>([
    ['a hash that the issue has not', () => ['0'.repeat(32)], 204],
    ['nothing', () => [], 204],
    ['all that it has', (hashes) => hashes, 400],
  ])('%s changes nothing', async (_, choose, expected) => {
    await merged();

    const status = await unmerge(choose(await hashesOf('2')));

    expect([status, await listed()]).toEqual([expected, ['TypeError: fault 2']]);
  });
});

describe('deleting', () => {
  test.each<[string, string, number]>([
    ['one', `${ORG}/issues/2/`, 202],
    ['one by its short id', `${ORG}/issues/SHOP-2/`, 202],
    ['those of ids', `${ORG}/issues/?id=2`, 204],
    ['those of a project', '/projects/mendwright/shop/issues/?id=2', 204],
    ['those that a search finds', `${ORG}/issues/?query=till:5`, 204],
  ])('%s takes it and all its events away', async (_, path, expected) => {
    const { second } = await twoIssues();
    const [event = ''] = second;
    await sentry.send({ event_id: event }, item('attachment', Buffer.from('PNG'), { filename: 'screen.png' }));

    const status = await statusOf('DELETE', path);

    expect([status, await listed(), await statusOf('GET', `${ORG}/issues/2/`)]).toEqual([
      expected,
      ['TypeError: fault 1'],
      404,
    ]);
    await expect.poll(() => statusOf('GET', `${ORG}/eventids/${event}/`)).toBe(404);
    expect(await read('/projects/mendwright/shop/items/?type=attachment', z.array(z.unknown()))).toEqual([]);
    await send(2);
    expect(await issueNamed('3')).toMatchObject({ title: 'TypeError: fault 2', count: '1', shortId: 'SHOP-3' });
  });

  test('an issue that others became part of takes their names along', async () => {
    await twoIssues();
    await sentry.call('PUT', `${ORG}/issues/?id=1&id=2`, { merge: true });

    await sentry.call('DELETE', `${ORG}/issues/2/`);

    expect([await statusOf('GET', `${ORG}/issues/1/`), await statusOf('GET', `${ORG}/issues/SHOP-1/`)]).toEqual([
      404, 404,
    ]);
  });

  test.each([['no such id', `${ORG}/issues/?id=99`]])('%s changes nothing', async (_, path) => {
    await twoIssues();

    expect([await statusOf('DELETE', path), (await listed()).length]).toEqual([204, 2]);
  });

  test('more events than one step carries go as well, and a merge of as many arrives', async () => {
    for (let index = 0; index < 230; index += 1) await send(index % 2);
    await sentry.call('PUT', `${ORG}/issues/?id=1&id=2`, { merge: true });
    const Page = z.array(z.unknown());
    const secondPage = `${ORG}/issues/1/events/?per_page=100&cursor=0:200:0`;
    await expect.poll(async () => (await read(secondPage, Page)).length).toBe(30);

    await sentry.call('DELETE', `${ORG}/issues/1/`);

    const all = '/projects/mendwright/shop/events/';
    await expect.poll(async () => (await read(all, Page)).length).toBe(0);
  });
});

test.each<[string, string]>([
  ['alone', `${ORG}/issues/1/`],
  ['with others', `${ORG}/issues/?id=1`],
])('discarding an issue %s keeps out what would found it again, and counts it', async (_, path) => {
  await twoIssues();

  const status = await statusOf('PUT', path, { discard: true });
  await send(1);
  await send(2);

  expect([status, await listed(), await statusOf('GET', `${ORG}/issues/1/`)]).toEqual([
    204,
    ['TypeError: fault 2'],
    404,
  ]);
  expect((await issueNamed('2')).count).toBe('4');
  const counts = z.array(z.looseObject({ category: z.string() }));
  expect(await read('/projects/mendwright/shop/item-counts/', counts)).toContainEqual(
    expect.objectContaining({ category: 'error', outcome: 'filtered', reason: 'discarded-hash', count: 1 }),
  );
});

test('a merge that a killed server had begun is ended by the next one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'merge-'));
  const file = join(folder, 'sentry.db');
  try {
    const before = sentryServer({ file });
    for (let index = 0; index < 241; index += 1)
      await before(envelopeRequest(before, { ...errorEvent(index % 2), event_id: String(index).padStart(32, '0') }));
    const merge = new Request(`${URL_OF_SERVER}/api/0${ORG}/issues/?id=1&id=2`, {
      method: 'PUT',
      body: '{"merge":true}',
    });
    await before(merge);
    before.close();

    const after = sentryServer({ file });
    const events = async () => {
      const answer = await after(new Request(`${URL_OF_SERVER}/api/0${ORG}/issues/1/events/?cursor=0:200:0`));
      return Ids.parse(await answer.json()).length;
    };

    await expect.poll(events).toBe(41);
    after.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
