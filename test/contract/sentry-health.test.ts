/** Release health: how sessions of SDKs are counted, and read back by release, environment, project and status. */
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { sentryServer } from '../../harness/sentry-server/sentry-server.ts';
import { emptyServer, item, type RichServer } from './rich-server.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.parse('2026-11-23T14:00:00Z');

const Stats = z.object({
  start: z.string(),
  end: z.string(),
  intervals: z.array(z.string()),
  groups: z.array(
    z.object({
      by: z.record(z.string(), z.unknown()),
      totals: z.record(z.string(), z.number().nullable()),
      series: z.record(z.string(), z.array(z.number().nullable())),
    }),
  ),
});

interface Told {
  readonly sid?: string;
  readonly did?: string | null;
  readonly status?: string;
  readonly errors?: number;
  readonly started?: number;
  readonly release?: string;
  readonly environment?: string;
  readonly init?: boolean;
  readonly abnormal_mechanism?: string;
}

function session({ release = 'shop@1', environment = 'ci', started = START, ...more }: Told) {
  const attrs = { release, environment };
  return item('session', { started: new Date(started).toISOString(), status: 'ok', errors: 0, attrs, ...more });
}

async function ask({ call }: RichServer, query: string): Promise<z.infer<typeof Stats>> {
  const answer = await call('GET', `/organizations/mendwright/sessions/?statsPeriod=1d&${query}`);
  expect(answer.status).toBe(200);
  return Stats.parse(await answer.json());
}

async function figures(rich: RichServer, query: string, ...fields: string[]): Promise<unknown[]> {
  const { groups } = await ask(rich, `${query}&${fields.map((field) => `field=${field}`).join('&')}`);
  return groups.map(({ by, totals }) => [...Object.values(by), ...fields.map((field) => totals[field])]);
}

const BY_STATUS = ['sum(session)', 'count_unique(user)'];

/** Of everything: states with sessions or users, each as `[state, sessions, users]`. */
async function states(rich: RichServer): Promise<unknown[]> {
  const found = await figures(rich, 'groupBy=session.status', ...BY_STATUS);
  return found.filter((row) => !/,0,0$/.test(String(row)));
}

const S = '5e'.repeat(16);

describe('of one session', () => {
  test.each<[string, Told[], unknown[]]>([
    ['that began', [{ status: 'ok', init: true }], [['healthy', 1, 1]]],
    ['that ended', [{ status: 'ok', init: true }, { status: 'exited' }], [['healthy', 1, 1]]],
    ['of which only the end is told', [{ status: 'exited' }], [['healthy', 1, 1]]],
    ['that met an error', [{ init: true }, { errors: 1 }, { status: 'exited', errors: 1 }], [['errored', 1, 1]]],
    [
      'of SDK 11 that met an unhandled error',
      [{ init: true }, { status: 'unhandled', errors: 1 }],
      [['unhandled', 1, 1]],
    ],
    ['that crashed', [{ init: true }, { status: 'crashed', errors: 1 }], [['crashed', 1, 1]]],
    ['that was cut off', [{ init: true }, { status: 'abnormal' }], [['abnormal', 1, 1]]],
    ['that says so itself', [{ status: 'errored' }], [['errored', 1, 1]]],
    ['in a state that nobody knows', [{ status: 'degraded' }], [['healthy', 1, 1]]],
    ['whose updates come in the wrong order', [{ status: 'crashed', errors: 1 }, { init: true }], [['crashed', 1, 1]]],
    ['that crashed and then says it ended', [{ status: 'crashed' }, { status: 'exited' }], [['crashed', 1, 1]]],
    [
      'with a dashed id',
      [{ sid: '5e5e5e5e-5e5e-5e5e-5e5e-5e5e5e5e5e5e', init: true }, { errors: 1 }],
      [['errored', 1, 1]],
    ],
    ['without a user', [{ did: null }], [['healthy', 1, 0]]],
    [
      'whose updates differ about when it began',
      [{ init: true }, { errors: 1, started: START - HOUR }],
      [['errored', 1, 1]],
    ],
    ['of last week', [{ started: START - 6 * DAY }], []],
    ['of tomorrow', [{ started: START + DAY }], []],
    ['without a release', [{ release: '' }], []],
    ['of a release that is a path', [{ release: '../shop' }], []],
  ])('%s', async (_, updates, expected) => {
    const rich = emptyServer();
    for (const update of updates) await rich.send({}, session({ sid: S, did: 'ada', ...update }));
    rich.clock.advance(2 * HOUR);

    expect(await states(rich)).toEqual(expected);
  });
});

test('sessions without an id count one by one', async () => {
  const rich = emptyServer();
  await rich.send({}, session({}), session({ errors: 2 }));
  rich.clock.advance(60_000);

  expect(await states(rich)).toEqual([
    ['healthy', 1, 0],
    ['errored', 1, 0],
  ]);
});

test('sessions that a server has counted are added up', async () => {
  const rich = emptyServer();
  const attrs = { release: 'shop@1' };
  const started = '2026-11-23T13:07:00Z';
  const counts = { started, exited: 7, errored: 3, crashed: 2, abnormal: 1 };
  await rich.send({}, item('sessions', { attrs, aggregates: [counts, { ...counts, did: 'ada' }] }));
  await rich.send(
    {},
    item('sessions', {
      attrs,
      aggregates: [
        { started, exited: 5 },
        { started, errored: -4 },
      ],
    }),
  );

  expect(await figures(rich, 'groupBy=session.status', 'sum(session)')).toEqual([
    ['healthy', 19],
    ['errored', 6],
    ['unhandled', 0],
    ['abnormal', 2],
    ['crashed', 4],
  ]);
  expect(await figures(rich, '', 'count_unique(user)', 'crash_free_rate(user)')).toEqual([[1, 0]]);
});

describe('sessions are asked for', () => {
  let rich: RichServer;
  beforeAll(async () => {
    rich = emptyServer();
    const { id, publicKey } = rich.server.ensureProject({ slug: 'till' });
    const send = async (...told: Told[]) => {
      for (const one of told) await rich.send({}, session(one));
    };
    await send(
      { sid: 'a', did: 'ada' },
      { sid: 'b', did: 'ada', errors: 1 },
      { sid: 'c', did: 'bob', status: 'crashed' },
    );
    await send(
      { sid: 'd', did: 'cyd', environment: 'live' },
      { sid: 'e', did: 'ada', release: 'shop@2', environment: 'live' },
    );
    await send({ sid: 'f', did: 'dan', release: 'shop@2', status: 'abnormal', abnormal_mechanism: 'anr_foreground' });
    rich.clock.advance(2 * HOUR + 60_000);
    await send(
      { sid: 'g', did: 'ada', started: START + 2 * HOUR },
      { sid: 'h', started: START + 2 * HOUR, status: 'unhandled' },
    );
    const body = `{}\n{"type":"session"}\n${JSON.stringify(session({ sid: 'a', did: 'eve', release: 'till@1' }).payload)}\n`;
    const url = `http://sentry.test/api/${id}/envelope/?sentry_key=${publicKey}`;
    expect((await rich.server(new Request(url, { method: 'POST', body }))).status).toBe(200);
  });

  test.each<[string, string, string[], unknown[]]>([
    ['all', '', ['sum(session)', 'count_unique(user)'], [[9, 5]]],
    [
      'by release',
      'groupBy=release&orderBy=-sum(session)',
      ['sum(session)', 'count_unique(user)'],
      [
        ['shop@1', 6, 3],
        ['shop@2', 2, 2],
        ['till@1', 1, 1],
      ],
    ],
    [
      'by release, upwards',
      'groupBy=release&orderBy=sum(session)',
      ['sum(session)'],
      [
        ['till@1', 1],
        ['shop@2', 2],
        ['shop@1', 6],
      ],
    ],
    [
      'by environment',
      'groupBy=environment&orderBy=-sum(session)&project=shop',
      ['sum(session)', 'count_unique(user)'],
      [
        ['ci', 6, 3],
        ['live', 2, 2],
      ],
    ],
    [
      'by project',
      'groupBy=project&orderBy=-sum(session)',
      ['sum(session)'],
      [
        [1, 8],
        [2, 1],
      ],
    ],
    [
      'by release and environment',
      'groupBy=release&groupBy=environment&project=shop&orderBy=-sum(session)',
      ['sum(session)'],
      [
        ['shop@1', 'ci', 5],
        ['shop@1', 'live', 1],
        ['shop@2', 'live', 1],
        ['shop@2', 'ci', 1],
      ],
    ],
    [
      'with rates',
      'groupBy=release&project=shop&orderBy=-sum(session)',
      ['sum(session)', 'crash_rate(session)', 'crash_free_rate(session)', 'crash_free_rate(user)'],
      [
        ['shop@1', 6, 1 / 6, 5 / 6, 1 - 1 / 3],
        ['shop@2', 2, 0, 1, 1],
      ],
    ],
    [
      'with other rates',
      'query=release:shop@2',
      [
        'abnormal_rate(session)',
        'anr_rate()',
        'foreground_anr_rate()',
        'unhealthy_rate(user)',
        'errored_rate(session)',
      ],
      [[0.5, 0.5, 0.5, 0.5, 0]],
    ],
    ['with durations', '', ['p50(session.duration)'], [[null]]],
    ['of a release', 'query=release:shop@2', ['sum(session)'], [[2]]],
    ['of releases', 'query=release:[shop@2,till@1]', ['sum(session)'], [[3]]],
    ['of releases by pattern', 'query=release:shop@*', ['sum(session)'], [[8]]],
    ['of all releases but one', 'query=!release:shop@1', ['sum(session)'], [[3]]],
    ['of one or the other', 'query=(release:shop@2 AND environment:live) OR project:till', ['sum(session)'], [[2]]],
    [
      'of the latest releases',
      'query=release:latest&groupBy=release&orderBy=-sum(session)',
      ['sum(session)'],
      [
        ['shop@2', 2],
        ['till@1', 1],
      ],
    ],
    ['of an environment', 'environment=live', ['sum(session)'], [[2]]],
    ['of environments', 'environment=live&environment=ci&project=shop', ['sum(session)'], [[8]]],
    ['of a project', 'project=till', ['sum(session)'], [[1]]],
    ['in a state', 'query=session.status:crashed', ['sum(session)', 'count_unique(user)'], [[1, 1]]],
    [
      'of nobody',
      'query=release:nothing',
      ['sum(session)', 'count_unique(user)', 'crash_free_rate(session)'],
      [[0, 0, null]],
    ],
    ['of nobody, by release', 'query=release:nothing&groupBy=release', ['sum(session)'], []],
    ['page by page', 'groupBy=release&orderBy=-sum(session)&per_page=1', ['sum(session)'], [['shop@1', 6]]],
  ])('%s', async (_, query, fields, expected) => {
    expect(await figures(rich, query, ...fields)).toEqual(expected);
  });

  test('by the hour, the last of them not over yet', async () => {
    const { start, intervals, groups } = await ask(
      rich,
      'field=sum(session)&field=count_unique(user)&field=crash_free_rate(session)&interval=1h&project=shop',
    );

    expect([start, intervals.length, intervals.slice(-3)]).toEqual([
      '2026-11-22T16:00:00Z',
      25,
      ['2026-11-23T14:00:00Z', '2026-11-23T15:00:00Z', '2026-11-23T16:00:00Z'],
    ]);
    expect(groups[0]?.series['sum(session)']?.slice(-3)).toEqual([6, 0, 2]);
    expect(groups[0]?.series['count_unique(user)']?.slice(-3)).toEqual([4, 0, 1]);
    expect(groups[0]?.series['crash_free_rate(session)']?.slice(-3)).toEqual([5 / 6, null, 1]);
  });

  test('within a start and an end', async () => {
    const path = `field=sum(session)&start=2026-11-23T14:30:00&end=2026-11-23T16:30:00&interval=2h`;
    const answer = await rich.call('GET', `/organizations/mendwright/sessions/?${path}`);

    expect(await answer.json()).toMatchObject({
      intervals: ['2026-11-23T14:00:00Z', '2026-11-23T16:00:00Z'],
      groups: [{ totals: { 'sum(session)': 9 }, series: { 'sum(session)': [7, 2] } }],
    });
  });

  test.each([
    ['includeTotals=0', { totals: {}, series: { 'sum(session)': expect.any(Array) } }],
    ['includeSeries=0', { totals: { 'sum(session)': 9 }, series: {} }],
  ])('without what %s leaves out', async (query, expected) => {
    expect((await ask(rich, `field=sum(session)&${query}`)).groups).toEqual([{ by: {}, ...expected }]);
  });

  test.each([
    ['groupBy=release', 'Request is missing a "field"'],
    ['field=sum(user)', 'Invalid field: "sum(user)"'],
    ['field=sum(session)&groupBy=os', 'Invalid groupBy: "os"'],
    [
      'field=crash_free_rate(session)&groupBy=session.status',
      'Cannot group field crash_free_rate(session) by session.status',
    ],
    ['field=anr_rate()&groupBy=session.status', 'Cannot group field anr_rate() by session.status'],
    ['field=crash_rate(user)&query=session.status:crashed', 'Cannot filter field crash_rate(user) by session.status'],
    ['field=sum(session)&query=level:error', 'Invalid search filter: "level"'],
    ['field=sum(session)&orderBy=-count_unique(user)', "'orderBy' must be one of the provided 'fields'"],
    ['field=sum(session)&interval=30m', 'multiple of the minimum interval'],
    ['field=sum(session)&interval=90m', 'multiple of the minimum interval'],
    ['field=sum(session)&interval=2d', 'less than one day'],
    ['field=sum(session)&interval=5h', 'divide one day'],
    ['field=sum(session)&interval=soon', 'soon'],
  ])('%s is refused', async (query, detail) => {
    const answer = await rich.call('GET', `/organizations/mendwright/sessions/?${query}`);

    expect([answer.status, await answer.json()]).toEqual([400, { detail: expect.stringContaining(detail) }]);
  });
});

const Releases = z.array(
  z.object({
    version: z.string(),
    projects: z.array(z.object({ slug: z.string(), healthData: z.record(z.string(), z.unknown()).optional() })),
  }),
);

describe('releases', () => {
  let rich: RichServer;
  beforeAll(async () => {
    rich = emptyServer();
    await rich.call('POST', '/organizations/mendwright/releases/', { version: 'shop@0', projects: ['shop'] });
    rich.clock.advance(1000);
    await rich.send({}, session({ sid: 'a', did: 'ada', started: START - 3 * DAY }));
    rich.clock.advance(1000);
    for (const [sid, status] of [
      ['b', 'ok'],
      ['c', 'crashed'],
      ['d', 'unhandled'],
      ['e', 'exited'],
    ] as const)
      await rich.send({}, session({ sid, did: sid, status }));
    rich.clock.advance(1000);
    await rich.send({}, session({ sid: 'f', did: 'b', release: 'shop@2', environment: 'live' }));
    for (let round = 0; round < 6; round += 1)
      await rich.send({}, session({ sid: `g${round}`, did: 'b', release: 'shop@2', errors: round }));
  });

  const list = async (query: string) =>
    Releases.parse(await (await rich.call('GET', `/organizations/mendwright/releases/?${query}`)).json());

  test('have no health where nobody asks for it', async () => {
    expect((await list('')).flatMap(({ projects }) => projects.map(({ healthData }) => healthData))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('tell of their health in the list and alone', async () => {
    const [, first] = await list('health=1');
    const alone = z
      .object({ projects: z.array(z.object({ healthData: z.unknown() })) })
      .parse(await (await rich.call('GET', '/organizations/mendwright/releases/shop@1/?health=true')).json());

    expect(first?.version).toBe('shop@1');
    expect(first?.projects[0]?.healthData).toMatchObject({
      crashFreeSessions: 80,
      crashFreeUsers: 80,
      totalSessions: 5,
      totalUsers: 5,
      totalSessions24h: 4,
      totalUsers24h: 4,
      totalProjectSessions24h: 11,
      totalProjectUsers24h: 4,
      sessionsAdoption: (4 / 11) * 100,
      adoption: 100,
      sessionsCrashed: 1,
      sessionsErrored: 1,
      hasHealthData: true,
      durationP50: null,
    });
    expect(alone.projects[0]?.healthData).toEqual(first?.projects[0]?.healthData);
  });

  test('of which nobody had a session have no rates', async () => {
    const none = (await list('health=1')).find(({ version }) => version === 'shop@0');

    expect(none?.projects[0]?.healthData).toMatchObject({
      crashFreeSessions: null,
      adoption: 0,
      totalSessions: 0,
      hasHealthData: false,
    });
  });

  test.each([
    ['', '24h', 24, 4],
    ['&healthStatsPeriod=14d', '14d', 14, 5],
    ['&healthStatsPeriod=7d&healthStat=users', '7d', 7, 5],
    ['&healthStatsPeriod=14d&environment=live', '14d', 14, 0],
  ])('have a timeline%s', async (query, period, length, sum) => {
    const Timeline = z.object({ stats: z.record(z.string(), z.array(z.tuple([z.number(), z.number()]))) });
    const found = (await list(`health=1${query}`)).find(({ version }) => version === 'shop@1');
    const counts = Timeline.parse(found?.projects[0]?.healthData).stats[period] ?? [];

    expect([counts.length, counts.reduce((all, [, count]) => all + count, 0)]).toEqual([length, sum]);
  });

  test.each([
    ['date', 'shop@2 shop@1 shop@0'],
    ['sessions', 'shop@2 shop@1 shop@0'],
    ['users', 'shop@1 shop@2 shop@0'],
    ['crash_free_sessions', 'shop@1 shop@2 shop@0'],
    ['crash_free_users', 'shop@1 shop@2 shop@0'],
  ])('are sorted by %s', async (sort, expected) => {
    expect((await list(`sort=${sort}`)).map(({ version }) => version).join(' ')).toBe(expected);
  });

  test('tell how far they have come into use', async () => {
    const Stages = z.array(z.object({ version: z.string(), adoptionStages: z.unknown() }));
    const shop = emptyServer();
    const tell = async (release: string, count: number) => {
      const started = new Date(shop.clock.now()).toISOString();
      await shop.send({}, item('sessions', { attrs: { release }, aggregates: [{ started, exited: count }] }));
    };
    await tell('shop@1', 9);
    shop.clock.advance(HOUR);
    await tell('shop@1', 91);
    await tell('shop@2', 9);
    shop.clock.advance(HOUR);
    await tell('shop@1', 9);
    await tell('shop@2', 91);
    await tell('shop@3', 1);

    const path = '/organizations/mendwright/releases/?adoptionStages=1';
    const found = Stages.parse(await (await shop.call('GET', path)).json());

    expect(Object.fromEntries(found.map((one) => [one.version, one.adoptionStages]))).toEqual({
      'shop@1': {
        shop: { stage: 'replaced', adopted: '2026-11-23T14:00:00.000Z', unadopted: '2026-11-23T16:00:00.000Z' },
      },
      'shop@2': { shop: { stage: 'adopted', adopted: '2026-11-23T16:00:00.000Z', unadopted: null } },
      'shop@3': { shop: { stage: 'low_adoption', adopted: null, unadopted: null } },
    });
  });

  test.each([
    ['releases/?sort=luck', 'Invalid sort'],
    ['releases/?health=1&healthStatsPeriod=3d', 'Invalid healthStatsPeriod'],
    ['releases/?health=1&healthStat=money', 'healthStat'],
    ['releases/shop@1/?health=1&summaryStatsPeriod=1y', 'Invalid summaryStatsPeriod'],
  ])('%s is refused', async (path, detail) => {
    const answer = await rich.call('GET', `/organizations/mendwright/${path}`);

    expect([answer.status, await answer.json()]).toEqual([400, { detail: expect.stringContaining(detail) }]);
  });
});

test.each([
  ['by age', { days: 10 }, 20 * DAY, [[0, 0]]],
  ['by count, the newest users', { events: 3 }, 0, [[8, 3]]],
])('sessions are let go %s', async (_, retention, later, expected) => {
  let now = START;
  const server = sentryServer({ now: () => new Date(now), retention });
  const { id, publicKey } = server.ensureProject({ slug: 'shop' });
  const post = (type: string, payload: unknown) =>
    server(
      new Request(`http://sentry.test/api/${id}/envelope/?sentry_key=${publicKey}`, {
        method: 'POST',
        body: `{}\n${JSON.stringify({ type })}\n${JSON.stringify(payload)}\n`,
      }),
    );
  for (let one = 0; one < 8; one += 1) await post('session', session({ sid: String(one), did: String(one) }).payload);

  now += later;
  for (let event = 0; event < 50; event += 1) await post('event', { message: 'hello' });

  const count = async () => {
    const url =
      'http://sentry.test/api/0/organizations/mendwright/sessions/?statsPeriod=90d&interval=1d&field=sum(session)&field=count_unique(user)';
    return Stats.parse(await (await server(new Request(url))).json()).groups.map(({ totals }) => Object.values(totals));
  };
  await expect.poll(count).toEqual(expected);
});
