import { expect, test } from 'vitest';
import { retryDelay } from './retry-delay.ts';

const now = Date.parse('2026-11-23T02:00:00Z');

function delay(number: number, status?: number, headers: Record<string, string> = {}, random = 0): number | undefined {
  return retryDelay({
    number,
    answer: status === undefined ? undefined : new Response('', { status, headers }),
    now,
    random,
  });
}

test.each([
  ['no answer, first time', delay(1), 250],
  ['no answer, most jitter', delay(1, undefined, {}, 1), 500],
  ['a third 502', delay(3, 502), 1000],
  ['the ceiling', delay(30, 502, {}, 1), 60_000],
  ['Retry-After in seconds', delay(1, 429, { 'retry-after': '7' }), 7000],
  ['Retry-After as a date', delay(1, 503, { 'retry-after': 'Mon, 23 Nov 2026 02:00:09 GMT' }), 9000],
  ['the absolute reset', delay(1, 429, { 'x-sentry-rate-limit-reset': String(now / 1000 + 3) }), 3000],
  ['a reset that has passed', delay(1, 429, { 'x-sentry-rate-limit-reset': String(now / 1000 - 3) }), 0],
  ['a reset beyond patience', delay(1, 429, { 'x-sentry-rate-limit-reset': String(now / 1000 + 3600) }), undefined],
  ['429 without a word', delay(2, 429), 500],
])('%s', (_, actual, expected) => {
  expect(actual).toBe(expected);
});
