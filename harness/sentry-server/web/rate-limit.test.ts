/** Calls are counted, told and refused. */
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { rateLimit } from './rate-limit.ts';

const slow = Promise.withResolvers<void>();

function limited(now: () => Date) {
  const app = new Hono();
  app.use('*', rateLimit(now, { callsPerSecond: 2, concurrent: 1 }));
  app.get('/issues/:id/', (c) => c.text(c.req.param('id')));
  app.get('/slow/', async (c) => {
    await slow.promise;
    return c.text('done');
  });
  return app;
}

test('per endpoint and second, whatever its parameters', async () => {
  let at = 1_000;
  const app = limited(() => new Date(at));

  const answers = [await app.request('/issues/1/'), await app.request('/issues/2/'), await app.request('/issues/3/')];
  at += 1_000;
  answers.push(await app.request('/issues/4/'));

  expect(
    answers.map(({ status, headers }) => [
      status,
      headers.get('x-sentry-rate-limit-remaining'),
      headers.get('x-sentry-rate-limit-reset'),
    ]),
  ).toEqual([
    [200, '1', '2'],
    [200, '0', '2'],
    [429, '0', '2'],
    [200, '1', '3'],
  ]);
  expect(await answers[2]?.text()).toBe(
    'You are attempting to use this endpoint too frequently. Limit is 2 requests in 1 seconds',
  );
});

test('and at a time', async () => {
  const app = limited(() => new Date(0));

  const first = app.request('/slow/');
  const second = await app.request('/issues/1/');
  slow.resolve();
  await first;
  const third = await app.request('/issues/1/');

  expect([second.status, second.headers.get('x-sentry-rate-limit-concurrentremaining'), third.status]).toEqual([
    429,
    '0',
    200,
  ]);
});
