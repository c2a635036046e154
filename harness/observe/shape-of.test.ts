import { expect, test } from 'vitest';
import { shapeOf } from './shape-of.ts';

test.each<[string, unknown, Record<string, string>]>([
  ['a value', 'text', { $: 'string' }],
  ['nothing', null, { $: 'null' }],
  ['an empty list', [], { $: 'array' }],
  ['an object', { total: 1, open: true }, { $: 'object', '$.total': 'number', '$.open': 'boolean' }],
  ['a list of both kinds', [1, null, 'x'], { $: 'array', '$[]': 'null|number|string' }],
  [
    'objects in a list',
    { items: [{ author: { name: 'M' } }, { author: null }] },
    {
      $: 'object',
      '$.items': 'array',
      '$.items[]': 'object',
      '$.items[].author': 'null|object',
      '$.items[].author.name': 'string',
    },
  ],
  ['keys that are data', { '2026-01-02': 1, '2026-01-03': 2 }, { $: 'object', '$.{}': 'number' }],
])('tells the types of %s', (_, value, expected) => {
  expect(shapeOf(value)).toEqual(expected);
});

test('is bounded in width and depth', () => {
  const wide = Object.fromEntries(
    Array.from({ length: 1_000 }, (_, nth) => [`k${String.fromCharCode(97 + (nth % 26))}${nth % 1000}x`, nth]),
  );
  let deep: unknown = 1;
  for (let depth = 0; depth < 100; depth++) deep = { inner: deep };

  expect(Object.keys(shapeOf(wide))).toHaveLength(300);
  expect(Object.keys(shapeOf(deep))).toHaveLength(7);
});
