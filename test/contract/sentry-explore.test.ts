/** What can be asked about events, spans, logs, sessions and replays. */
import { deflateSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { CART_EVENT, emptyServer, item, RELEASE, REPLAY, type RichServer, richServer, TRACE } from './rich-server.ts';

const ORG = '/organizations/mendwright';
const Data = z.object({
  data: z.array(z.record(z.string(), z.unknown())),
  meta: z.object({ fields: z.record(z.string(), z.string()), units: z.record(z.string(), z.string().nullable()) }),
});

let rich: RichServer;

beforeAll(async () => {
  rich = await richServer();
});

async function read(path: string): Promise<unknown> {
  const answer = await rich.call('GET', path);
  const body: unknown = await answer.json();
  expect([answer.status, body]).toEqual([200, body]);
  return body;
}

async function ask(
  dataset: string,
  question: { fields: readonly string[]; query?: string; sort?: string },
): Promise<unknown[][]> {
  const { fields, query = '', sort } = question;
  const parameters = new URLSearchParams([
    ['dataset', dataset],
    ['query', query],
    ...fields.map((field) => ['field', field]),
    ...(sort === undefined ? [] : [['sort', sort]]),
  ]);
  const { data } = Data.parse(await read(`${ORG}/events/?${parameters}`));
  return data.map((row) => fields.map((field) => row[field]));
}

describe('the discover call', () => {
  test.each<[string, string, { fields: string[]; query?: string; sort?: string }, unknown[][]]>([
    [
      'fields of errors',
      'errors',
      { fields: ['issue', 'level', 'release'], query: 'till:4' },
      [['SHOP-1', 'error', RELEASE]],
    ],
    [
      'errors by tag',
      'errors',
      { fields: ['till', 'count()'], query: 'has:till', sort: 'till' },
      [
        ['4', 1],
        ['5', 1],
      ],
    ],
    [
      'errors by their number',
      'errors',
      { fields: ['issue.id', 'count()', 'count_unique(user)'], query: 'platform:node', sort: '-count' },
      [[1, 2, 2]],
    ],
    ['errors of a trace', 'errors', { fields: ['id'], query: `trace:${TRACE} user.id:7` }, [[CART_EVENT]]],
    [
      'the first and the last of errors',
      'errors',
      { fields: ['min(timestamp)', 'max(level)'], query: 'platform:python' },
      [[expect.stringMatching(/^2026-11-23T14:01/), 'warning']],
    ],
    [
      'spans by operation',
      'spans',
      { fields: ['span.op', 'count()', 'avg(span.duration)'], query: `trace:${TRACE}`, sort: '-avg(span.duration)' },
      [
        ['http.server', 2, 325],
        ['db', 1, 100],
        ['cache.get', 1, 10],
      ],
    ],
    [
      'slow spans',
      'spans',
      { fields: ['span.description', 'span.duration'], query: 'span.duration:>=100ms', sort: '-span.duration' },
      [
        ['POST /cart', 500],
        ['GET /stock', 150],
        ['SELECT carts', 100],
      ],
    ],
    [
      'spans by the shorter name of their description',
      'spans',
      { fields: ['description'], query: 'description:POST*', sort: '-description' },
      [['POST /cart']],
    ],
    [
      'spans of one kind',
      'spans',
      {
        fields: ['span.description'],
        query: '!span.op:http.server is_transaction:false span.description:*cart*',
        sort: 'span.description',
      },
      [['SELECT carts'], ['cart:7']],
    ],
    [
      'spans with an attribute',
      'spans',
      { fields: ['id', 'tags[http.response.status_code,number]'], query: 'has:http.response.status_code project:shop' },
      [['a'.repeat(16), 500]],
    ],
    [
      'a share of spans',
      'spans',
      {
        fields: ['failure_rate()', 'p50(span.duration)', 'p100(span.duration)', 'count_unique(span.op)'],
        query: `trace:${TRACE}`,
      },
      [[0.5, 125, 500, 3]],
    ],
    [
      'an aggregate of nothing',
      'spans',
      { fields: ['count()', 'max(span.duration)'], query: 'span.op:none' },
      [[0, null]],
    ],
    [
      'logs, newest first',
      'logs',
      { fields: ['message', 'severity', 'trace'] },
      [
        ['no total', 'error', TRACE],
        ['cart opened', 'info', TRACE],
      ],
    ],
    [
      'logs with words',
      'logs',
      { fields: ['message', 'cart.size'], query: 'OPENED severity:info' },
      [['cart opened', 3]],
    ],
    [
      'logs by severity',
      'logs',
      { fields: ['severity', 'count()'], sort: 'severity' },
      [
        ['error', 1],
        ['info', 1],
      ],
    ],
    ['metrics', 'tracemetrics', { fields: ['metric.name', 'sum(value)'] }, [['carts', 2]]],
    [
      'one or the other',
      'errors',
      { fields: ['issue.id'], query: '(till:4 OR till:5) AND user.id:[7,8] "total"', sort: 'issue.id' },
      [[1], [1]],
    ],
    ['neither side of it', 'errors', { fields: ['issue.id'], query: 'till:4 till:5 OR till:6' }, []],
    [
      'spans of one or the other',
      'spans',
      { fields: ['span.op'], query: 'span.op:db OR (span.op:cache.get AND cart)', sort: 'span.op' },
      [['cache.get'], ['db']],
    ],
    ['nothing of profiles', 'profile_functions', { fields: ['function'] }, []],
  ])('answers %s', async (_, dataset, question, expected) => {
    expect(await ask(dataset, question)).toEqual(expected);
  });

  test('says what its numbers are', async () => {
    const { meta } = Data.parse(
      await read(
        `${ORG}/events/?dataset=spans&field=span.op&field=span.duration&field=count()&field=timestamp&field=is_transaction&per_page=1`,
      ),
    );

    expect(meta.fields).toEqual({
      'span.op': 'string',
      'span.duration': 'duration',
      'count()': 'integer',
      timestamp: 'date',
      is_transaction: 'boolean',
    });
    expect(meta.units).toMatchObject({ 'span.duration': 'millisecond', 'count()': null });
  });

  test.each([
    ['dataset=nothing&field=id', 'dataset must be one of'],
    ['dataset=spans', 'No columns selected'],
    ['dataset=spans&field=id&sort=-span.op', 'Cannot sort'],
    ['dataset=spans&field=nope(id)', 'does not know'],
    ['dataset=errors&field=count_unique()', 'not a function'],
    ['dataset=errors&field=id&query="open', 'Parse error'],
    ['dataset=errors&field=id&statsPeriod=ever', 'statsPeriod'],
    ['dataset=errors&field=id&query=(till:4', 'opening bracket'],
    ['dataset=spans&field=id&query=till:4)', 'closing bracket'],
    ['dataset=spans&field=id&query=till:4 OR', 'is empty'],
    [`dataset=spans&field=id&query=${'('.repeat(30)}a${')'.repeat(30)}`, 'too many brackets'],
  ])('refuses %s', async (parameters, detail) => {
    const answer = await rich.call('GET', `${ORG}/events/?${parameters}`);

    expect([answer.status, await answer.json()]).toEqual([400, { detail: expect.stringContaining(detail) }]);
  });

  test('pages through what it found', async () => {
    const first = await rich.call(
      'GET',
      `${ORG}/events/?dataset=spans&field=id&sort=id&per_page=3&query=trace:${TRACE}`,
    );
    const second = await rich.call(
      'GET',
      `${ORG}/events/?dataset=spans&field=id&sort=id&per_page=3&cursor=0:3:0&query=trace:${TRACE}`,
    );

    expect(Data.parse(await first.json()).data).toHaveLength(3);
    expect(Data.parse(await second.json()).data).toEqual([{ id: 'd'.repeat(16) }]);
    expect(first.headers.get('link')).toContain('rel="next"; results="true"');
    expect(second.headers.get('link')).toContain('rel="next"; results="false"');
  });
});

test.each([
  ['dataset=errors&query=level:error&field=title', true],
  ['dataset=spans&query=span.op:db&field=p95(span.duration)', true],
  ['dataset=errors&query="open&field=title', false],
  ['dataset=errors&query=&field=nope()', false],
  ['dataset=errors&query=issue.id:many&field=title', false],
  ['dataset=nothing&query=&field=title', false],
])('a question is valid or not before it is asked: %s', async (question, valid) => {
  expect(await read(`${ORG}/events/validate/?${question}`)).toMatchObject({ valid });
});

describe('over time', () => {
  const Series = z.object({
    timeSeries: z.array(
      z.object({
        groupBy: z.array(z.object({ value: z.unknown() })).optional(),
        values: z.array(z.object({ timestamp: z.number(), value: z.number(), incomplete: z.boolean() })),
      }),
    ),
  });
  const sums = (body: unknown) =>
    Series.parse(body).timeSeries.map(({ groupBy, values }) => [
      groupBy?.[0]?.value,
      values.length,
      values.reduce((sum, { value }) => sum + value, 0),
    ]);

  test.each<[string, string, unknown[][]]>([
    ['errors', 'dataset=errors&query=has:till&statsPeriod=1h&interval=5m', [[undefined, 13, 2]]],
    [
      'errors by tag',
      'dataset=errors&groupBy=till&topEvents=2&query=has:till&statsPeriod=1h&interval=1h',
      [
        ['4', 2, 1],
        ['5', 2, 1],
      ],
    ],
    [
      'spans by operation',
      `dataset=spans&groupBy=span.op&topEvents=1&query=trace:${TRACE}&statsPeriod=1h&interval=1h`,
      [['http.server', 2, 2]],
    ],
    [
      'the longest span',
      `dataset=spans&yAxis=max(span.duration)&query=trace:${TRACE}&statsPeriod=1h&interval=1h`,
      [[undefined, 2, 500]],
    ],
    ['logs of nobody', 'dataset=logs&query=severity:fatal&statsPeriod=1h&interval=1h', [[undefined, 2, 0]]],
  ])('%s are counted', async (_, parameters, expected) => {
    expect(sums(await read(`${ORG}/events-timeseries/?${parameters}`))).toEqual(expected);
  });

  test('the interval that is not over yet is incomplete', async () => {
    const { timeSeries } = Series.parse(
      await read(`${ORG}/events-timeseries/?dataset=errors&statsPeriod=2h&interval=1h`),
    );

    expect(timeSeries[0]?.values.map(({ incomplete }) => incomplete)).toEqual([false, false, true]);
  });

  test.each([
    ['events-timeseries/?dataset=errors&topEvents=2', 'groupBy'],
    ['events-timeseries/?dataset=errors&topEvents=20&groupBy=level', 'between 1 and 10'],
    ['events-timeseries/?dataset=errors&yAxis=level', 'not a function'],
    ['events-timeseries/?dataset=errors&statsPeriod=9000d&interval=1m', 'too many results'],
    ['stats_v2/?field=sum(all)', 'Invalid field'],
    ['stats_v2/?groupBy=release', 'Invalid groupBy'],
    ['sessions/?groupBy=release', 'field'],
    ['sessions/?field=sum(session)&groupBy=user', 'Invalid groupBy'],
    ['replays/?sort=nothing', 'Invalid field'],
    ['replay-count/?query=level:error', 'issue.id'],
    ['trace/xyz/', '32 hexadecimal digits'],
  ])('%s is refused', async (path, detail) => {
    const answer = await rich.call('GET', `${ORG}/${path}`);

    expect([answer.status, await answer.json()]).toEqual([400, { detail: expect.stringContaining(detail) }]);
  });

  test('what arrived, and what SDKs threw away, is told by category', async () => {
    const { groups } = z
      .object({
        groups: z.array(
          z.object({
            by: z.record(z.string(), z.unknown()),
            totals: z.record(z.string(), z.number()),
            series: z.record(z.string(), z.array(z.number())),
          }),
        ),
      })
      .parse(
        await read(`${ORG}/stats_v2/?groupBy=category&groupBy=outcome&field=sum(quantity)&statsPeriod=1d&interval=1h`),
      );

    const totals = Object.fromEntries(
      groups.map(({ by, totals }) => [`${by.category} ${by.outcome}`, totals['sum(quantity)']]),
    );
    expect(totals).toMatchObject({
      'error accepted': 4,
      'error client_discard': 3,
      'transaction accepted': 1,
      'replay accepted': 2,
      'attachment accepted': 3,
    });
    expect(groups[0]?.series['sum(quantity)']).toHaveLength(25);
  });

  test("a project's events are counted by the hour", async () => {
    const counts = z
      .array(z.tuple([z.number(), z.number()]))
      .parse(await read('/projects/mendwright/shop/stats/?resolution=1h'));

    expect(counts.reduce((sum, [, count]) => sum + count, 0)).toBe(4);
  });

  test('sessions count once however often they are updated', async () => {
    const body = await read(
      `${ORG}/sessions/?field=sum(session)&field=count_unique(user)&groupBy=session.status&statsPeriod=1d&query=release:${RELEASE}&orderBy=-sum(session)`,
    );

    expect(body).toMatchObject({
      groups: [
        { by: { 'session.status': 'healthy' }, totals: { 'sum(session)': 8, 'count_unique(user)': 0 } },
        { by: { 'session.status': 'errored' }, totals: { 'sum(session)': 1, 'count_unique(user)': 0 } },
        { by: { 'session.status': 'crashed' }, totals: { 'sum(session)': 1, 'count_unique(user)': 1 } },
        { by: { 'session.status': 'unhandled' }, totals: { 'sum(session)': 0 } },
        { by: { 'session.status': 'abnormal' }, totals: { 'sum(session)': 0 } },
      ],
    });
  });
});

const Tree: z.ZodType<{ children: unknown[] }> = z.object({ children: z.array(z.unknown()) });

function depthOf(nodes: readonly unknown[]): number {
  return 1 + Math.max(-1, ...nodes.map((node) => depthOf(Tree.parse(node).children)));
}

describe('a trace', () => {
  test('is the tree of its spans, with errors where they happened', async () => {
    const tree = await read(`${ORG}/trace/${TRACE}/`);

    expect(tree).toMatchObject([
      {
        event_id: 'a'.repeat(16),
        op: 'http.server',
        is_transaction: true,
        duration: 500,
        children: [
          {
            event_id: 'b'.repeat(16),
            op: 'db',
            errors: [{ event_id: CART_EVENT, short_id: 'SHOP-1' }, { event_type: 'error' }],
          },
          {
            event_id: 'c'.repeat(16),
            transaction_id: 'e1'.repeat(16),
            is_transaction: true,
            children: [{ description: 'cart:7' }],
          },
        ],
      },
    ]);
  });

  test('is counted', async () => {
    expect(await read(`${ORG}/trace-meta/${TRACE}/`)).toEqual({
      errorsCount: 2,
      logsCount: 2,
      metricsCount: 1,
      performanceIssuesCount: 0,
      spansCount: 4,
      transactionChildCountMap: expect.arrayContaining([{ 'transaction.event_id': 'e1'.repeat(16), 'count()': 2 }]),
      spansCountMap: { 'http.server': 2, db: 1, 'cache.get': 1 },
      uptimeCount: 0,
    });
  });

  test('of a very long chain of spans is answered, flat below its two hundredth', async () => {
    const shop = emptyServer();
    const at = shop.clock.now() / 1000;
    const id = (index: number) => index.toString(16).padStart(16, '0');
    const spans = Array.from({ length: 1000 }, (_, index) => ({
      trace_id: TRACE,
      span_id: id(index + 1),
      parent_span_id: index === 0 ? null : id(index),
      name: 'x',
      start_timestamp: at,
      end_timestamp: at,
      is_segment: false,
      attributes: {},
    }));
    spans.push({
      trace_id: TRACE,
      span_id: 'f'.repeat(16),
      parent_span_id: 'f'.repeat(16),
      name: 'own parent',
      start_timestamp: at,
      end_timestamp: at,
      is_segment: false,
      attributes: {},
    });
    await shop.send(
      { trace: { trace_id: TRACE } },
      item('span', { items: spans }, { content_type: 'application/vnd.sentry.items.span.v2+json' }),
    );

    const text = await (await shop.call('GET', `${ORG}/trace/${TRACE}/`)).text();

    expect(text.match(/"event_id"/g)).toHaveLength(1001);
    expect(depthOf(JSON.parse(text))).toBe(202);
  });
});

describe('a replay', () => {
  test('is put together from its segments', async () => {
    expect(await read(`${ORG}/replays/${REPLAY}/`)).toMatchObject({
      data: {
        id: REPLAY,
        duration: 6,
        count_segments: 2,
        count_errors: 1,
        urls: ['http://shop.test/0', 'http://shop.test/1'],
        error_ids: [CART_EVENT],
        trace_ids: [TRACE],
        releases: [RELEASE],
        tags: { till: ['4'] },
        user: { id: '7', display_name: 'ada@acme.test' },
        browser: { name: 'Chrome', version: '156' },
      },
    });
  });

  test.each([
    ['', 1],
    ['user.email:ada@acme.test', 1],
    ['count_errors:>0 duration:<10', 1],
    ['!user.id:7', 0],
    ['till:5', 0],
    ['release:shop@*', 1],
  ])('is found by %j: %i', async (query, count) => {
    const { data } = z
      .object({ data: z.array(z.unknown()) })
      .parse(await read(`${ORG}/replays/?${new URLSearchParams({ query })}`));

    expect(data).toHaveLength(count);
  });

  test('is counted for the issues that it saw', async () => {
    expect(await read(`${ORG}/replay-count/?query=issue.id:[1,2]`)).toEqual({ '1': 1, '2': 0 });
    expect(await read(`${ORG}/replay-count/?query=issue.id:[1,2]&returnIds=true`)).toEqual({ '1': [REPLAY], '2': [] });
    expect(await read(`${ORG}/replay-count/?query=replay_id:${REPLAY}`)).toEqual({ [REPLAY]: 1 });
  });

  test('gives its recording back, packed or not, and keeps out what unpacks to too much', async () => {
    const segments = z.array(z.array(z.object({ type: z.number(), timestamp: z.number() })));
    const path = `/projects/mendwright/shop/replays/${REPLAY}/recording-segments/`;
    const shop = await richServer();
    const bomb = deflateSync(Buffer.alloc(60 * 1024 * 1024, ' '));

    await shop.send(
      { event_id: REPLAY },
      item('replay_recording', Buffer.concat([Buffer.from('{"segment_id":2}\n'), bomb])),
    );

    expect(segments.parse(await read(path)).map((events) => events.length)).toEqual([1, 1]);
    expect(segments.parse(await (await shop.call('GET', path)).json()).map((events) => events.length)).toEqual([1, 1]);
  });
});

describe('tags', () => {
  const Values = z.array(z.object({ value: z.string(), count: z.number() }));

  test.each([
    ['count', ['a', 'b', 'c']],
    ['date', ['c', 'a', 'b']],
    ['age', ['c', 'b', 'a']],
  ])('of an issue are sorted by %s', async (sort, expected) => {
    const shop = emptyServer();
    for (const value of ['a', 'b', 'b', 'a', 'a', 'c']) {
      await shop.send({}, item('event', { message: 'x', tags: { till: value } }));
      shop.clock.advance(60_000);
    }

    const values = Values.parse(
      await (await shop.call('GET', `${ORG}/issues/1/tags/till/values/?sort=${sort}`)).json(),
    );

    expect(values.map(({ value }) => value)).toEqual(expected);
    expect((await shop.call('GET', `${ORG}/issues/1/tags/nope/`)).status).toBe(404);
  });

  test('are counted over the organisation and a project', async () => {
    const keys = z
      .array(z.object({ key: z.string(), totalValues: z.number(), uniqueValues: z.number() }))
      .parse(await read(`${ORG}/tags/`));

    expect(keys.find(({ key }) => key === 'till')).toMatchObject({ totalValues: 2, uniqueValues: 2 });
    expect(Values.parse(await read('/projects/mendwright/shop/tags/till/values/')).map(({ value }) => value)).toEqual([
      '4',
      '5',
    ]);
  });

  test('of spans and logs are their attributes', async () => {
    const attributes = z.array(z.object({ key: z.string(), attributeType: z.string() }));

    const numbers = attributes.parse(await read(`${ORG}/trace-items/attributes/?itemType=logs&attributeType=number`));

    expect(numbers).toContainEqual({ key: 'tags[cart.size,number]', attributeType: 'number' });
    expect(numbers.every(({ attributeType }) => attributeType === 'number')).toBe(true);
  });
});

describe('an event', () => {
  test('gives its files back, never as a page', async () => {
    const list = z.array(z.object({ id: z.string(), name: z.string(), size: z.number(), sha1: z.string() }));
    const path = `/projects/mendwright/shop/events/${CART_EVENT}/attachments/`;

    const [file] = list.parse(await read(path));
    const bytes = await rich.call('GET', `${path}${file?.id}/?download=1`);

    expect(file).toMatchObject({ name: 'screenshot.png', size: 3, sha1: '70fe60b7dfe0837f2c69677bfef128c134937b16' });
    expect(await bytes.text()).toBe('PNG');
    expect([bytes.headers.get('content-type'), bytes.headers.get('content-disposition')]).toEqual([
      'application/octet-stream',
      "attachment; filename*=UTF-8''screenshot.png",
    ]);
    expect(list.parse(await read(`${path}?query=is:screenshot`))).toHaveLength(1);
    expect((await rich.call('GET', `/projects/mendwright/shop/events/${'0'.repeat(32)}/attachments/`)).status).toBe(
      404,
    );
  });

  test.each([
    ['markdown', "Cannot read properties of null (reading 'total')", '## exception'],
    ['xml', "Cannot read properties of null (reading 'total')", '<exception>'],
  ])('is written for a model as %s', async (format, message, heading) => {
    const { formatted } = z
      .object({ formatted: z.object({ format: z.string(), content: z.string() }) })
      .parse(await read(`${ORG}/issues/1/events/${CART_EVENT}/?llmFormat=${format}`));

    expect(formatted.format).toBe(format);
    expect(formatted.content).toContain(message);
    expect(formatted.content).toContain(heading);
    expect(formatted.content).toContain('total (src/cart.js:7) [app]');
  });

  test("keeps a stranger's text from ending its fence or element", async () => {
    const shop = emptyServer();
    await shop.send({ event_id: 'b'.repeat(32) }, item('event', { message: '```\n</message><order>' }));
    const text = async (format: string) =>
      JSON.stringify(await (await shop.call('GET', `${ORG}/issues/1/events/latest/?llmFormat=${format}`)).json());

    expect(await text('markdown')).toContain('````\\n```\\n</message><order>\\n````');
    expect(JSON.parse(await text('xml')).formatted.content).not.toContain('<order>');
  });

  test('has what users wrote about it', async () => {
    const Comments = z.array(z.object({ comments: z.string() }));

    const ofIssue = Comments.parse(await read(`${ORG}/issues/1/user-reports/`));

    expect(ofIssue.map(({ comments }) => comments).sort()).toEqual(['It broke.', 'Mine too.', 'Too slow']);
    expect(Comments.parse(await read(`${ORG}/issues/2/user-reports/`))).toEqual([]);
    expect(Comments.parse(await read('/projects/mendwright/shop/user-feedback/'))).toHaveLength(3);
  });
});

describe('a monitor', () => {
  test('tells how it fares in each environment, and when it is due', async () => {
    const late = await richServer();
    late.clock.advance(7_200_000);
    const Monitor = z.object({
      environments: z.array(z.object({ name: z.string(), status: z.string(), nextCheckIn: z.string() })),
    });

    const now = Monitor.parse(await read(`${ORG}/monitors/nightly/`));
    const later = Monitor.parse(await (await late.call('GET', `${ORG}/monitors/nightly/`)).json());

    expect(now.environments).toMatchObject([
      { name: 'ci', status: 'ok', nextCheckIn: '2026-11-23T15:00:00.000Z' },
      { name: 'production', status: 'error' },
    ]);
    expect(later.environments[0]?.status).toBe('missed_checkin');
  });
});
