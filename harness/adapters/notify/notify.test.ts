import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { Config } from '../../model/config.ts';
import type { NightNews } from '../../model/night-news.ts';
import { type NotifyTarget, notify } from './notify.ts';

const NEWS: NightNews = {
  ...{ version: 1, run: '2026-11-23T02-00-00-3f2a', app: 'shop', headline: '1 proven branch mends 1 of 1 issue.' },
  at: '2026-11-23T02:00:00.000Z',
  scenarios: { total: 2, red: 1, green: 1, flaky: 0 },
  changes: [
    {
      kind: 'new-branch',
      text: 'SHOP-1 <!channel> *x* [a](b): branch created',
      branch: 'mend/shop-1-a',
      url: 'https://git.example/mend/shop-1-a',
    },
    { kind: 'gone', text: 'SHOP-2 y: no longer seen', branch: null, url: null },
  ],
};

interface Taken {
  readonly path: string;
  readonly type: string | undefined;
  readonly body: string;
}

/** A local double that answers with `status` and keeps what it was sent. */
async function double(status = 200, headers: Record<string, string> = {}): Promise<{ url: string; taken: Taken[] }> {
  const taken: Taken[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    taken.push({ path: request.url ?? '', type: request.headers['content-type'], body });
    if (status === 0) return; // Never answers.
    response.writeHead(status, headers).end('ok');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/hook/s3cret`, taken };
}

const ALL = { slack: 'SLACK_URL', teams: 'TEAMS_URL', webhook: 'HOOK_URL' };

async function send(
  env: Record<string, string>,
  { told = [], patience }: { told?: string[]; patience?: number } = {},
): Promise<{ troubles: string[]; remembered: NotifyTarget[] }> {
  const remembered: NotifyTarget[] = [];
  const troubles = await notify(NEWS, {
    notify: ALL,
    letter: { subject: '', text: '' },
    env,
    told,
    remember: (target) => remembered.push(target),
    ...(patience !== undefined && { patience }),
  });
  return { troubles, remembered: remembered.sort() };
}

test('each target is told once, in its own form', async () => {
  const [slack, teams, webhook] = await Promise.all([double(), double(202), double(204)]);

  const { troubles, remembered } = await send({ SLACK_URL: slack.url, TEAMS_URL: teams.url, HOOK_URL: webhook.url });

  expect({ troubles, remembered }).toEqual({ troubles: [], remembered: ['slack', 'teams', 'webhook'] });
  expect([slack, teams, webhook].map(({ taken }) => taken.length)).toEqual([1, 1, 1]);
  expect(webhook.taken[0]).toEqual({ path: '/hook/s3cret', type: 'application/json', body: JSON.stringify(NEWS) });
  expect(JSON.parse(slack.taken[0]?.body ?? '')).toMatchObject({
    text: 'shop: 1 proven branch mends 1 of 1 issue.',
    blocks: [
      { type: 'header', text: { type: 'plain_text' } },
      { type: 'section', text: { type: 'plain_text', text: expect.stringContaining('<!channel>') } },
      { type: 'context', elements: [{ text: '<https://git.example/mend/shop-1-a|mend/shop-1-a>' }] },
    ],
  });
  expect(JSON.parse(teams.taken[0]?.body ?? '')).toMatchObject({
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: {
          type: 'AdaptiveCard',
          body: [{ type: 'RichTextBlock' }, { inlines: [{ type: 'TextRun' }] }, { type: 'RichTextBlock' }],
          actions: [{ type: 'Action.OpenUrl', url: 'https://git.example/mend/shop-1-a' }],
        },
      },
    ],
  });
});

test('who was told already is not told again', async () => {
  const { url, taken } = await double();

  const { remembered } = await send({ SLACK_URL: url, TEAMS_URL: url, HOOK_URL: url }, { told: ['slack', 'teams'] });

  expect(remembered).toEqual(['webhook']);
  expect(taken).toHaveLength(1);
});

test.each([
  ['refuses', 500, {}, 'answered 500'],
  ['redirects', 302, { location: 'http://127.0.0.1:1/elsewhere' }, 'answered 302'],
  ['never answers', 0, {}, 'does not answer in time'],
])('a target that %s is named without its address, and told again next time', async (_, status, headers, words) => {
  const { url } = await double(status, headers);

  const { troubles, remembered } = await send({ HOOK_URL: url }, { told: ['slack', 'teams'], patience: 300 });

  expect(troubles).toEqual([`webhook was not told: the address in HOOK_URL ${words}.`]);
  expect(remembered).toEqual([]);
});

test.each([
  ['is missing', {}],
  ['is no address', { HOOK_URL: 'hook' }],
  ['is plain http to another machine', { HOOK_URL: 'http://hooks.example/s3cret' }],
])('a variable that %s is told by its name', async (_, env: Record<string, string>) => {
  const { troubles } = await send(env, { told: ['slack', 'teams'] });

  expect(troubles).toEqual(['webhook was not told: HOOK_URL holds no https address.']);
});

const APP = { start: 'node server.js', sources: ['src/**'] };

test('the configuration names variables, never addresses', () => {
  const parse = (notify: unknown) => Config.safeParse({ app: APP, notify });

  expect(parse({ slack: 'SLACK_URL' }).data?.notify).toEqual({ slack: 'SLACK_URL' });
  expect(parse(undefined).data?.notify).toEqual({});
  expect(parse({ slack: 'https://hooks.slack.com/services/x' }).error?.issues[0]?.message).toBe(
    'must be the name of an environment variable that holds the address',
  );
});
