import { expect, test } from 'vitest';
import { openWindow } from './event-window.ts';

const HOUR = 3_600_000;

test.each([
  ['stays', 0],
  ['is put forward', 2 * HOUR],
  ['is put back', -2 * HOUR],
])('holds what was seen before and after, where the clock %s', (_, jump) => {
  let passed = 0;
  let shift = 0;
  const clock = { now: () => 10 * HOUR + passed + shift };
  const seen: number[] = [];
  const window = openWindow(clock, { ...performance, now: () => passed });
  for (const after of [500, 20_000, 40_000]) {
    passed = after;
    seen.push(clock.now());
    if (after === 500) shift = jump;
  }

  const { start, end } = window();

  expect(seen.filter((at) => at >= start.getTime() && at <= end.getTime())).toEqual(seen);
  expect(end.getTime() - start.getTime()).toBe(42_000 + Math.abs(jump));
});
