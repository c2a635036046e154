import { expect, test } from 'vitest';
import { BoundedCache } from './bounded-cache.ts';

test('lets go of what was used longest ago when there is no room', () => {
  const cache = new BoundedCache<string>(100);
  cache.set('a', 'first', 40);
  cache.set('b', 'second', 40);
  cache.get('a');

  cache.set('c', 'third', 40);

  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual(['first', undefined, 'third']);
  expect(cache.size).toBe(80);
});

test('counts what takes the place of another once', () => {
  const cache = new BoundedCache<string>(100);
  cache.set('a', 'long', 90);

  cache.set('a', 'short', 10);

  expect(cache.get('a')).toBe('short');
  expect(cache.size).toBe(10);
});

test('does not empty itself for something that is larger than all of it', () => {
  const cache = new BoundedCache<string>(100);
  cache.set('a', 'small', 10);

  cache.set('b', 'huge', 101);

  expect([cache.get('a'), cache.get('b')]).toEqual(['small', undefined]);
});
