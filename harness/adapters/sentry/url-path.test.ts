import { expect, test } from 'vitest';
import { urlPath } from '../../web/url-path.ts';
import { nextCursor } from './parse-link.ts';

test.each([
  ['shop', '/projects/shop/'],
  ['a b/c?d#e', '/projects/a%20b%2Fc%3Fd%23e/'],
  ['../admin', '/projects/..%2Fadmin/'],
  ['\u00e4', '/projects/%C3%A4/'],
])('%j stays in its segment', (hole, expected) => {
  expect(urlPath`/projects/${hole}/`).toBe(expected);
});

test.each(['', '.', '..'])('%j is no segment', (hole) => {
  expect(() => urlPath`/projects/${hole}/`).toThrow(RangeError);
});

test.each([
  [
    '<u>; rel="previous"; results="false"; cursor="0:0:1", <u>; rel="next"; results="true"; cursor="0:100:0"',
    '0:100:0',
  ],
  [
    '<u>; rel="previous"; results="true"; cursor="0:0:1", <u>; rel="next"; results="false"; cursor="0:100:0"',
    undefined,
  ],
  ['<https://x.test/?a=1,2>; rel="next"; results="true"; cursor="1:2:0"', '1:2:0'],
  [null, undefined],
])('the next cursor of %j is %j', (header, expected) => {
  expect(nextCursor(header)).toBe(expected);
});
