/** The list of issues: what it finds, how it tells what is wrong, how it counts. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openIntake } from '../../../harness/sentry-server/ingest/intake.ts';
import { pageRoutes } from '../../../harness/sentry-server/page/page-routes.ts';
import { sentryServer } from '../../../harness/sentry-server/sentry-server.ts';
import { type Database, openDatabase } from '../../../harness/sentry-server/storage/database.ts';
import { groupCommit } from '../../../harness/sentry-server/storage/group-commit.ts';
import { seenTags } from '../../../harness/sentry-server/storage/issue-tags.ts';
import { itemCounts } from '../../../harness/sentry-server/storage/item-counts.ts';
import { type Embedded, embedded, envelopeRequest, errorEvent } from '../embedded.ts';
import { ask, HOUR, ISSUE, NOW, post, TITLES, text, texts } from './read-page.ts';

describe('the list', () => {
  async function three(): Promise<Embedded> {
    const sentry = embedded();
    const at = (hours: number): number => (NOW - hours * HOUR) / 1000 - 7;
    await sentry.send(errorEvent(1, { timestamp: at(30), release: 'shop@1', environment: 'ci', user: { id: '1' } }));
    await sentry.send(errorEvent(2, { timestamp: at(2), level: 'warning', environment: 'live', user: { id: '1' } }));
    await sentry.send(errorEvent(3, { timestamp: at(5), tags: { tenant: 'acme' } }));
    for (const [id, user] of [
      [31, '2'],
      [32, '3'],
    ] as const) {
      await sentry.send({ ...errorEvent(3, { timestamp: at(4), user: { id: user } }), event_id: `${id}`.repeat(16) });
    }
    await post(sentry, `${ISSUE}status/`, { to: 'resolved' });
    return sentry;
  }

  test.each([
    ['unresolved issues, last seen first', '', ['fault 2', 'fault 3']],
    ['what was resolved', 'status=resolved', ['fault 1']],
    ['all', 'status=all', ['fault 2', 'fault 3', 'fault 1']],
    ['a status that the search names', 'query=is:resolved', ['fault 1']],
    ['a term', 'query=level:warning', ['fault 2']],
    ['a negated term', 'query=!level:warning', ['fault 3']],
    ['a tag', 'query=tenant:acme', ['fault 3']],
    ['free text', 'query=fault+2', ['fault 2']],
    ['a comparison', 'query=timesSeen:%3E2', ['fault 3']],
    ['an environment', 'status=all&environment=ci', ['fault 1']],
    ['a project that is not there', 'project=other', []],
    ['a period of any length', 'status=all&statsPeriod=3h', ['fault 2']],
    ['a project', 'project=shop&query=level:warning', ['fault 2']],
    ['a period', 'status=all&statsPeriod=24h', ['fault 2', 'fault 3']],
    ['by first seen', 'status=all&sort=new', ['fault 2', 'fault 3', 'fault 1']],
    ['by events', 'status=all&sort=freq', ['fault 3', 'fault 2', 'fault 1']],
    ['by users', 'status=all&sort=user', ['fault 3', 'fault 2', 'fault 1']],
    ['what is not on offer as if it were not said', 'status=x&sort=y&page=-1', ['fault 2', 'fault 3']],
  ])('shows %s', async (_, search, titles) => {
    const page = await text(await three(), `/?${search}`);

    expect(texts(page, TITLES)).toEqual(titles.map((title) => `TypeError: ${title}`));
  });

  test('shows counts, users and a day in bars', async () => {
    const page = await text(await three(), '/?query=tenant:acme');
    const [row] = texts(page, /<tr>(?=\n<th scope="row">)/);

    expect(row).toBe('TypeError: fault 3 total3(/srv/cart.js) SHOP-3 error new 4 h ago 3 2 4 h ago 5 h ago');
    expect(page).toContain('aria-label="3 events in 24 hours"');
    expect(page).toContain('<path d="M68 20v-10.0h3v10.0zM72 20v-20.0h3v20.0z"/>');
  });

  test.each([
    ['an open quote', '"abc', 'Parse error at character 1: unbalanced quote or bracket.'],
    ['OR', 'a OR b', 'Boolean statements containing "OR" or "AND" are not supported in this search'],
    ['a state that is none', 'is:nice', 'Invalid value for "is" search, valid values are'],
    ['a number that is none', 'timesSeen:many', 'Invalid number: many.'],
    ['a time that is none', 'firstSeen:>soon', '"soon" is not a valid ISO8601 date query'],
    ['<i> in a number', 'timesSeen:<i>', 'Invalid number: i>.'],
  ])('tells beside the field what is wrong with %s', async (_, query, why) => {
    const answer = await ask(await three(), `/?query=${encodeURIComponent(query)}`);
    const page = await answer.text();

    expect(answer.status).toBe(400);
    expect(texts(page, /<p class="wrong" id="search-wrong" role="alert">/)[0]).toContain(why);
    expect(page).toMatch(/<input id="query"[^>]*aria-describedby="search-wrong search-help" aria-invalid="true"/);
    expect(texts(page, /<p role="status"[^>]*>/)).toEqual(['The search was not understood.']);
    expect(page).not.toContain('<table class="card issues">');
  });

  test('tells of a period that is none', async () => {
    const answer = await ask(await three(), '/?statsPeriod=soon');

    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('Invalid statsPeriod: &quot;soon&quot;</p>');
  });

  test.each([
    ['a short id', 'shop-2', '/organizations/mendwright/issues/2/'],
    ['an event id', '31'.repeat(16), `/organizations/mendwright/issues/3/events/${'31'.repeat(16)}/`],
    [
      'an event id with dashes',
      '31313131-3131-3131-3131-313131313131',
      `/organizations/mendwright/issues/3/events/${'31'.repeat(16)}/`,
    ],
  ])('leads from %s right to its issue', async (_, query, path) => {
    const answer = await ask(await three(), `/?query=${query}`);

    expect([answer.status, answer.headers.get('location')]).toEqual([302, path]);
  });

  test.each([
    [
      'nothing is there',
      embedded,
      '/',
      'No unresolved issues. Errors show up here once an SDK whose DSN points here has sent one.',
    ],
    ['nothing meets the search', three, '/?query=level:fatal', 'No issue meets all of this.'],
    ['there is one', three, '/?query=level:warning', '1 issue'],
    ['the page lies beyond the last', three, '/?page=9', 'There are only 2 issues: this page lies beyond them.'],
  ])('says how many where %s', async (_, make, path, words) => {
    expect(texts(await text(await make(), path), /<p role="status"[^>]*>/)).toEqual([words]);
  });

  test('turns pages and keeps the search', async () => {
    const sentry = embedded();
    for (let id = 1; id <= 60; id += 1) await sentry.send(errorEvent(id, { timestamp: NOW / 1000 - id }));

    const page = await text(sentry, '/?query=fault&page=2');

    expect(texts(page, TITLES)).toHaveLength(25);
    expect(texts(page, TITLES)[0]).toBe('TypeError: fault 26');
    expect(texts(page, /<p role="status"[^>]*>/)).toEqual(['26 to 50 of 60 issues']);
    expect(page).toContain('<a rel="prev" href="/?query=fault&amp;page=1">');
    expect(page).toContain('<a rel="next" href="/?query=fault&amp;page=3">');
    expect(await text(sentry, '/?query=fault&page=3')).not.toContain('rel="next"');
  });

  test('asks the database as often for many issues as for few', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mendwright-page-'));
    try {
      const file = join(folder, 'sentry.db');
      const server = sentryServer({ file, now: () => new Date(NOW) });
      const asked = async (): Promise<number> => {
        const { db, count } = counting(openDatabase(file));
        const counts = itemCounts(db);
        const parts = {
          db,
          commits: groupCommit(db, { beforeCommit: counts.write, onRollback: counts.clear }),
          seenTags: seenTags(),
          itemCounts: counts,
          intake: openIntake({}),
          tidy: () => undefined,
          troubleOf: () => undefined,
          now: () => new Date(NOW),
          org: 'o',
          token: undefined,
          baseUrl: () => '',
          announce: () => undefined,
        };
        await (await pageRoutes(parts).request('/')).text();
        db.close();
        return count();
      };
      for (const id of [1, 2]) await server(envelopeRequest(server, errorEvent(id)));
      const few = await asked();
      for (let id = 3; id <= 25; id += 1) await server(envelopeRequest(server, errorEvent(id)));

      expect(await asked()).toBe(few);
      server.close();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  function counting(inner: Database): { db: Database; count: () => number } {
    let asked = 0;
    const db: Database = {
      ...inner,
      all: (...args) => {
        asked += 1;
        return inner.all(...args);
      },
      one: (...args) => {
        asked += 1;
        return inner.one(...args);
      },
    };
    return { db, count: () => asked };
  }
});
