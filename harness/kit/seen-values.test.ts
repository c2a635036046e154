import { expect, test } from 'vitest';
import { kindSeen, seenAt } from './seen-values.ts';

const VALUES = {
  text: '',
  cart: { items: '<undefined>', total: 0, owner: null, page: '<Page>' },
  until: null,
  this: { id: 7 },
};

test.each([
  ['until', 'missing'],
  ['text', 'missing'],
  ['cart.items', 'missing'],
  ['cart.owner', 'missing'],
  ['cart.nothing', 'missing'],
  ['cart.total', 'there'],
  ['this.id', 'there'],
  ['elsewhere', 'unknown'],
  ['cart.page.name', 'unknown'],
  ['cart.owner.name', 'unknown'],
])('%s was %s', (path, seen) => {
  expect(seenAt(VALUES, path)).toBe(seen);
});

test('knows nothing where nobody looked', () => {
  expect(seenAt(undefined, 'cart')).toBe('unknown');
});

test.each([
  ['film', 'text'],
  [3, 'number'],
  [['film'], 'list'],
  ['<array of 900>', 'list'],
  ['<Map of 3>', 'collection'],
  ['<Set of 0>', 'collection'],
  [{ a: 1 }, 'object'],
  ['<Object>', 'object'],
  ['<function go>', 'other'],
  [true, 'other'],
  [null, 'missing'],
])('tells what %j was', (value, kind) => {
  expect(kindSeen({ skills: value }, 'skills')).toBe(kind);
});
