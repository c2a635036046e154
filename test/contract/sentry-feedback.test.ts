/** What users write becomes issues of the category feedback, apart from the errors. */
import { beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { sentryClient } from '../../harness/adapters/sentry/sentry-client.ts';
import { collect, errorEvent, URL_OF_SERVER } from './embedded.ts';
import { publishedValidator } from './published.ts';
import { emptyServer, type Item, item, type RichServer } from './rich-server.ts';

const ORG = '/organizations/mendwright';
const EVENT = '1'.padStart(32, '0');
const FEEDBACK = 'fe'.repeat(16);
const WORDS = 'The till shows the wrong sum, and nobody at the desk knows why it does so';

let sentry: RichServer;
beforeEach(() => {
  sentry = emptyServer();
});

const Issues = z.array(z.looseObject({ id: z.string(), title: z.string() }));

async function titles(query: string): Promise<string[]> {
  const path = `${ORG}/issues/?query=${encodeURIComponent(query)}&sort=new`;
  return Issues.parse(await (await sentry.call('GET', path)).json()).map(({ title }) => title);
}

async function read(path: string): Promise<unknown> {
  const answer = await sentry.call('GET', path);
  if (answer.status !== 200) throw new Error(`${answer.status} ${path}`);
  return answer.json();
}

const newer = (message: string): Item =>
  item('feedback', {
    event_id: FEEDBACK,
    platform: 'javascript',
    release: 'shop@2.0.0',
    environment: 'ci',
    tags: { till: '4' },
    contexts: {
      feedback: {
        message,
        name: 'Ada',
        contact_email: 'ada@acme.test',
        url: 'http://shop.test/',
        associated_event_id: EVENT,
      },
    },
  });

const older = (comments: string): Item =>
  item('user_report', { event_id: EVENT, name: 'Bob', email: 'bob@acme.test', comments });

describe('a feedback item', () => {
  beforeEach(async () => {
    await sentry.send({ event_id: FEEDBACK }, newer(WORDS));
  });

  test('is an issue that Sentry would call so', async () => {
    const issue = await read(`${ORG}/issues/1/`);
    const event = await read(`${ORG}/issues/1/events/latest/`);

    expect(issue).toMatchObject({
      title: 'User Feedback: The till shows the wrong sum, and nobody at the...',
      culprit: 'user',
      level: 'info',
      type: 'generic',
      issueType: 'feedback',
      issueCategory: 'feedback',
      platform: 'javascript',
      priority: 'medium',
      isUnhandled: false,
      count: '1',
      metadata: {
        value: WORDS,
        message: WORDS,
        name: 'Ada',
        contact_email: 'ada@acme.test',
        associated_event_id: EVENT,
      },
    });
    expect(event).toMatchObject({
      id: FEEDBACK,
      type: 'generic',
      message: WORDS,
      tags: expect.arrayContaining([
        { key: 'environment', value: 'ci' },
        { key: 'till', value: '4' },
      ]),
      contexts: { feedback: { message: WORDS, source: 'new_feedback_envelope' } },
      occurrence: { type: 6001, subtitle: WORDS, evidenceData: { name: 'Ada' } },
    });
    for (const [path, body] of [
      ['', issue],
      ['events/:event/', event],
    ] as const) {
      const validate = publishedValidator(`GET /api/0${ORG.replace('mendwright', ':org')}/issues/:issue/${path}`, 200);
      expect([validate?.(body), validate?.errors]).toEqual([true, null]);
    }
  });

  test('that comes twice is one event', async () => {
    await sentry.send({ event_id: FEEDBACK }, newer(WORDS));

    expect(await read(`${ORG}/issues/1/`)).toMatchObject({ count: '1' });
    expect(await titles('issue.category:feedback')).toHaveLength(1);
  });

  test('brings its screenshot along', async () => {
    await sentry.send(
      { event_id: FEEDBACK },
      item('attachment', Buffer.from('PNG'), { filename: 'screen.png', content_type: 'image/png' }),
    );

    expect(await read(`/projects/mendwright/shop/events/${FEEDBACK}/attachments/`)).toMatchObject([
      { name: 'screen.png' },
    ]);
  });
});

test.each<[string, string, readonly string[]]>([
  ['no category', 'is:unresolved', ['TypeError: fault 1']],
  ['nothing at all', '', ['TypeError: fault 1']],
  ['the category feedback', 'issue.category:feedback status:unresolved', ['User Feedback: Too slow']],
  ['the type feedback', 'issue.type:feedback', ['User Feedback: Too slow']],
  ['the category error', 'issue.category:error', ['TypeError: fault 1']],
  ['both categories', 'issue.category:[error,feedback]', ['TypeError: fault 1', 'User Feedback: Too slow']],
  ['not feedback', '!issue.category:feedback', ['TypeError: fault 1']],
  ['feedback that is resolved', 'issue.category:feedback status:resolved', []],
  ['a word of it', 'issue.category:feedback slow', ['User Feedback: Too slow']],
])('a list that asks for %s', async (_, query, expected) => {
  await sentry.send({}, item('event', errorEvent(1)));
  await sentry.send({ event_id: FEEDBACK }, newer('Too slow'));

  expect((await titles(query)).sort()).toEqual(expected);
});

test.each<[string, boolean, boolean]>([
  ['/', true, false],
  ['/?status=feedback', false, true],
])('the page for people lists it where it is asked for: %s', async (path, hasError, hasFeedback) => {
  await sentry.send({}, item('event', errorEvent(1)));
  await sentry.send({ event_id: FEEDBACK }, newer('Too slow'));

  const page = await (await sentry.server(new Request(`${URL_OF_SERVER}${path}`))).text();

  expect([page.includes('fault 1'), page.includes('Too slow')]).toEqual([hasError, hasFeedback]);
});

test('a short id and an event id find it whatever the search says', async () => {
  await sentry.send({ event_id: FEEDBACK }, newer('Too slow'));

  expect([await titles('SHOP-1'), await titles(FEEDBACK)]).toEqual([
    ['User Feedback: Too slow'],
    ['User Feedback: Too slow'],
  ]);
});

describe('a user report', () => {
  test('takes over from its event where it happened, and not what went wrong', async () => {
    await sentry.send(
      {},
      item('event', errorEvent(1, { environment: 'ci', release: 'shop@2.0.0', user: { id: '7' } })),
    );
    await sentry.send({}, older('It broke.'));

    expect(await read(`${ORG}/issues/2/events/latest/`)).toMatchObject({
      title: 'User Feedback: It broke.',
      platform: 'node',
      user: { id: '7' },
      tags: expect.arrayContaining([{ key: 'environment', value: 'ci' }]),
      contexts: {
        feedback: { source: 'user_report_envelope', associated_event_id: EVENT, contact_email: 'bob@acme.test' },
      },
      entries: [],
    });
  });

  test.each<[string, readonly Item[], readonly string[]]>([
    ['about an event that nobody knows', [older('Lost.')], ['User Feedback: Lost.']],
    ['that comes twice', [older('Again.'), older('Again.')], ['User Feedback: Again.']],
    ['with other words', [older('One.'), older('Two.')], ['User Feedback: Two.', 'User Feedback: One.']],
    ['without words', [older('  ')], []],
  ])('%s', async (_, items, expected) => {
    for (const one of items) await sentry.send({}, one);

    expect(await titles('issue.category:feedback')).toEqual(expected);
  });

  test('that is posted to the Web API is an issue, too', async () => {
    await sentry.call('POST', '/projects/mendwright/shop/user-feedback/', {
      event_id: EVENT,
      name: 'Eve',
      email: 'eve@acme.test',
      comments: 'Mine too.',
    });

    expect(await read(`${ORG}/issues/?query=issue.category:feedback`)).toMatchObject([
      { title: 'User Feedback: Mine too.', metadata: { contact_email: 'eve@acme.test' } },
    ]);
  });
});

describe('who looks for errors', () => {
  const TRACE = 'ab'.repeat(16);
  const inTrace = { contexts: { trace: { trace_id: TRACE, span_id: 'a'.repeat(16) } } };
  beforeEach(async () => {
    await sentry.send({}, item('event', errorEvent(1, { ...inTrace, release: 'shop@2.0.0', tags: { till: '4' } })));
    const words = { contexts: { ...inTrace.contexts, feedback: { message: 'Too slow' } } };
    const level = { level: 'error', release: 'shop@2.0.0', tags: { till: '4' } };
    await sentry.send({ event_id: FEEDBACK }, item('feedback', { ...words, ...level }));
  });

  const client = () => sentryClient({ fetch: sentry.server, url: URL_OF_SERVER, org: 'mendwright', project: 'shop' });

  test('the nightly client does not take feedback for an error', async () => {
    const issues = await collect(client().listIssues({ query: '' }));
    const asked = await collect(client().listIssues({ query: 'issue.category:[error,feedback]' }));
    const events = await client().listErrorEventsOfTrace(TRACE);

    expect([issues, asked, events].map((found) => found.map(({ title }) => title))).toEqual([
      ['TypeError: fault 1'],
      ['TypeError: fault 1'],
      ['TypeError: fault 1'],
    ]);
  });

  test.each<[string, string, object]>([
    ['the events of a project', '/projects/mendwright/shop/events/', [{ id: EVENT }]],
    ['the errors of a trace', `${ORG}/trace-meta/${TRACE}/`, { errorsCount: 1 }],
    ['the tags', `${ORG}/tags/`, expect.arrayContaining([expect.objectContaining({ key: 'till', totalValues: 1 })])],
    ['the values of a tag', '/projects/mendwright/shop/tags/till/values/', [{ value: '4', count: 1 }]],
    ['a release', `${ORG}/releases/shop@2.0.0/`, { newGroups: 1 }],
    ['a count of errors', `${ORG}/events/?dataset=errors&field=count()`, { data: [{ 'count()': 1 }] }],
  ])('%s', async (_, path, expected) => {
    expect(await read(path)).toMatchObject(expected);
  });
});
