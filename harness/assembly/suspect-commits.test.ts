/** What Sentry suspects, asked of the real client against servers that answer, refuse or have nothing. */
import { expect, test } from 'vitest';
import { sentryClient } from '../adapters/sentry/sentry-client.ts';
import { suspectCommitReader } from './suspect-commits.ts';

const commit = (id: string) => ({ id, message: 'Show totals', dateCreated: '2026-01-02T00:00:00Z', repository: null });
const answer = (ids: readonly string[]) => Response.json({ committers: [{ author: null, commits: ids.map(commit) }] });

/** How often it was asked, the notes, and what two events in turn are told. */
async function readTwice(respond: () => Response, signal?: AbortSignal) {
  const notes: string[] = [];
  let calls = 0;
  const client = sentryClient({
    url: 'http://127.0.0.1:9000',
    org: 'acme',
    project: 'shop',
    ...(signal && { signal }),
    fetch: async (request) => {
      if (!request.url.includes('/committers/')) return Response.json({});
      calls += 1;
      return respond();
    },
  });
  const read = suspectCommitReader(client, (text) => notes.push(text));
  return { ids: [await read('a'.repeat(32)), await read('b'.repeat(32))], calls, notes };
}

test.each<[string, () => Response, readonly string[]]>([
  ['each commit once, in Sentry’s order', () => answer(['c2', 'c1', 'c2']), ['c2', 'c1']],
  [
    'the strongest few',
    () => answer(Array.from({ length: 20 }, (_, index) => `c${index}`)),
    'c0 c1 c2 c3 c4 c5 c6 c7'.split(' '),
  ],
  ['none where it names none', () => answer([]), []],
  ['none where it does not know the event', () => Response.json({ detail: 'Not found' }, { status: 404 }), []],
])('tells of %s', async (_, respond, expected) => {
  expect(await readTwice(respond)).toEqual({ ids: [expected, expected], calls: 2, notes: [] });
});

test.each<[string, () => Response]>([
  ['refuses', () => Response.json({ detail: 'No permission' }, { status: 403 })],
  ['answers something else', () => Response.json({ committers: 'many' })],
])('goes on without them where Sentry %s, says so once and asks no more', async (_, respond) => {
  const { ids, calls, notes } = await readTwice(respond);

  expect([ids, calls]).toEqual([[[], []], 1]);
  expect(notes).toEqual([
    expect.stringMatching(/^The commits that Sentry suspects could not be read, .+ tonight\. .+committers/s),
  ]);
});

test('a night that is ended ends here, too', async () => {
  await expect(readTwice(() => answer([]), AbortSignal.abort(new Error('ended')))).rejects.toThrow('ended');
});
