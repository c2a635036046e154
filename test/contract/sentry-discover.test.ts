/** Questions of the discover call that join conditions, compute over groups, and leave groups out. */
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { RELEASE, type RichServer, richServer, TRACE } from './rich-server.ts';

const Data = z.object({
  data: z.array(z.record(z.string(), z.unknown())),
  meta: z.object({ fields: z.record(z.string(), z.string()), units: z.record(z.string(), z.string().nullable()) }),
});

let rich: RichServer;
beforeAll(async () => {
  rich = await richServer();
});

interface Question {
  readonly fields: readonly string[];
  readonly query?: string;
  readonly sort?: string;
}

function call(dataset: string, { fields, query = '', sort }: Question): Promise<Response> {
  const parameters = new URLSearchParams([
    ['dataset', dataset],
    ['query', query],
    ['statsPeriod', '1h'],
    ...fields.map((field) => ['field', field]),
    ...(sort === undefined ? [] : [['sort', sort]]),
  ]);
  return rich.call('GET', `/organizations/mendwright/events/?${parameters}`);
}

async function ask(dataset: string, question: Question): Promise<unknown[][]> {
  const answer = await call(dataset, question);
  expect([answer.status, answer.status === 200 ? '' : await answer.clone().text()]).toEqual([200, '']);
  return Data.parse(await answer.json()).data.map((row) => question.fields.map((field) => row[field]));
}

const issue = (query: string, ...more: string[]): Question => ({ fields: ['issue', ...more], query, sort: 'issue' });
const ops = (query: string, ...more: string[]): Question => ({
  fields: ['span.op', ...more],
  query: `trace:${TRACE} ${query}`,
  sort: 'span.op',
});
const DB = 'db';
const CACHE = 'cache.get';
const HTTP = 'http.server';

test.each<[string, string, Question, unknown[][]]>([
  ['errors that come in numbers', 'errors', issue('count():>1', 'count()'), [['SHOP-1', 2]]],
  [
    'errors that do not',
    'errors',
    issue('!count():>1', 'count()'),
    [
      ['SHOP-2', 1],
      ['SHOP-3', 1],
    ],
  ],
  ['errors of many users', 'errors', issue('count_unique(user):>=2', 'count_unique(user)'), [['SHOP-1', 2]]],
  ['rows before groups', 'errors', issue('till:4 count():<2', 'count()'), [['SHOP-1', 1]]],
  [
    'one group or the other',
    'errors',
    issue('(count():>5 OR count_unique(user):2)', 'count()', 'count_unique(user)'),
    [['SHOP-1', 2, 2]],
  ],
  [
    'groups joined by AND',
    'errors',
    issue('count():>0 AND count():<2', 'count()'),
    [
      ['SHOP-2', 1],
      ['SHOP-3', 1],
    ],
  ],
  ['groups and rows within brackets', 'errors', issue('(platform:node AND count():>1)', 'count()'), [['SHOP-1', 2]]],
  ['all in one group', 'errors', { fields: ['count()'], query: 'count():>3' }, [[4]]],
  ['no group at all', 'errors', { fields: ['count()'], query: 'count():>4' }, []],
  ['groups by a list of numbers', 'errors', issue('count():[2,3]', 'count()'), [['SHOP-1', 2]]],
  [
    'when groups were last seen',
    'errors',
    issue('last_seen():>2026-11-23T00:00:00 platform:python', 'last_seen()'),
    [['SHOP-2', '2026-11-23T14:01:00.000+00:00']],
  ],
  ['when groups were not seen', 'errors', issue('last_seen():<2026-11-23T00:00:00', 'last_seen()'), []],
  ['errors per minute', 'errors', { fields: ['epm()'], query: 'platform:node' }, [[2 / 60]]],
  ['errors of one kind or the other', 'errors', issue('level:warning OR till:4'), [['SHOP-1'], ['SHOP-2']]],
  ['AND before OR', 'errors', issue('level:warning OR till:4 AND till:5'), [['SHOP-2']]],
  ['brackets before AND', 'errors', issue('(level:warning OR till:4) AND till:4'), [['SHOP-1']]],
  ['brackets within brackets', 'errors', issue('((till:4 OR (till:5)) AND (level:error))', 'count()'), [['SHOP-1', 2]]],
  ['a negation within brackets', 'errors', issue('(level:warning OR !has:till) platform:python'), [['SHOP-2']]],
  ['words within brackets', 'errors', issue('("Order 12" OR nothing)'), [['SHOP-2']]],
  [
    'a version',
    'errors',
    issue('release.version:<1.10', 'count()'),
    [
      ['SHOP-1', 1],
      ['SHOP-3', 1],
    ],
  ],
  ['a star in a value', 'errors', issue(String.raw`till:"\*"`), []],
  ['spans that come in numbers', 'spans', ops('count():>1', 'count()'), [[HTTP, 2]]],
  [
    'spans that are slow',
    'spans',
    ops('p95(span.duration):>300ms', 'p95(span.duration)'),
    [[HTTP, expect.closeTo(482.5, 3)]],
  ],
  [
    'spans that are fast',
    'spans',
    ops('p50():<=0.11s', 'p50()'),
    [
      [CACHE, expect.closeTo(10, 3)],
      [DB, expect.closeTo(100, 3)],
    ],
  ],
  [
    'percentiles',
    'spans',
    ops(
      'span.op:http.server',
      'p50(span.duration)',
      'p75(span.duration)',
      'p90(span.duration)',
      'p99(span.duration)',
      'p100(span.duration)',
    ),
    [[HTTP, ...[325, 412.5, 465, 496.5, 500].map((ms) => expect.closeTo(ms, 3))]],
  ],
  ['spans per minute', 'spans', ops('span.op:db', 'epm()', 'eps()'), [[DB, 1 / 60, 1 / 3600]]],
  [
    'spans that failed',
    'spans',
    ops('failure_count():>0', 'failure_count()', 'failure_rate()'),
    [
      [DB, 1, 1],
      [HTTP, 1, 0.5],
    ],
  ],
  ['spans of one kind or the other', 'spans', ops('(span.op:db OR span.duration:<50ms)'), [[CACHE], [DB]]],
  ['spans that none is like', 'spans', ops('count():>1 span.op:db', 'count()'), []],
  [
    'logs that come in numbers',
    'logs',
    { fields: ['severity', 'count()'], query: 'count():>=1', sort: 'severity' },
    [
      ['error', 1],
      ['info', 1],
    ],
  ],
  [
    'logs by what they say',
    'logs',
    { fields: ['message'], query: `message:*total OR (severity:info AND cart.size:>2)`, sort: 'message' },
    [['cart opened'], ['no total']],
  ],
  ['logs of a release', 'logs', { fields: ['message'], query: `release:${RELEASE}` }, [['cart opened']]],
  ['when logs were last seen', 'logs', { fields: ['severity', 'last_seen()'], query: 'last_seen():>2030-01-01' }, []],
])('%s', async (_, dataset, question, expected) => {
  expect(await ask(dataset, question)).toEqual(expected);
});

test('what rates are counted in is told', async () => {
  const { meta } = Data.parse(await (await call('spans', { fields: ['epm()', 'p95(span.duration)'] })).json());

  expect(meta).toMatchObject({
    fields: { 'epm()': 'rate', 'p95(span.duration)': 'duration' },
    units: { 'epm()': '1/minute', 'p95(span.duration)': 'millisecond' },
  });
});

describe('a question is refused', () => {
  test.each<[string, Question, string]>([
    ['errors', issue('count():>1'), 'Aggregate count() used in a condition but is not a selected column.'],
    ['spans', ops('count():>1'), 'Aggregate count() used in a condition but is not a selected column.'],
    ['errors', issue('count():>1 OR level:error', 'count()'), 'cannot be joined by OR'],
    ['errors', issue('count():many', 'count()'), 'Invalid number: many'],
    ['errors', issue('last_seen():soon', 'last_seen()'), 'not a valid ISO8601 date'],
    ['errors', { fields: ['p95(level)'] }, 'p95(level) is not a function'],
    ['spans', { fields: ['count_unique()'] }, 'function'],
    ['errors', issue('level:error OR'), 'empty'],
    ['errors', issue('(level:error'), 'closing one'],
    ['errors', issue('level:error)'), 'closing bracket without'],
    ['errors', issue('level:'), "Empty string after 'level:'"],
    ['errors', { fields: ['issue'], sort: '-count()' }, 'Cannot sort'],
  ])('%s %j', async (dataset, question, detail) => {
    const answer = await call(dataset, question);

    expect([answer.status, await answer.json()]).toEqual([400, { detail: expect.stringContaining(detail) }]);
  });
});
