/** Answers of the published shapes with every null that the schema allows are read; others are told with operation and field. */
import { describe, expect, test } from 'vitest';
import { type SentryClient, sentryClient } from '../../harness/adapters/sentry/sentry-client.ts';
import { collect, embedded, errorEvent, fakeClock } from './embedded.ts';

/** Answers the last part of the path with that body, and the project always. */
function answering(bodies: Readonly<Record<string, unknown>>): SentryClient {
  const fetch = async (request: Request): Promise<Response> => {
    const parts = new URL(request.url).pathname.split('/').filter(Boolean);
    const name = parts.at(-1) ?? '';
    if (name in bodies) return bodies[name] === undefined ? new Response('') : Response.json(bodies[name]);
    return name === 'shop'
      ? Response.json({ id: '4', slug: 'shop' })
      : Response.json({ detail: 'no' }, { status: 404 });
  };
  return sentryClient({ fetch, url: 'http://sentry.test', org: 'acme', project: 'shop', clock: fakeClock() });
}

const EVENT = 'e'.repeat(32);
const SPAN = { start: new Date(0), end: new Date(1) };

/** What the schema demands, all that may be null null, all that may be absent absent, and a field of tomorrow. */
const BARE_ISSUE = {
  id: '7',
  shareId: null,
  shortId: 'SHOP-7',
  title: 'boom',
  culprit: null,
  permalink: 'https://sentry.test/issues/7/',
  logger: null,
  level: 'error',
  status: 'unresolved',
  statusDetails: {},
  substatus: null,
  platform: null,
  priority: null,
  project: { id: '4', name: 'Shop', slug: 'shop', platform: null },
  assignedTo: null,
  metadata: {},
  tomorrow: { anything: [null] },
};

const BARE_EVENT = {
  id: EVENT,
  groupID: null,
  eventID: EVENT,
  projectID: '4',
  message: null,
  title: 'boom',
  location: null,
  user: null,
  tags: [],
  platform: 'javascript',
  dateReceived: null,
  contexts: null,
  size: null,
  entries: [],
  dist: null,
  sdk: null,
  context: null,
  packages: {},
  type: 'error',
  metadata: {},
  errors: [],
  occurrence: null,
  release: null,
  nextEventID: null,
  previousEventID: null,
};

describe('nulls and absent fields', () => {
  test('of an issue', async () => {
    const expected = {
      id: '7',
      shortId: 'SHOP-7',
      title: 'boom',
      culprit: '',
      level: 'error',
      permalink: 'https://sentry.test/issues/7/',
      status: 'unresolved',
      count: 0,
      userCount: 0,
      firstSeen: '',
      lastSeen: '',
      project: 'shop',
    };

    expect(await answering({ 7: BARE_ISSUE }).fetchIssue('7')).toEqual(expected);
    expect(
      await collect(answering({ issues: [{ ...BARE_ISSUE, firstSeen: null, lastSeen: null }] }).listIssues()),
    ).toEqual([expected]);
  });

  test('of an event', async () => {
    expect(await answering({ latest: BARE_EVENT }).fetchLatestEvent('7')).toEqual({
      id: EVENT,
      at: '',
      platform: 'javascript',
      level: 'error',
      message: 'boom',
      exceptions: [],
      breadcrumbs: [],
      tags: {},
    });
  });

  test('within what was thrown, and entries that say nothing', async () => {
    const frame = {
      filename: null,
      absPath: null,
      module: null,
      function: null,
      lineNo: null,
      colNo: null,
      inApp: null,
    };
    const exception = (stacktrace: unknown) => ({ type: 'TypeError', value: null, mechanism: null, stacktrace });
    const values = [
      null,
      exception(null),
      exception({ frames: null }),
      exception({
        frames: [
          null,
          { ...frame, context: null, vars: null },
          { ...frame, filename: 'a.js', lineNo: 3, context: [[3, null]] },
        ],
      }),
    ];
    const entries = [
      { type: 'exception', data: { values, hasSystemFrames: true, excOmitted: null } },
      {
        type: 'breadcrumbs',
        data: { values: [null, { message: 'click', timestamp: null, category: null, data: null }] },
      },
      { type: 'request', data: { method: null, url: null, fragment: [1] } },
      { type: 'message', data: null },
      { type: 'of tomorrow', data: 5 },
      { type: 'spans', data: [] },
    ];

    const event = await answering({ latest: { ...BARE_EVENT, entries } }).fetchLatestEvent('7');

    expect(event.exceptions).toEqual([
      { type: 'TypeError', value: '', frames: [] },
      { type: 'TypeError', value: '', frames: [] },
      {
        type: 'TypeError',
        value: '',
        frames: [
          { file: '', inApp: false },
          { file: 'a.js', inApp: false, line: 3 },
        ],
      },
    ]);
    expect(event.breadcrumbs).toEqual([{ message: 'click' }]);
    expect(event.request).toEqual({});
  });

  test.each([
    ['no exception', { type: 'exception', data: null }],
    ['breadcrumbs of another shape', { type: 'breadcrumbs', data: { values: 5 } }],
    ['a request of another shape', { type: 'request', data: { method: 5 } }],
    ['a message of another shape', { type: 'message', data: { formatted: {} } }],
  ])('%s is no reason to read no event', async (_, entry) => {
    const event = await answering({ latest: { ...BARE_EVENT, entries: [entry] } }).fetchLatestEvent('7');

    expect(event).toMatchObject({ id: EVENT, exceptions: [], breadcrumbs: [] });
  });

  test('of hashes, keys, notes, rows of events, and an event’s issue', async () => {
    const client = answering({
      hashes: [{ id: 'b'.repeat(32), latestEvent: null, seerMatchDistance: null }],
      keys: [
        { isActive: false, dsn: { public: 'https://old@sentry.test/4' }, rateLimit: null },
        { isActive: null, dsn: { public: 'https://new@sentry.test/4' } },
      ],
      events: {
        data: [{ id: EVENT, timestamp: '2026-11-23T02:00:00+00:00', issue: null, 'issue.id': null, title: null }],
      },
      [EVENT]: { groupId: '7', eventId: EVENT, event: null },
    });

    expect(await client.fetchIssueHashes('7')).toEqual(['b'.repeat(32)]);
    expect(await client.fetchDsn()).toBe('https://new@sentry.test/4');
    expect(await client.listErrorEvents(SPAN)).toMatchObject([
      { eventId: EVENT, at: '2026-11-23T02:00:00.000Z', issueId: '' },
    ]);
    expect(await client.findIssueOfEvent(EVENT)).toEqual({ issueId: '7', eventId: EVENT });
  });
});

describe('another shape', () => {
  const thrown = (values: unknown) => ({
    ...BARE_EVENT,
    entries: [
      { type: 'spans', data: 1 },
      { type: 'exception', data: { values } },
    ],
  });

  test.each<[string, Readonly<Record<string, unknown>>, (client: SentryClient) => Promise<unknown>, string]>([
    [
      'an issue without a short id',
      { 7: { ...BARE_ISSUE, shortId: undefined } },
      (it) => it.fetchIssue('7'),
      'GET /organizations/acme/issues/7/ (to read the issue) is not as expected at shortId: ',
    ],
    ['a count that is none', { 7: { ...BARE_ISSUE, count: 'many' } }, (it) => it.fetchIssue('7'), 'at count: '],
    [
      'a time that is none',
      { 7: { ...BARE_ISSUE, firstSeen: 'soon' } },
      (it) => it.fetchIssue('7'),
      'at firstSeen: must be a time',
    ],
    [
      'the second issue of a list',
      { issues: [BARE_ISSUE, { ...BARE_ISSUE, project: 'shop' }] },
      (it) => collect(it.listIssues()),
      'GET /organizations/acme/issues/ (to list the issues) is not as expected at 1.project: ',
    ],
    ['an object instead of a list', { issues: { data: [] } }, (it) => collect(it.listIssues()), 'at the whole body: '],
    [
      'no text at all',
      { latest: undefined },
      (it) => it.fetchLatestEvent('7'),
      'GET /organizations/acme/issues/7/events/latest/ (to read the event) is not',
    ],
    [
      'a frame’s function',
      { latest: thrown([{ stacktrace: { frames: [{ function: 5 }] } }]) },
      (it) => it.fetchLatestEvent('7'),
      'at entries.1.data.values.0.stacktrace.frames.0.function: ',
    ],
    [
      'exceptions that are no list',
      { latest: thrown('boom') },
      (it) => it.fetchLatestEvent('7'),
      'at entries.1.data.values: ',
    ],
    [
      'a tag',
      { latest: { ...BARE_EVENT, tags: [['level', 'error']] } },
      (it) => it.fetchLatestEvent('7'),
      'at tags.0: ',
    ],
    [
      'a hash',
      { hashes: [{ md5: 'x' }] },
      (it) => it.fetchIssueHashes('7'),
      'GET /organizations/acme/issues/7/hashes/ (to list the hashes of the issue) is not as expected at 0.id: ',
    ],
    [
      'a key',
      { keys: [{ dsn: 'https://…' }] },
      (it) => it.fetchDsn(),
      'GET /projects/acme/shop/keys/ (to read the DSN) is not as expected at 0.dsn: ',
    ],
    [
      'a row without a time',
      { events: { data: [{ id: EVENT }] } },
      (it) => it.listErrorEvents(SPAN),
      'GET /organizations/acme/events/ (to list the error events) is not as expected at data.0.timestamp: ',
    ],
    [
      'an event’s issue',
      { [EVENT]: { eventId: EVENT } },
      (it) => it.findIssueOfEvent(EVENT),
      `GET /organizations/acme/eventids/${EVENT}/ (to find the event) is not as expected at groupId: `,
    ],
    [
      'suspect commits',
      { committers: { committers: [{ commits: [{ id: 5 }] }] } },
      (it) => it.listSuspectCommits(EVENT),
      `GET /projects/acme/shop/events/${EVENT}/committers/ (to read the suspect commits) is not as expected at committers.0.commits.0.id: `,
    ],
    [
      'notes',
      { notes: { data: [] } },
      (it) => it.addNote('7', 'x'),
      'GET /organizations/acme/issues/7/notes/ (to read the notes) is not as expected at the whole body: ',
    ],
    [
      'what an issue became',
      { 7: [] },
      (it) => it.updateIssue('7', { hasSeen: true }),
      'PUT /organizations/acme/issues/7/ (to change the issue) is not as expected at the whole body: ',
    ],
  ])('of %s is told with its operation and field', async (_, bodies, run, place) => {
    const failure = await run(answering(bodies)).catch((error: unknown) => error);

    expect(failure).toMatchObject({
      kind: 'upstream',
      code: 'sentry-unexpected-answer',
      message: expect.stringContaining(place),
      hint: expect.stringContaining('sentry.url'),
      cause: expect.anything(),
    });
  });
});

describe('suspect commits', () => {
  test('are read with what a localiser needs, and without addresses', async () => {
    const commits = [
      {
        id: '3f2a91c0'.repeat(5),
        message: 'Read the cart once\n\nSo that it is not read twice.',
        dateCreated: '2026-11-20T09:00:00Z',
        repository: { id: '2', name: 'acme/shop', url: null, provider: { id: 'github' } },
        pullRequest: null,
        suspectCommitType: 'via SCM integration',
        releases: [],
      },
      { id: 'ab'.repeat(20), message: null, dateCreated: '2026-11-19T09:00:00Z', suspectCommitType: '' },
    ];
    const committers = [
      {
        author: { id: '1', name: 'Mara Lind', email: 'mara@acme.example' },
        commits: commits.slice(0, 1),
        group_owner_id: 5,
      },
      { author: null, commits: commits.slice(1) },
    ];

    expect(await answering({ committers: { committers } }).listSuspectCommits(EVENT)).toEqual([
      {
        sha: '3f2a91c0'.repeat(5),
        subject: 'Read the cart once',
        author: 'Mara Lind',
        at: '2026-11-20T09:00:00.000Z',
        repository: 'acme/shop',
        via: 'via SCM integration',
      },
      { sha: 'ab'.repeat(20), subject: '', author: '', at: '2026-11-19T09:00:00.000Z' },
    ]);
  });

  test('are none where Sentry has none', async () => {
    expect(await answering({}).listSuspectCommits(EVENT)).toEqual([]);
    expect(await answering({ committers: { committers: [] } }).listSuspectCommits(EVENT)).toEqual([]);
  });
});

describe('resolving, at the embedded Sentry', () => {
  const resolved = async (update: Parameters<SentryClient['updateIssue']>[1]) => {
    const sentry = embedded();
    await sentry.send(errorEvent(1, { release: 'shop@1' }));
    const status = await sentry.client.updateIssue('1', update);
    sentry.clock.advance(60_000);
    const again = async (id: number, release: string) => {
      sentry.clock.advance(60_000);
      await sentry.send({ ...errorEvent(1), event_id: id.toString(16).padStart(32, '0'), release });
      return (await sentry.client.fetchIssue('1')).status;
    };
    return { status, again };
  };

  test('in the next release: the same release does not bring the issue back, a later one does', async () => {
    const { status, again } = await resolved({ status: 'resolvedInNextRelease' });

    expect(status).toBe('resolved');
    expect(await again(2, 'shop@1')).toBe('resolved');
    expect(await again(3, 'shop@2')).toBe('unresolved');
  });

  test('in a release: that one brings it back', async () => {
    const { status, again } = await resolved({ status: 'resolved', statusDetails: { inRelease: 'shop@1' } });

    expect(status).toBe('resolved');
    expect(await again(2, 'shop@1')).toBe('unresolved');
  });
});
