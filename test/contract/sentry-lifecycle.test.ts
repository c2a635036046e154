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

  test('when it escalates: more than twice the busiest hour of the week before, and more than ten', async () => {
    const rich = emptyServer();
    await occur(rich, 8);
    rich.clock.advance(2 * HOUR);
    await change(rich, { substatus: 'archived_until_escalating' });

    await occur(rich, 16);
    const between = await state(rich);
    await occur(rich, 1);

    expect(between).toBe('ignored archived_until_escalating');
    expect(await state(rich)).toBe('unresolved escalating');
    expect((await issueOf(rich)).activity[0]?.type).toBe('set_escalating');
  });

  test('never, when it is archived for good', async () => {
    const rich = emptyServer();
    await occur(rich);
    await change(rich, { status: 'ignored', substatus: 'archived_forever' });

    await occur(rich, 30);

    expect(await state(rich)).toBe('ignored archived_forever');
  });
});

describe('an issue that is resolved in the next release', () => {
  test.each([
    ['stays resolved for a lower version that came later', 'shop@1.9.1', 'resolved null'],
    ['comes back with a higher version', 'shop@1.10.1', 'unresolved regressed'],
    ['comes back with a later release of another kind', '9f2c1ab', 'unresolved regressed'],
  ])('%s', async (_, release, expected) => {
    const rich = emptyServer();
    await occur(rich, 1, { release: 'shop@1.9.0' });
    await occur(rich, 1, { release: 'shop@1.10.0' });
    await change(rich, { status: 'resolved', statusDetails: { inNextRelease: true } });

    rich.clock.advance(HOUR);
    await occur(rich, 1, { release });

    expect(await state(rich)).toBe(expected);
  });
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
