/** Statistics tell what became of all that was sent: taken, filtered, over a quota, refused, or never sent. */
import { expect, test } from 'vitest';
import { z } from 'zod';
import { callApi, type Embedded, embedded as embeddedAt, errorEvent, ingestRequest } from './embedded.ts';

/** Not on the hour: what came this instant is told from the next one on. */
function embedded(options: Parameters<typeof embeddedAt>[0] = {}): Embedded {
  const sentry = embeddedAt(options);
  sentry.clock.advance(60_000);
  return sentry;
}

const Stats = z.object({
  groups: z.array(
    z.object({
      by: z.object({ category: z.string(), outcome: z.string(), reason: z.string() }),
      totals: z.record(z.string(), z.number()),
      series: z.record(z.string(), z.array(z.number())),
    }),
  ),
});

const BY = 'groupBy=category&groupBy=outcome&groupBy=reason';

async function groupsOf(server: Embedded['server'], query: string): Promise<z.infer<typeof Stats>['groups']> {
  const answer = await callApi(server, 'GET', `/organizations/mendwright/stats_v2/?${BY}&${query}`);
  return Stats.parse(await answer.json()).groups;
}

/** `error filtered localhost 1`, sorted. */
async function outcomes({ server }: Embedded, query = 'field=sum(quantity)&statsPeriod=1d'): Promise<string[]> {
  return (await groupsOf(server, query))
    .map(({ by, totals }) => [by.category, by.outcome, by.reason, ...Object.values(totals)].join(' '))
    .sort();
}

const item = (type: string, payload: unknown) =>
  `{"type":"${type}"}\n${typeof payload === 'string' ? payload : JSON.stringify(payload)}\n`;
const page = (url: string) => ({ request: { url } });
const dropped = { discarded_events: [{ reason: 'before_send', category: 'error', quantity: 5 }] };

async function sendItems(sentry: Embedded, ...items: readonly string[]): Promise<void> {
  await sentry.server(ingestRequest(sentry.server, `{}\n${items.join('')}`));
}

async function busy(): Promise<Embedded> {
  const quotas = { perKey: { count: 2, window: 3600 }, projects: { shop: { span: { count: 3, window: 3600 } } } };
  const sentry = embedded({ server: { filters: ['localhost'], quotas } });
  await sentry.send(errorEvent(1));
  await sentry.send(errorEvent(1));
  await sentry.send(errorEvent(3));
  await sentry.send(errorEvent(4, page('http://localhost/')));
  await sendItems(sentry, item('span', { items: [{}, {}, {}] }));
  await sendItems(sentry, item('span', { items: [{}, {}] }));
  await sendItems(sentry, item('attachment', 'picture'), item('hologram', {}));
  await sendItems(sentry, item('transaction', '[]'));
  await sendItems(sentry, item('log', ' '.repeat(2 * 1024 * 1024)));
  await sendItems(sentry, item('client_report', dropped));
  await sendItems(sentry, item('replay_event', { replay_id: '1' }), item('replay_recording', '[]'));
  await sendItems(sentry, item('user_report', { comments: 'x' }), item('feedback', {}));
  return sentry;
}

test('of all kinds, with the reason', async () => {
  expect(await outcomes(await busy())).toEqual([
    'attachment accepted  7',
    'default invalid unknown_type 1',
    'error accepted  1',
    'error client_discard before_send 5',
    'error invalid duplicate 1',
    'error rate_limited key_quota 2',
    'feedback accepted  1',
    'log_item invalid too_large:log 1',
    'replay accepted  1',
    'span accepted  3',
    'span rate_limited project_quota 1',
    'transaction invalid invalid_json 1',
    'user_report_v2 accepted  1',
  ]);
});

test.each([
  ['outcome=filtered', ['error filtered localhost 1']],
  ['category=error&outcome=accepted', ['error accepted  1']],
  ['reason=localhost', ['error filtered localhost 1']],
  ['outcome=accepted&category=span', []],
])('only those that are asked for: %s', async (query, expected) => {
  const sentry = embedded({ server: { filters: ['localhost'] } });
  await sentry.send(errorEvent(1));
  await sentry.send(errorEvent(2, page('http://localhost/')));

  expect(await outcomes(sentry, `field=sum(quantity)&statsPeriod=1d&${query}`)).toEqual(expected);
});

test('attachments are bytes by quantity and items by times seen', async () => {
  const sentry = embedded();
  await sendItems(sentry, item('attachment', 'picture'));
  await sendItems(sentry, item('attachment', 'another'));

  expect(await outcomes(sentry)).toEqual(['attachment accepted  14']);
  expect(await outcomes(sentry, 'field=sum(times_seen)&statsPeriod=1d')).toEqual(['attachment accepted  2']);
});

test('each hour has its own', async () => {
  const sentry = embedded();
  await sentry.send(errorEvent(1));
  sentry.clock.advance(3_600_000);
  await sentry.send(errorEvent(2));
  await sentry.send(errorEvent(3));

  const groups = await groupsOf(sentry.server, 'field=sum(quantity)&statsPeriod=3h&interval=1h');

  expect(groups.map(({ series }) => series['sum(quantity)']?.slice(-2))).toEqual([[1, 2]]);
});

test.each([
  ['received', 4],
  ['rejected', 1],
  ['blacklisted', 1],
  ['generated', 0],
])('a project’s events that were %s: %i', async (stat, expected) => {
  const sentry = embedded({ server: { filters: ['localhost'], quotas: { perKey: { count: 2, window: 3600 } } } });
  await sentry.send(errorEvent(1));
  await sentry.send(errorEvent(2, page('http://localhost/')));
  await sentry.send(errorEvent(3));
  await sentry.send(errorEvent(4));

  const answer = await callApi(sentry.server, 'GET', `/projects/mendwright/shop/stats/?stat=${stat}`);
  const counts = z.array(z.tuple([z.number(), z.number()])).parse(await answer.json());

  expect(counts.reduce((sum, [, count]) => sum + count, 0)).toBe(expected);
});
