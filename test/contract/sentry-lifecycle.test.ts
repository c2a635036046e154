/** How issues are archived and come back, and how releases decide about it. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { errorEvent } from './embedded.ts';
import { CART_EVENT, emptyServer, item, type RichServer, richServer } from './rich-server.ts';

const HOUR = 3_600_000;
const Issue = z.object({
  status: z.string(),
  substatus: z.string().nullable(),
  statusDetails: z.record(z.string(), z.unknown()),
  assignedTo: z.object({ type: z.string(), name: z.string() }).nullable(),
  userCount: z.number(),
  stats: z.record(z.string(), z.array(z.tuple([z.number(), z.number()]))),
  activity: z.array(z.object({ type: z.string() })),
  firstRelease: z.object({ version: z.string() }).nullable(),
  lastRelease: z.object({ version: z.string() }).nullable(),
});

async function occur({ send }: RichServer, times = 1, more: Record<string, unknown> = {}): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    const { event_id: _, ...event } = errorEvent(1, more);
    await send({}, item('event', event));
  }
}

async function issueOf({ call }: RichServer, query = ''): Promise<z.infer<typeof Issue>> {
  return Issue.parse(await (await call('GET', `/organizations/mendwright/issues/1/${query}`)).json());
}

async function state(rich: RichServer): Promise<string> {
  const { status, substatus } = await issueOf(rich);
  return `${status} ${substatus}`;
}

async function change({ call }: RichServer, body: unknown): Promise<void> {
  expect((await call('PUT', '/organizations/mendwright/issues/1/', body)).status).toBe(200);
}

describe('an archived issue comes back', () => {
  test.each<[string, unknown, (rich: RichServer) => Promise<void>, (rich: RichServer) => Promise<void>, string]>([
    [
      'after a time',
      { ignoreDuration: 60 },
      async () => undefined,
      async ({ clock }) => clock.advance(HOUR),
      'ongoing',
    ],
    ['after so many events', { ignoreCount: 3 }, (rich) => occur(rich), (rich) => occur(rich), 'ongoing'],
    [
      'after so many events within a window',
      { ignoreCount: 3, ignoreWindow: 30 },
      async (rich) => {
        await occur(rich, 1);
        rich.clock.advance(HOUR);
      },
      (rich) => occur(rich, 2),
      'ongoing',
    ],
    [
      'after so many users',
      { ignoreUserCount: 2 },
      (rich) => occur(rich, 3, { user: { id: '1' } }),
      (rich) => occur(rich, 1, { user: { id: '2' } }),
      'ongoing',
    ],
  ])('%s', async (_, statusDetails, before, enough, substatus) => {
    const rich = emptyServer();
    await occur(rich);
    rich.clock.advance(HOUR);
    await change(rich, { status: 'ignored', statusDetails });

    await before(rich);
    await occur(rich, 1, { user: { id: '1' } });
    const between = await state(rich);
    await enough(rich);
    await occur(rich, 1, { user: { id: '1' } });

    expect(between).toBe('ignored archived_until_condition_met');
    expect(await state(rich)).toBe(`unresolved ${substatus}`);
  });

  test.each<[string, readonly number[], number, number]>([
    ['a quiet issue: more than ten an hour', [1], 10, 1],
    ['a busy issue: more than twice its busiest hour', [3, 8, 1], 16, 1],
    ['an issue that was busy long ago', [40, 0, 1], 10, 24 * 8],
  ])('when it escalates, %s', async (_, hours, calm, hoursBefore) => {
    const rich = emptyServer();
    for (const [index, events] of hours.entries()) {
      if (index > 0) rich.clock.advance(index === hours.length - 1 ? hoursBefore * HOUR : HOUR);
      await occur(rich, events);
    }
    rich.clock.advance(2 * HOUR);
    await change(rich, { substatus: 'archived_until_escalating' });

    await occur(rich, calm);
    const between = await state(rich);
    await occur(rich, 1);

    expect(between).toBe('ignored archived_until_escalating');
    expect(await state(rich)).toBe('unresolved escalating');
    expect((await issueOf(rich)).activity[0]?.type).toBe('set_escalating');
  });

  test('not while its events are spread over hours', async () => {
    const rich = emptyServer();
    await occur(rich);
    await change(rich, { status: 'ignored', substatus: 'archived_until_escalating' });

    for (let hour = 0; hour < 5; hour += 1) {
      rich.clock.advance(HOUR);
      await occur(rich, 9);
    }

    expect(await state(rich)).toBe('ignored archived_until_escalating');
  });

  test('never, when it is archived for good', async () => {
    const rich = emptyServer();
    await occur(rich);
    await change(rich, { status: 'ignored', substatus: 'archived_forever' });

    await occur(rich, 30);

    expect(await state(rich)).toBe('ignored archived_forever');
  });
});

/** Releases in the order in which they are first heard of, an hour between them; the issue's event comes from the first. */
async function resolvedShop(releases: readonly string[], resolution: Record<string, unknown>): Promise<RichServer> {
  const rich = emptyServer();
  const [first, ...others] = releases;
  await occur(rich, 1, first === undefined ? {} : { release: first });
  for (const version of others) {
    rich.clock.advance(HOUR);
    await rich.call('POST', '/organizations/mendwright/releases/', { version, projects: ['shop'] });
  }
  await change(rich, resolution);
  rich.clock.advance(HOUR);
  return rich;
}

const BACK = 'unresolved regressed';
const STAYS = 'resolved null';
const OLD = ['shop@1.9.0', 'shop@1.10.0'];

describe('an issue that is resolved in the next release', () => {
  test.each<[string, string[], string | undefined, string]>([
    ['stays resolved in the same release', OLD, 'shop@1.10.0', STAYS],
    ['stays resolved for a lower version', OLD, 'shop@1.9.0', STAYS],
    ['stays resolved for a lower version that came later', OLD, 'shop@1.9.1', STAYS],
    ['stays resolved for a pre-release of the version that was the latest', OLD, 'shop@1.10.0-rc.1', STAYS],
    ['stays resolved for events without a release', OLD, undefined, STAYS],
    ['comes back with a higher version', OLD, 'shop@1.10.1', BACK],
    ['comes back with a pre-release of a higher version', OLD, 'shop@1.11.0-alpha', BACK],
    ['comes back with the release of what was a pre-release', ['shop@2.0.0-rc.1'], 'shop@2.0.0', BACK],
    ['comes back with the next pre-release', ['shop@2.0.0-rc.9'], 'shop@2.0.0-rc.10', BACK],
    ['stays resolved for the pre-release before', ['shop@2.0.0-rc.10'], 'shop@2.0.0-rc.9', STAYS],
    ['comes back with a later build of the same version', ['shop@1.0.0+1'], 'shop@1.0.0+2', BACK],
    ['comes back with a later release of another kind', OLD, '9f2c1ab', BACK],
    ['comes back with a later release of another package', OLD, 'till@0.1.0', BACK],
    ['comes back with the same version of another package', OLD, 'till@1.10.0', BACK],
    ['comes back with a later release where none is a version', ['9f2c1ab', '01bd7e4'], 'c0ffee1', BACK],
    ['stays resolved in the latest release where none is a version', ['9f2c1ab', '01bd7e4'], '01bd7e4', STAYS],
    ['stays resolved in an earlier release where none is a version', ['9f2c1ab', '01bd7e4'], '9f2c1ab', STAYS],
    ['takes the highest version as the latest', ['shop@2.0.0', 'shop@1.9.9'], 'shop@2.0.0', STAYS],
    ['comes back where there was no release', [], 'shop@1.0.0', BACK],
  ])('%s', async (_, releases, release, expected) => {
    const rich = await resolvedShop(releases, { status: 'resolved', statusDetails: { inNextRelease: true } });

    await occur(rich, 1, release === undefined ? {} : { release });

    expect(await state(rich)).toBe(expected);
  });
});

describe('an issue that is resolved in a release', () => {
  test.each<[string, string, string | undefined, string]>([
    ['comes back in it', 'shop@1.10.0', 'shop@1.10.0', BACK],
    ['comes back after it', 'shop@1.10.0', 'shop@1.10.1', BACK],
    ['stays resolved before it', 'shop@1.10.0', 'shop@1.9.0', STAYS],
    ['stays resolved in a pre-release of it', 'shop@1.10.0', 'shop@1.10.0-rc.1', STAYS],
    ['stays resolved for events without a release', 'shop@1.10.0', undefined, STAYS],
    ['comes back in the latest', 'latest', 'shop@1.10.0', BACK],
    ['stays resolved before the latest', 'latest', 'shop@1.9.9', STAYS],
    ['stays resolved before a release that is not out yet', 'shop@2.0.0', 'shop@1.11.0', STAYS],
    ['comes back after a release that never came', 'shop@2.0.0', 'shop@2.0.1', BACK],
    ['comes back in that release when it is out', 'shop@2.0.0', 'shop@2.0.0', BACK],
    // Without versions the order is that of time: one that nobody heard of is as old as the resolution.
    ['comes back in a release of no version that came after the resolution', 'c0ffee1', '9f2c1ab', BACK],
  ])('%s', async (_, inRelease, release, expected) => {
    const rich = await resolvedShop(OLD, { status: 'resolved', statusDetails: { inRelease } });

    await occur(rich, 1, release === undefined ? {} : { release });

    expect(await state(rich)).toBe(expected);
  });
});

describe('an issue that is resolved by a commit', () => {
  test.each<[string, string | undefined, string | undefined, string]>([
    ['stays resolved until a release has it', undefined, 'shop@1.10.0', STAYS],
    ['stays resolved before the release that has it', 'shop@1.11.0', 'shop@1.10.0', STAYS],
    ['stays resolved for events without a release', 'shop@1.11.0', undefined, STAYS],
    ['comes back in the release that has it', 'shop@1.11.0', 'shop@1.11.0', BACK],
    ['comes back after the release that has it', 'shop@1.11.0', 'shop@1.12.0', BACK],
  ])('%s', async (_, fixed, release, expected) => {
    const inCommit = { commit: 'c0ffee', repository: 'acme/shop' };
    const rich = await resolvedShop(OLD, { status: 'resolved', statusDetails: { inCommit } });
    if (fixed !== undefined)
      await rich.call('POST', '/organizations/mendwright/releases/', {
        version: fixed,
        projects: ['shop'],
        commits: [{ id: 'c0ffee1234567890c0ffee1234567890c0ffee12', repository: 'acme/shop' }],
      });

    await occur(rich, 1, release === undefined ? {} : { release });

    expect(await state(rich)).toBe(expected);
  });
});

test.each([
  ['with a release', { release: 'shop@1.0.0' }],
  ['without one', {}],
])('an issue that is resolved, and no more, comes back with the next event %s', async (_, event) => {
  const rich = await resolvedShop(OLD, { status: 'resolved' });

  await occur(rich, 1, event);

  expect([await state(rich), (await issueOf(rich)).activity[0]?.type]).toEqual([BACK, 'set_regression']);
});

test('an issue shows its users, its releases, both timelines and what was done with it', async () => {
  const rich = emptyServer();
  await occur(rich, 2, { release: 'shop@1.9.0', user: { id: '1' } });
  rich.clock.advance(26 * HOUR);
  await occur(rich, 1, { release: 'shop@1.10.0', user: { id: '2' } });
  await change(rich, { assignedTo: 'me' });

  const issue = await issueOf(rich, '?statsPeriod=3d&groupStatsPeriod=auto');
  const day = await issueOf(rich);
  const fortnight = await issueOf(rich, '?groupStatsPeriod=14d');

  expect(issue).toMatchObject({
    userCount: 2,
    firstRelease: { version: 'shop@1.9.0' },
    lastRelease: { version: 'shop@1.10.0' },
    assignedTo: { type: 'user', name: 'mendwright' },
  });
  expect(issue.activity.map(({ type }) => type)).toEqual(['assigned', 'first_seen']);
  const shape = (series: readonly [number, number][] | undefined) => [
    series?.length,
    series?.reduce((sum, [, count]) => sum + count, 0),
  ];
  expect([shape(day.stats['24h']), shape(fortnight.stats['14d']), shape(issue.stats.auto)]).toEqual([
    [24, 1],
    [14, 3],
    [3, 3],
  ]);
});

describe('a release', () => {
  const Release = z.object({
    version: z.string(),
    commitCount: z.number(),
    deployCount: z.number(),
    lastDeploy: z.object({ environment: z.string() }).nullable(),
    authors: z.array(z.object({ email: z.string() })),
    newGroups: z.number(),
    firstEvent: z.iso.datetime(),
    lastEvent: z.iso.datetime(),
  });

  test('knows its commits, authors and deploys', async () => {
    const { call } = await richServer();

    const release = Release.parse(await (await call('GET', '/organizations/mendwright/releases/shop@1.10.0/')).json());
    const files = z
      .array(z.object({ filename: z.string() }))
      .parse(await (await call('GET', '/organizations/mendwright/releases/shop@1.10.0/commitfiles/')).json());

    expect(release).toMatchObject({
      commitCount: 2,
      deployCount: 1,
      firstEvent: '2026-11-23T14:01:00.000Z',
      lastDeploy: { environment: 'ci' },
      authors: [{ email: 'ada@acme.test' }],
    });
    expect(files.map(({ filename }) => filename)).toEqual(['src/cart.js', 'README.md']);
  });

  test.each([
    [{ environment: '' }, 'environment'],
    [{ environment: 'a/b' }, 'slashes'],
    [{ environment: 'ci', url: 'javascript:alert(1)' }, 'url'],
    [{ environment: 'ci', dateFinished: 'soon' }, 'ISO8601'],
  ])('refuses the deploy %j', async (deploy, detail) => {
    const rich = emptyServer();
    await occur(rich, 1, { release: 'shop@1.0.0' });

    const answer = await rich.call('POST', '/organizations/mendwright/releases/shop@1.0.0/deploys/', deploy);

    expect([answer.status, await answer.json()]).toEqual([400, { detail: expect.stringContaining(detail) }]);
  });

  test('names the commits that may have brought an error: those that changed a file of its own frames', async () => {
    const { call } = await richServer();

    const answer = await call('GET', `/projects/mendwright/shop/events/${CART_EVENT}/committers/`);

    expect(await answer.json()).toMatchObject({
      committers: [{ author: { email: 'ada@acme.test' }, commits: [{ id: expect.stringMatching(/^c0ffee/) }] }],
    });
  });
});

test('the same note is refused within an hour, and taken after it', async () => {
  const rich = emptyServer();
  await occur(rich);
  const note = () => rich.call('POST', '/organizations/mendwright/issues/1/notes/', { text: 'Seen again.' });

  const first = await note();
  const second = await note();
  rich.clock.advance(HOUR);
  const third = await note();

  expect([first.status, second.status, third.status]).toEqual([201, 400, 201]);
  expect(await second.json()).toEqual({ detail: 'You have already posted that comment.' });
});

describe('teams and projects', () => {
  test.each<[string, string, string, unknown, number]>([
    ['a team of a taken name', 'POST', '/organizations/mendwright/teams/', { slug: 'keepers' }, 409],
    ['a team without a name', 'POST', '/organizations/mendwright/teams/', {}, 400],
    ['a team of a name without letters', 'POST', '/organizations/mendwright/teams/', { name: '!!!' }, 400],
    ['a project of a taken name', 'POST', '/teams/mendwright/keepers/projects/', { name: 'Shop' }, 409],
    ['a project of digits only', 'POST', '/teams/mendwright/keepers/projects/', { name: 'x', slug: '123' }, 400],
    ['a project of an unknown team', 'POST', '/teams/mendwright/nobody/projects/', { name: 'x' }, 404],
    ['a team of another organisation', 'GET', '/teams/acme/keepers/', undefined, 404],
    ['a slug that another project has', 'PUT', '/projects/mendwright/shop/', { slug: 'till' }, 400],
    ['a body that is no JSON object', 'PUT', '/projects/mendwright/shop/', [], 400],
  ])('refuses %s', async (_, method, path, body, status) => {
    const { call } = await richServer();
    await call('POST', '/teams/mendwright/keepers/projects/', { name: 'Till' });

    const answer = await call(method, path, body);

    expect([answer.status, await answer.json()]).toEqual([status, { detail: expect.any(String) }]);
  });

  test('a renamed project keeps its issues and is found by its new name', async () => {
    const rich = emptyServer();
    await occur(rich);

    await rich.call('PUT', '/projects/mendwright/shop/', { slug: 'store', name: 'Store' });

    expect((await rich.call('GET', '/projects/mendwright/shop/')).status).toBe(404);
    const issues = await (await rich.call('GET', '/projects/mendwright/store/issues/')).json();
    expect(issues).toMatchObject([{ shortId: 'STORE-1', project: { name: 'Store' } }]);
  });
});
