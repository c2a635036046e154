/** A search for several tags means one event that has them all, also where no event is looked at. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type SentryServer, sentryServer } from '../../harness/sentry-server/sentry-server.ts';
import { envelopeRequest, errorEvent, URL_OF_SERVER } from './embedded.ts';

const folder = mkdtempSync(join(tmpdir(), 'sentry-common-'));
const file = join(folder, 'sentry.db');
let server: SentryServer;

/** `shop` is common to all of the first issue's events; `plan` and `region` differ, and the last event has no `zone`. */
const EVENTS: readonly [number, Record<string, string>][] = [
  [1, { shop: 'a', plan: 'gold', region: 'eu', zone: 'z' }],
  [1, { shop: 'a', plan: 'free', region: 'us', zone: 'z' }],
  [1, { shop: 'a', plan: 'free', region: 'eu' }],
  [2, { shop: 'b', plan: 'gold', 'odd "key"': 'x' }],
  [2, { shop: 'b', plan: 'free', 'odd "key"': 'x' }],
];

beforeAll(async () => {
  server = sentryServer({ file });
  for (const [index, [issue, tags]] of EVENTS.entries())
    await server(envelopeRequest(server, errorEvent(issue, { event_id: `${index}`.padStart(32, '0'), tags })));
  for (const [index, value] of VALUES.entries())
    await server(
      envelopeRequest(server, {
        event_id: `a${index}`.padStart(32, '0'),
        platform: 'node',
        fingerprint: ['shopping'],
        tags: { item: String(index) },
        exception: { values: [{ type: 'TypeError', value }] },
      }),
    );
  await server(envelopeRequest(server, { event_id: 'b'.repeat(32), platform: 'node', message: 'closed' }));
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function found(query: string): Promise<string[]> {
  const url = `${URL_OF_SERVER}/api/0/organizations/mendwright/issues/?query=${encodeURIComponent(query)}`;
  const listed = z.array(z.object({ shortId: z.string() })).parse(await (await server(new Request(url))).json());
  return listed.map(({ shortId }) => shortId).sort();
}

/** The third issue is one by its fingerprint: its errors have different values, and one has none. */
const VALUES = ['no bread', 'no milk', undefined];

const TABLE: readonly [string, string, readonly string[]][] = [
  ['a common tag and one that some events have', 'shop:a plan:gold', ['SHOP-1']],
  ['tags that no event has together', 'plan:gold region:us', []],
  ['tags that one event has together', 'plan:free region:us', ['SHOP-1']],
  ['a common tag of another issue', 'shop:b region:eu', []],
  ['a common tag and two that differ, together', 'shop:a plan:free region:eu', ['SHOP-1']],
  ['a common tag and two that differ, not together', 'shop:a plan:gold region:us', []],
  ['a tag that the last event lacks', 'zone:z plan:gold', ['SHOP-1']],
  ['a tag that the event in question lacks', 'zone:z plan:free region:eu', []],
  ['a wildcard', 'shop:* plan:gold', ['SHOP-1', 'SHOP-2']],
  ['a wildcard for a tag that the other issue lacks', 'region:* plan:gold', ['SHOP-1']],
  ['a list', 'shop:[a,b] plan:gold', ['SHOP-1', 'SHOP-2']],
  ['a key that is no part of a path', '"odd \\"key\\"":x plan:gold', ['SHOP-2']],
  ['the platform and a type', 'platform:node error.type:TypeError plan:gold', ['SHOP-1', 'SHOP-2']],
  ['what is no tag', 'shop:a timesSeen:>2 error.value:"fault 1"', ['SHOP-1']],
  ['a value that all errors of an issue have', 'error.value:"fault 1"', ['SHOP-1']],
  ['a part of such a value', 'error.value:*fault*', ['SHOP-1', 'SHOP-2']],
  ['a value that some errors of an issue have', 'error.value:"no milk"', ['SHOP-3']],
  ['a value of one event and a tag of another', 'error.value:"no milk" item:0', []],
  ['a value and a tag of one event', 'error.value:"no milk" item:1', ['SHOP-3']],
  ['any value', 'error.value:*', ['SHOP-1', 'SHOP-2', 'SHOP-3']],
  ['a negated value', '!error.value:"no milk"', ['SHOP-1', 'SHOP-2', 'SHOP-4']],
  ['no value', 'error.value:""', ['SHOP-3', 'SHOP-4']],
];

test.each(TABLE)('%s', async (_, query, issues) => {
  expect(await found(query)).toEqual(issues);
});

test("an issue that is given another one's events has no common tags any more", async () => {
  const other = new DatabaseSync(file);
  other.exec('UPDATE events SET issue_id = 2 WHERE issue_id = 1');
  other.exec("INSERT INTO issue_tags (issue_id, key, value) VALUES (2, 'region', 'eu') ON CONFLICT DO NOTHING");
  other.close();

  expect(await found('shop:b region:eu')).toEqual([]);
  expect(await found('shop:b plan:gold')).toEqual(['SHOP-2']);
});
