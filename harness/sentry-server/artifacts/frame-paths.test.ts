import { describe, expect, test } from 'vitest';
import { isOwnSource, joinPath, moduleName, shortWebpackName, uploadedNames } from './frame-paths.ts';

test.each([
  ['https://shop.test/js/app.js', ['https://shop.test/js/app.js', '~/js/app.js']],
  [
    'https://shop.test/js/app.js?v=1#top',
    ['https://shop.test/js/app.js?v=1', 'https://shop.test/js/app.js', '~/js/app.js?v=1', '~/js/app.js'],
  ],
  ['app:///server/app.js', ['app:///server/app.js', '~/server/app.js']],
  ['/srv/app.js', ['/srv/app.js', '~/srv/app.js']],
  ['~/js/app.js', ['~/js/app.js']],
])('%s may have been uploaded under these names', (url, names) => {
  expect(uploadedNames(url)).toEqual(names);
});

test.each([
  ['https://shop.test/js/app.js', 'app.js.map', 'https://shop.test/js/app.js.map'],
  ['https://shop.test/js/app.js?v=/1', '../maps/app.js.map', 'https://shop.test/maps/app.js.map'],
  ['https://shop.test/js/app.js', '../../../src/cart.ts', 'https://shop.test/src/cart.ts'],
  ['https://shop.test/js/app.js', '~/maps/app.js.map', 'https://shop.test/maps/app.js.map'],
  ['https://shop.test/js/app.js', '/maps/app.js.map', 'https://shop.test/maps/app.js.map'],
  ['https://shop.test/js/app.js', '//cdn.test/app.js.map', 'https://cdn.test/app.js.map'],
  ['https://shop.test/js/app.js', 'webpack:///./src/cart.ts', 'webpack:///./src/cart.ts'],
  ['app:///dist/main.js', '../src/cart.ts', 'app:///src/cart.ts'],
  ['/srv/shop/dist/main.js', '../src/./cart.ts', '/srv/shop/src/cart.ts'],
  ['~/js/app.js', 'app.js.map', '~/js/app.js.map'],
])('from %s %s leads to %s', (base, reference, found) => {
  expect(joinPath(base, reference)).toBe(found);
});

test.each([
  ['webpack:///./src/cart.ts', './src/cart.ts'],
  ['webpack://shop/./src/cart.ts', './src/cart.ts'],
  ['webpack:///../node_modules/react/index.js', '../node_modules/react/index.js'],
  ['webpack:///app/~/react/index.js', '~/react/index.js'],
])('%s is called %s', (source, name) => {
  expect(shortWebpackName(source)).toBe(name);
});

test.each([
  ['https://shop.test/src/checkout/pay.ts', 'src/checkout/pay'],
  ['https://shop.test/static/js/v2.1.0/checkout/pay-3f2a9bc1.min.js', 'checkout/pay'],
  ['https://shop.test/build/0123456789abcdef0123456789abcdef/pay.js?x=1', 'pay'],
  ['app:///src/pay.ts', 'src/pay'],
  ['./src/pay.tsx', 'src/pay'],
])('the module of %s is %s', (path, name) => {
  expect(moduleName(path)).toBe(name);
});

describe('a source', () => {
  test.each([
    ['webpack:///./src/pay.ts', './src/pay.ts', true],
    ['webpack:///./node_modules/react/index.js', './node_modules/react/index.js', false],
    ['webpack:///webpack/bootstrap', 'webpack/bootstrap', false],
    ['app:///src/pay.ts', '../src/pay.ts', true],
    ['app:///node_modules/react/index.js', '../node_modules/react/index.js', false],
    ['https://shop.test/node_modules/react/index.js', '../node_modules/react/index.js', false],
    ['https://shop.test/src/pay.ts', '../src/pay.ts', undefined],
  ])('at %s called %s is the app’s own: %s', (absPath, source, isOwn) => {
    expect(isOwnSource(absPath, source)).toBe(isOwn);
  });
});
