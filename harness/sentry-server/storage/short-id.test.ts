import { expect, test } from 'vitest';
import { formatShortId, parseShortId } from './short-id.ts';

test.each([
  ['shop', 1, 'SHOP-1'],
  ['shop', 31, 'SHOP-Z'],
  ['shop', 32, 'SHOP-10'],
  ['my_web-app', 1000, 'MY-WEB-APP-Z8'],
])('%s and %i make %s, and back', (slug, number, shortId) => {
  expect(formatShortId(slug, number)).toBe(shortId);
  expect(parseShortId(shortId)).toEqual({ slug: slug.replaceAll('_', '-'), number });
});

test.each(['SHOP', '-1', 'SHOP-', 'SHOP-U', 'SHOP-1 OR 1', 'SHOP-ZZZZZZZZZZZ'])('%j is no short id', (text) => {
  expect(parseShortId(text)).toBeUndefined();
});
