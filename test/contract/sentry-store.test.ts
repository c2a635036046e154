/** The embedded Sentry's file: what was answered is in it, readers do not wait for it, older ones open, old events go. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { listenSentry } from '../../harness/sentry-server/listen.ts';
import { type SentryServer, sentryServer } from '../../harness/sentry-server/sentry-server.ts';
import { migrations } from '../../harness/sentry-server/storage/migrations.ts';
import { callApi, envelopeOf, envelopeRequest, errorEvent, ingestRequest, URL_OF_SERVER } from './embedded.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sentry-store-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const Issue = z.object({
  id: z.string(),
  shortId: z.string(),
  count: z.string(),
  userCount: z.number(),
  stats: z.object({ '24h': z.array(z.tuple([z.number(), z.number()])) }),
});
const Tags = z.array(
  z.object({ key: z.string(), topValues: z.array(z.object({ value: z.string(), count: z.number() })) }),
);

async function read(server: SentryServer, path: string): Promise<unknown> {
  return (await callApi(server, 'GET', `/organizations/mendwright/${path}`)).json();
}

async function listIssues(server: SentryServer, query = ''): Promise<z.infer<typeof Issue>[]> {
  return z.array(Issue).parse(await read(server, `issues/?query=${encodeURIComponent(query)}`));
}

/** `key value count`, of one issue. */
async function tagCounts(server: SentryServer, issueId: string): Promise<string[]> {
  const tags = Tags.parse(await read(server, `issues/${issueId}/tags/`));
  return tags.flatMap(({ key, topValues }) => topValues.map(({ value, count }) => `${key} ${value} ${count}`));
}

describe('durability', () => {
  test('every event that was answered 200 is there after kill -9', async () => {
    const file = join(folder, 'sentry.db');
    const child = spawn(process.execPath, [join(import.meta.dirname, 'killed-ingest.ts'), file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(child.stdout, 'data');
    const url = String(line).trim();
    const answered: string[] = [];
    let next = 1;
    const send = async (): Promise<void> => {
      for (;;) {
        const event = errorEvent(next++);
        const answer = await fetch(url, { method: 'POST', body: envelopeOf(event) }).catch(() => undefined);
        if (answer === undefined) return;
        if (answer.status === 200) answered.push(String(event.event_id));
        if (answered.length === 100) child.kill('SIGKILL');
      }
    };

    await Promise.all(Array.from({ length: 6 }, send));

    const server = sentryServer({ file });
    const missing: string[] = [];
    for (const id of answered) if (!('eventId' in Object(await read(server, `eventids/${id}/`)))) missing.push(id);
    server.close();
    expect({ missing, enough: answered.length >= 100 }).toEqual({ missing: [], enough: true });
  });
});

describe('another process that writes', () => {
  /** Holds the file's only write lock, as a long transaction does. */
  function holdLock(file: string): DatabaseSync {
    const other = new DatabaseSync(file);
    other.exec("BEGIN IMMEDIATE; UPDATE projects SET name = 'held'");
    return other;
  }

  test('holds up neither events nor readers; the events can be read when it is done', async () => {
    const file = join(folder, 'sentry.db');
    const server = sentryServer({ file });
    await server(envelopeRequest(server, errorEvent(1)));
    await listIssues(server);
    const request = envelopeRequest(server, errorEvent(2));
    const other = holdLock(file);

    const begun = performance.now();
    const { status } = await server(request);
    const titles: number[] = [];
    for (let call = 0; call < 5; call += 1) {
      titles.push((await listIssues(server)).length);
      await wait(10); // Retries come in between.
    }
    const tookMs = performance.now() - begun;
    other.exec('COMMIT');
    other.close();

    expect({ status, titles, isQuick: tookMs < 5000 }).toEqual({
      status: 200,
      titles: [1, 1, 1, 1, 1],
      isQuick: true,
    });
    await expect.poll(() => listIssues(server)).toHaveLength(2);
    server.close();
  });
});

describe('the group commit', () => {
  test('requests that come together are all answered, with events, duplicates and refusals apart', async () => {
    const server = sentryServer();
    const { url, close } = await listenSentry(server);
    const { id, publicKey } = server.ensureProject({ slug: 'shop' });
    const post = (body: string): Promise<Response> =>
      fetch(`${url}/api/${id}/envelope/?sentry_key=${publicKey}`, { method: 'POST', body });

    const bodies = [1, 2, 1, 3].map((number) => envelopeOf(errorEvent(number)));
    const statuses = (await Promise.all([...bodies, '{}\n{"type":"event"}\n5\n'].map(post))).map(
      ({ status }) => status,
    );

    expect(statuses).toEqual([200, 200, 200, 200, 400]);
    expect((await listIssues(server)).map(({ count }) => count)).toEqual(['1', '1', '1']);
    await close();
    server.close();
  });
});

describe('statistics', () => {
  const WITH_TAGS = [
    errorEvent(1, { event_id: '1'.repeat(32), user: { id: 'ann' }, tags: { plan: 'gold' } }),
    errorEvent(1, { event_id: '2'.repeat(32), user: { id: 'ann' }, tags: { plan: 'gold' } }),
    errorEvent(1, { event_id: '3'.repeat(32), user: { id: 'bob' }, tags: { plan: 'free' } }),
  ];

  test('users, hours and tags are counted with the events, and again with those that follow', async () => {
    const server = sentryServer();
    for (const event of WITH_TAGS.slice(0, 2)) await server(envelopeRequest(server, event));
    const [first] = await listIssues(server);
    const before = await tagCounts(server, first?.id ?? '');
    for (const event of WITH_TAGS.slice(2)) await server(envelopeRequest(server, event));

    const [issue] = await listIssues(server);

    expect(before).toEqual(['level error 2', 'plan gold 2', 'user id:ann 2']);
    expect(await tagCounts(server, issue?.id ?? '')).toEqual([
      'level error 3',
      'plan gold 2',
      'plan free 1',
      'user id:ann 2',
      'user id:bob 1',
    ]);
    expect(issue).toMatchObject({ count: '3', userCount: 2 });
    expect(issue?.stats['24h'].reduce((sum, [, count]) => sum + count, 0)).toBe(3);
    server.close();
  });

  test.each([
    ['a tag', 'plan:gold', 1],
    ['a tag that no event has', 'plan:silver', 0],
    ['a wildcard', 'plan:g*', 1],
    ['a list', 'plan:[silver,free]', 1],
    ['two tags of different events', 'plan:gold user:"id:bob"', 0],
    ['two tags of one event', 'plan:free user:"id:bob"', 1],
    ['a user', 'user:"id:ann"', 1],
    ['a user that is none', 'user:"id:eve"', 0],
    ['the type', 'error.type:TypeError', 1],
    ['another type', 'error.type:RangeError', 0],
    ['a negated tag', '!plan:gold', 0],
    ['a negated tag that no event has', '!plan:silver', 1],
    ['presence', 'has:plan', 1],
    ['presence of what is not there', 'has:shoe_size', 0],
    ['absence', '!has:shoe_size', 1],
    ['a platform', 'platform:node', 1],
  ])('%s is found', async (_, query, hits) => {
    const server = sentryServer();
    for (const event of WITH_TAGS) await server(envelopeRequest(server, event));

    expect(await listIssues(server, query)).toHaveLength(hits);
    server.close();
  });
});

describe('retention', () => {
  const DAY = 24 * 3_600_000;

  async function until(isTrue: () => Promise<boolean>): Promise<void> {
    while (!(await isTrue())) await wait(5);
  }

  const ids = async (server: SentryServer, from: number, to: number): Promise<boolean[]> =>
    Promise.all(
      Array.from({ length: to - from + 1 }, async (_, index) => {
        const id = (from + index).toString(16).padStart(32, '0');
        return 'eventId' in Object(await read(server, `eventids/${id}/`));
      }),
    );

  test('the newest events are kept, and what the issue has counted', async () => {
    const file = join(folder, 'sentry.db');
    const first = sentryServer({ file });
    for (let number = 1; number <= 12; number += 1)
      await first(
        envelopeRequest(first, {
          ...errorEvent(1, { tags: { plan: 'gold' } }),
          event_id: number.toString(16).padStart(32, '0'),
        }),
      );
    first.close();

    const server = sentryServer({ file, retention: { events: 4 } });
    await until(async () => !(await ids(server, 1, 8)).includes(true));

    expect(await ids(server, 1, 12)).toEqual([...Array(8).fill(false), ...Array(4).fill(true)]);
    const [issue] = await listIssues(server);
    expect(issue?.count).toBe('12');
    expect(await tagCounts(server, issue?.id ?? '')).toEqual(['level error 12', 'plan gold 12']);
    server.close();
  });

  test('events and issues older than the days asked for are gone, younger ones are not', async () => {
    const file = join(folder, 'sentry.db');
    const start = Date.parse('2026-01-01T00:00:00Z');
    let now = start;
    const first = sentryServer({ file, now: () => new Date(now) });
    await first(envelopeRequest(first, errorEvent(1)));
    now = start + 8 * DAY;
    await first(envelopeRequest(first, errorEvent(2)));
    first.close();

    now = start + 11 * DAY;
    const server = sentryServer({ file, now: () => new Date(now), retention: { days: 10 } });
    await until(async () => (await listIssues(server)).length < 2);

    expect(await ids(server, 1, 2)).toEqual([false, true]);
    expect(await listIssues(server)).toHaveLength(1);
    const again = await server(envelopeRequest(server, { ...errorEvent(1), event_id: 'e'.repeat(32) }));
    expect(again.status).toBe(200);
    expect((await listIssues(server)).map(({ count }) => count)).toEqual(['1', '1']);
    server.close();
  });

  test('what is kept beside events goes at their age: items, counts, check-ins, reports', async () => {
    const file = join(folder, 'sentry.db');
    const start = Date.parse('2026-01-01T00:00:00Z');
    let now = start;
    const at = () => new Date(now);
    const project = async (server: SentryServer, path: string): Promise<unknown[]> => {
      const answer = await server(new Request(`${URL_OF_SERVER}/api/0/projects/mendwright/shop/${path}`));
      return z.array(z.unknown()).parse(await answer.json());
    };
    const sendAll = async (server: SentryServer, id: string): Promise<void> => {
      const checkIn = { check_in_id: id, monitor_slug: 'nightly', status: 'ok' };
      const log = { items: [{ body: id }] };
      const body = `{}\n{"type":"check_in"}\n${JSON.stringify(checkIn)}\n{"type":"log"}\n${JSON.stringify(log)}\n`;
      await server(ingestRequest(server, body));
      const report = { event_id: id, name: 'Ada', email: 'ada@acme.test', comments: id };
      const url = `${URL_OF_SERVER}/api/0/projects/mendwright/shop/user-feedback/`;
      await server(new Request(url, { method: 'POST', body: JSON.stringify(report) }));
    };
    const left = async (server: SentryServer): Promise<number[]> => [
      (await project(server, 'items/?type=log')).length,
      z.array(z.unknown()).parse(await read(server, 'monitors/nightly/checkins/')).length,
      (await project(server, 'user-feedback/')).length,
      z
        .array(z.object({ category: z.string(), count: z.number() }))
        .parse(await project(server, 'item-counts/'))
        .find(({ category }) => category === 'log_item')?.count ?? 0,
    ];
    const first = sentryServer({ file, now: at });
    await sendAll(first, 'a'.repeat(32));
    now = start + 8 * DAY;
    await sendAll(first, 'b'.repeat(32));
    expect(await left(first)).toEqual([2, 2, 2, 2]);
    first.close();

    now = start + 11 * DAY;
    const server = sentryServer({ file, now: at, retention: { days: 10 } });

    await expect.poll(() => left(server)).toEqual([1, 1, 1, 1]);
    server.close();
  });

  test('the number comes down while events come in', async () => {
    const server = sentryServer({ retention: { events: 20 } });
    for (let number = 1; number <= 120; number += 1) await server(envelopeRequest(server, errorEvent(number)));

    await until(async () => !(await ids(server, 1, 50)).includes(true));
    expect(await ids(server, 101, 120)).toEqual(Array(20).fill(true));
    server.close();
  });
});

describe('a file of the first version', () => {
  test('opens with its events, tags, users, hours and counts', async () => {
    const file = join(folder, 'sentry.db');
    const at = Date.now() - 60_000;
    const payload = JSON.stringify({
      platform: 'node',
      exception: [{ type: 'TypeError', value: 'x is not a function' }],
    });
    const old = new DatabaseSync(file);
    old.exec(migrations[0] ?? '');
    old.exec('PRAGMA user_version = 1');
    old.exec(`INSERT INTO projects (slug, name, created_at, last_short) VALUES ('shop', 'shop', ${at}, 1)`);
    old.exec(`INSERT INTO issues (project_id, short_number, title, culprit, level, platform, type, metadata, status, count, first_seen, last_seen, is_unhandled, priority)
      VALUES (1, 1, 'TypeError: x is not a function', '', 'error', 'node', 'error', '{}', 'unresolved', 3, ${at}, ${at}, 0, 'high')`);
    const insert =
      old.prepare(`INSERT INTO events (id, project_id, issue_id, at, received_at, type, title, culprit, message, level, platform, error_type, user_key, is_unhandled, hashes, size, payload)
      VALUES (?, 1, 1, ?, ?, 'error', 'TypeError: x is not a function', '', '', 'error', 'node', 'TypeError', ?, 0, '[]', 80, ?)`);
    const tag = old.prepare('INSERT INTO event_tags (event_number, issue_id, key, value) VALUES (?, 1, ?, ?)');
    for (const [index, user] of ['id:ann', 'id:ann', 'id:bob'].entries()) {
      const { lastInsertRowid } = insert.run(String(index).repeat(32), at, at, user, payload);
      tag.run(lastInsertRowid, 'user', user);
      tag.run(lastInsertRowid, 'plan', index === 0 ? 'it\'s "gold"' : 'free');
    }
    old.exec("INSERT INTO item_counts (project_id, type, outcome, count) VALUES (1, 'event', 'accepted', 3)");
    old.close();

    const server = sentryServer({ file });
    const [issue] = await listIssues(server, 'plan:free');

    expect(issue).toMatchObject({ shortId: 'SHOP-1', count: '3', userCount: 2 });
    expect(issue?.stats['24h'].reduce((sum, [, count]) => sum + count, 0)).toBe(3);
    expect(await tagCounts(server, '1')).toEqual([
      'plan free 2',
      'plan it\'s "gold" 1',
      'user id:ann 2',
      'user id:bob 1',
    ]);
    expect(await read(server, `eventids/${'2'.repeat(32)}/`)).toMatchObject({
      event: {
        tags: [
          { key: 'plan', value: 'free' },
          { key: 'user', value: 'id:bob' },
        ],
        title: 'TypeError: x is not a function',
      },
    });
    await server(ingestRequest(server, envelopeOf(errorEvent(9))));
    expect(await listIssues(server)).toHaveLength(2);
    // Counts of the first version have no hour and no category.
    const counts = await callApi(server, 'GET', '/projects/mendwright/shop/item-counts/');
    expect(await counts.json()).toEqual([
      { type: 'event', category: 'default', outcome: 'accepted', reason: '', count: 3 },
      { type: 'event', category: 'error', outcome: 'accepted', reason: '', count: 1 },
    ]);
    server.close();
  });
});
