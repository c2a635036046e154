/** Events wait in the inbox until they are in the database: they are answered at once, are never lost, and never counted twice. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { type SentryServer, type StoredNotice, sentryServer } from '../../harness/sentry-server/sentry-server.ts';
import { envelopeOf, envelopeRequest, errorEvent, ingestRequest, URL_OF_SERVER } from './embedded.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sentry-inbox-'));
  file = join(folder, 'sentry.db');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const Issues = z.array(z.object({ id: z.string(), count: z.string(), status: z.string() }));

async function read(server: SentryServer, path: string, init?: RequestInit): Promise<unknown> {
  const url = `${URL_OF_SERVER}/api/0/organizations/mendwright/${path}`;
  return (await server(new Request(url, init))).json();
}

/** How often each issue was seen, the most frequent first. */
async function counts(server: SentryServer): Promise<string[]> {
  return Issues.parse(await read(server, 'issues/?sort=freq')).map(({ count }) => count);
}

/** Holds the database's only write lock. */
function holdLock(): DatabaseSync {
  const other = new DatabaseSync(file);
  // A server that just began may be writing.
  other.exec("PRAGMA busy_timeout = 10000; BEGIN IMMEDIATE; UPDATE projects SET name = 'held'");
  return other;
}

const inboxes = (): string[] => readdirSync(folder).filter((name) => name.includes('-inbox'));

const eventOf = (number: number, id: number) =>
  errorEvent(number, { event_id: id.toString(16).padStart(32, '0'), user: { id: `u${id}` } });

/** A server that was killed with this many answered events in its inbox, none of them in the database. */
async function killedWith(events: number): Promise<void> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'killed-ingest.ts'), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let lock: DatabaseSync;
  const exited = once(child, 'exit');
  try {
    const [line] = await once(child.stdout, 'data');
    lock = holdLock();
    for (let id = 1; id <= events; id += 1) {
      const answer = await fetch(String(line).trim(), { method: 'POST', body: envelopeOf(eventOf(1, id)) });
      expect(answer.status).toBe(200);
    }
  } finally {
    child.kill('SIGKILL');
    await exited;
  }
  expect(lock.prepare('SELECT count(*) AS count FROM events').get()).toEqual({ count: 0 });
  lock.exec('ROLLBACK');
  lock.close();
}

test('what a killed process answered and did not store is stored by the next one, once', async () => {
  await killedWith(30);

  const server = sentryServer({ file });
  expect(await counts(server)).toEqual(['30']);
  const again = await server(envelopeRequest(server, eventOf(1, 7)));
  expect([again.status, await counts(server)]).toEqual([200, ['30']]);
  server.close();

  const later = sentryServer({ file });
  expect(await counts(later)).toEqual(['30']);
  later.close();
  expect(inboxes()).toEqual([]);
});

test('what was being written when the process died is left out', async () => {
  await killedWith(3);
  const [name = ''] = inboxes().filter((one) => !one.endsWith('lock'));
  appendFileSync(join(folder, name), Buffer.from([200, 0, 0, 0, 1, 2, 3, 4, 5]));

  const server = sentryServer({ file });
  await server(envelopeRequest(server, eventOf(1, 4)));

  expect(await counts(server)).toEqual(['4']);
  server.close();
});

test('an event that was answered is in the next answer of the Web API, and listeners hear of it', async () => {
  const server = sentryServer({ file });
  const heard: StoredNotice[] = [];
  server.onEvent((notice) => heard.push(notice));

  const seen: string[][] = [];
  for (let id = 1; id <= 5; id += 1) {
    await server(envelopeRequest(server, eventOf(id % 2, id)));
    seen.push(await counts(server));
  }

  expect(seen).toEqual([['1'], ['1', '1'], ['2', '1'], ['2', '2'], ['3', '2']]);
  await expect
    .poll(() => heard.map(({ shortId, isNew }) => [shortId, isNew]))
    .toEqual([
      ['SHOP-1', true],
      ['SHOP-2', true],
      ['SHOP-1', false],
      ['SHOP-2', false],
      ['SHOP-1', false],
    ]);
  server.close();
});

test('all of an envelope is kept: its event, what comes with it, and the count of each', async () => {
  const server = sentryServer({ file });
  const { id } = server.ensureProject({ slug: 'shop' });
  const body = `${envelopeOf(eventOf(1, 1))}\n{"type":"user_report"}\n{"event_id":"1","comments":"broken"}\n{"type":"event"}\n5\n`;

  const answer = await server(ingestRequest(server, body));

  expect(answer.status).toBe(200);
  const items = `${URL_OF_SERVER}/api/0/projects/mendwright/shop/item-counts/`;
  expect(await (await server(new Request(items))).json()).toEqual([
    expect.objectContaining({ type: 'event', outcome: 'accepted', count: 1 }),
    expect.objectContaining({ type: 'event', outcome: 'invalid', count: 1 }),
    expect.objectContaining({ type: 'user_report', outcome: 'kept', count: 1 }),
  ]);
  expect(id).toBe(1);
  server.close();
});

test('a second server on the file stores without the inbox, and both see all', async () => {
  const first = sentryServer({ file });
  const second = sentryServer({ file });

  for (let id = 1; id <= 10; id += 1) {
    const server = id % 2 === 0 ? first : second;
    await server(envelopeRequest(server, eventOf(1, id)));
  }
  await counts(first);

  expect([await counts(first), await counts(second)]).toEqual([['10'], ['10']]);
  second.close();
  first.close();
});

test('a process with flags that suit no file has the thread all the same', async () => {
  const server = join(import.meta.dirname, '../../harness/sentry-server/sentry-server.ts');
  const embeddedHelp = join(import.meta.dirname, 'embedded.ts');
  const script = `
    import { sentryServer } from ${JSON.stringify(server)};
    import { envelopeRequest, errorEvent } from ${JSON.stringify(embeddedHelp)};
    const server = sentryServer({ file: ${JSON.stringify(file)} });
    const { status } = await server(envelopeRequest(server, errorEvent(1)));
    server.close();
    console.log(status);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);

  expect(out.trim()).toBe('200');
  expect(err).not.toContain('ERR_INPUT_TYPE_NOT_ALLOWED');
});

test("changes by people and events that pour in do not get into each other's way", async () => {
  const server = sentryServer({ file });
  await server(envelopeRequest(server, eventOf(1, 1)));
  const [issue] = Issues.parse(await read(server, 'issues/'));

  const events = Array.from({ length: 400 }, (_, index) => server(envelopeRequest(server, eventOf(2, index + 2))));
  const changes = ['resolved', 'unresolved', 'resolved'].map((status) =>
    read(server, `issues/${issue?.id}/`, { method: 'PUT', body: JSON.stringify({ status }) }),
  );
  const statuses = (await Promise.all(events)).map(({ status }) => status);
  await Promise.all(changes);

  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(await counts(server)).toEqual(['400']);
  server.close();
});

test('events that come while issues are merged and discarded go where their hashes are then', async () => {
  const server = sentryServer({ file });
  for (let id = 1; id <= 30; id += 1) await server(envelopeRequest(server, eventOf(id % 3, id)));
  const [one, two, three] = Issues.parse(await read(server, 'issues/?sort=freq'));

  const pouring = Array.from({ length: 300 }, (_, index) =>
    server(envelopeRequest(server, eventOf(index % 3, index + 31))),
  );
  const [first] = await Promise.all(pouring.slice(0, 100));
  await read(server, `issues/?id=${one?.id}&id=${two?.id}`, { method: 'PUT', body: '{"merge":1}' });
  await server(
    new Request(`${URL_OF_SERVER}/api/0/organizations/mendwright/issues/${three?.id}/`, {
      method: 'PUT',
      body: '{"discard":true}',
    }),
  );
  await Promise.all(pouring);
  for (let id = 331; id <= 360; id += 1) await server(envelopeRequest(server, eventOf(id % 3, id)));

  expect(first?.status).toBe(200);
  await expect.poll(() => counts(server)).toEqual(['240']);
  server.close();
});
