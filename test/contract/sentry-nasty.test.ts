/** Strange words in every parameter of every operation: answered or refused, never a crash. */
import { beforeAll, expect, test } from 'vitest';
import { OPERATIONS, PARAMS } from './operations.ts';
import { item, type RichServer, richServer } from './rich-server.ts';

const NASTY = [
  '\0',
  '..',
  "';--",
  '%_\\',
  '<script>',
  '__proto__',
  'constructor',
  '*'.repeat(300),
  '['.repeat(200),
  'a'.repeat(5000),
  '9'.repeat(30),
  '-1',
  '1e309',
  'NaN',
  'timesSeen:>',
  'firstSeen:-99999999w',
  '\n',
];

const KEYS = [
  ...['query', 'sort', 'cursor', 'limit', 'per_page', 'statsPeriod', 'start', 'end', 'project', 'environment', 'field'],
  ...[
    'dataset',
    'interval',
    'groupBy',
    'yAxis',
    'topEvents',
    'since',
    'until',
    'collapse',
    'expand',
    'hashes',
    'itemType',
  ],
  ...[
    'id',
    'orderBy',
    'category',
    'resolution',
    'download',
    'llmFormat',
    'groupStatsPeriod',
    'attributeType',
    'substringMatch',
  ],
];

const BODIES: readonly ((word: string) => unknown)[] = [
  (word) => word,
  (word) => ({
    text: word,
    name: word,
    slug: word,
    environment: word,
    version: word,
    projects: [word],
    assignedTo: word,
  }),
  (word) => ({ status: 'resolved', statusDetails: { inRelease: word }, assignedTo: word, name: word }),
  (word) => ({
    version: word,
    projects: ['shop'],
    commits: [{ id: word, patch_set: [{ path: word, type: 'A' }] }],
    dateReleased: word,
  }),
];

let rich: RichServer;

beforeAll(async () => {
  rich = await richServer();
});

/** Each key meets a sixth of the words at each operation, other ones at the next. */
function isTurn(...turns: readonly number[]): boolean {
  return turns.reduce((sum, turn) => sum + turn, 0) % 6 === 0;
}

test.each(OPERATIONS.map(({ operation, query = '' }, place): [string, string, number] => [operation, query, place]))(
  '%s',
  async (operation, query, place) => {
    const [method = '', pattern = ''] = operation.replace('/api/0', '').split(' ');
    const pathOf = (changed: Readonly<Record<string, string>>) =>
      pattern.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(changed[name] ?? PARAMS[name] ?? ''));
    const names = [...pattern.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
    const calls = NASTY.flatMap((word, turn): { path: string; body?: unknown }[] => [
      ...names.map((name) => ({ path: pathOf({ [name]: word }) + query, body: method === 'GET' ? undefined : {} })),
      ...(method === 'GET'
        ? KEYS.filter((_, index) => isTurn(index, turn, place)).map((key) => ({
            path: `${pathOf({})}${query ? `${query}&` : '?'}${key}=${encodeURIComponent(word)}`,
          }))
        : BODIES.map((body) => ({ path: pathOf({}) + query, body: body(word) }))),
    ]);

    const failed: string[] = [];
    for (const { path, body } of calls) {
      const { status } = await rich.call(method, path, body);
      if (status >= 500 || status === 429) failed.push(`${status} ${path}`);
    }

    expect(failed).toEqual([]);
  },
);

test('in items, too: an event of the level "constructor" is an error like others', async () => {
  for (const word of NASTY) {
    const event = {
      level: word,
      platform: word,
      release: word,
      environment: word,
      message: word,
      tags: { [word]: word },
      user: { id: word },
    };
    await rich.send(
      {},
      item('event', event),
      item('session', { sid: word, status: word, attrs: { release: word } }),
      item('log', { items: [{ timestamp: word, body: word, level: word, attributes: { [word]: word } }] }),
    );
  }

  const answer = await rich.call(
    'GET',
    '/organizations/mendwright/events/?dataset=errors&field=level&field=count()&query=message:constructor',
  );
  expect(await answer.json()).toMatchObject({ data: [{ level: 'error', 'count()': 1 }] });
});
