import { expect, test } from 'vitest';
import { parseSearch } from './search-query.ts';

const filter = (key: string, values: string[], more: object = {}) => ({
  key,
  values,
  operator: '=',
  isNegated: false,
  ...more,
});

test.each([
  ['is:unresolved', [filter('is', ['unresolved'])], ''],
  ['!level:info', [filter('level', ['info'], { isNegated: true })], ''],
  ['release:"my app@1 2"', [filter('release', ['my app@1 2'])], ''],
  ['level:[error, "fatal"]', [filter('level', ['error', 'fatal'])], ''],
  ['timesSeen:>=5', [filter('timesSeen', ['5'], { operator: '>=' })], ''],
  ['tags[my key]:x', [filter('my key', ['x'])], ''],
  ['url:http://x.test/a', [filter('url', ['http://x.test/a'])], ''],
  ['http://x.test/a', [], 'http://x.test/a'],
  ['boom "in the cart" is:resolved', [filter('is', ['resolved'])], 'boom in the cart'],
  ['  ', [], ''],
])('%j', (query, filters, text) => {
  expect(parseSearch(query)).toEqual({ filters, text });
});
