import { expect, test } from 'vitest';
import { callerOf, callFrom } from './call-from.ts';

/** Of the function that called the one that asks. */
function positionOfCaller(): string {
  const [, , , frame = ''] = new Error('where').stack?.split('\n') ?? [];
  return /\(?((?:file:)?[^\s(]+:\d+:\d+)\)?$/.exec(frame)?.[1] ?? frame;
}

test('the callee sees the place that it was to be called from', () => {
  let seen = '';

  callFrom({ file: '/app/cart.spec.ts', line: 12, column: 3 }, () => (seen = positionOfCaller()), undefined, []);

  expect(seen).toBe('/app/cart.spec.ts:12:3');
});

test('arguments and errors pass through', () => {
  const place = { file: '/app/cart.spec.ts', line: 1, column: 1 };
  const seen: unknown[] = [];

  callFrom(place, (...args: unknown[]) => seen.push(...args), undefined, ['title', { tag: '@slow' }]);

  expect(seen).toEqual(['title', { tag: '@slow' }]);
  expect(() =>
    callFrom(
      place,
      () => {
        throw new RangeError('twice the same title');
      },
      undefined,
      [],
    ),
  ).toThrow(RangeError);
});

test('the caller is found by the function that it called', () => {
  const { prepareStackTrace } = Error;
  const callee = () => callerOf(callee);

  const found = callee();

  expect(found?.file).toContain('call-from.test.ts');
  expect(found?.line).toBeGreaterThan(1);
  expect(Error.prepareStackTrace).toBe(prepareStackTrace);
});
