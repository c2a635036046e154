import { expect, test } from 'vitest';
import { formatMessage } from './format-message.ts';

test.each<[string, string, unknown, string | undefined]>([
  ['positions', 'user %s of %d', ['ada', 7], 'user ada of 7'],
  ['positions in braces', 'user {} of {}', ['ada', 7], 'user ada of 7'],
  ['numbered braces', '{1} before {0}', ['a', 'b'], 'b before a'],
  ['names', '%(who)s bought {what}', { who: 'Ada', what: 'tea' }, 'Ada bought tea'],
  ['a percent sign', '100 %% of %s', ['all'], '100 % of all'],
  ['a width', '%05.2f', [1.5], '1.5'],
  ['an object', 'got %s', [{ id: 1 }], 'got {"id":1}'],
  ['nothing', 'got %s', [null], 'got null'],
  ['a hole that nothing fills', '%s and %s', ['one'], 'one and %s'],
  ['braces of another meaning', 'body {"id": {}}', [], 'body {"id": {}}'],
  ['a value that looks like a hole', '%s %s', ['%s', 'b'], '%s b'],
  ['a name of the prototype', '%(constructor)s', {}, '%(constructor)s'],
  ['no parameters', 'got %s', undefined, undefined],
])('fills in %s', (_, message, params, formatted) => {
  const entry = { message, formatted: undefined, params };

  expect(formatMessage(entry)?.formatted).toBe(formatted);
});

test('leaves a text that the SDK has formatted, and its length is bounded', () => {
  expect(formatMessage({ message: 'a %s', formatted: 'a b', params: ['c'] })?.formatted).toBe('a b');
  expect(
    formatMessage({ message: '%s%s', formatted: undefined, params: ['x'.repeat(8000), 'y'.repeat(8000)] })?.formatted,
  ).toHaveLength(8192);
});
