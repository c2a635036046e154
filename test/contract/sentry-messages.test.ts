/** Messages whose parameters came apart from their text, as sentry-cli sends them. */
import { expect, test } from 'vitest';
import { z } from 'zod';
import { callApi, embedded } from './embedded.ts';

const Event = z.object({ title: z.string(), entries: z.array(z.object({ type: z.string(), data: z.unknown() })) });

test('are shown with the parameters filled in, and grouped by their text', async () => {
  const { server, send } = embedded();
  for (const [id, name] of [
    ['1', 'Ada'],
    ['2', 'Grace'],
  ] as const) {
    const logentry = { message: '%s is out of shelf %d', params: [name, 7] };
    await send({ event_id: id.padStart(32, '0'), platform: 'other', level: 'error', logentry });
  }

  const answer = await callApi(server, 'GET', '/organizations/mendwright/issues/SHOP-1/events/?full=1');
  const events = z.array(Event).parse(await answer.json());

  expect(events.map(({ title }) => title)).toEqual(['Grace is out of shelf 7', 'Ada is out of shelf 7']);
  expect(events[0]?.entries).toContainEqual({
    type: 'message',
    data: { formatted: 'Grace is out of shelf 7', message: '%s is out of shelf %d', params: ['Grace', 7] },
  });
});
