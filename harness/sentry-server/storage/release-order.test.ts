/** Releases in their order. */
import { describe, expect, test } from 'vitest';
import { compareReleases, latestOf } from './release-order.ts';

function release(version: string, created = 0, released: number | null = null) {
  return { id: created, version, created_at: created, released_at: released };
}

describe('of two releases', () => {
  test.each([
    ['shop@1.9.0', 'shop@1.10.0'],
    ['shop@1.0.0-rc.1', 'shop@1.0.0'],
    ['shop@1.0.0-rc.2', 'shop@1.0.0-rc.10'],
    ['shop@1.0.0-1', 'shop@1.0.0-alpha'],
    ['shop@1.0.0-alpha', 'shop@1.0.0-alpha.1'],
    ['1.2', '1.2.1'],
    ['v1.2.3', 'v1.3.0'],
    ['1.2.3.4', '1.2.3.5'],
  ])('%s comes before %s, whatever the dates', (before, after) => {
    expect(compareReleases(release(before, 2), release(after, 1))).toBeLessThan(0);
    expect(compareReleases(release(after, 1), release(before, 2))).toBeGreaterThan(0);
  });

  test.each([
    ['hashes', '9f2c1ab', '01bd7e4'],
    ['different packages', 'shop@2.0.0', 'admin@1.0.0'],
    ['one version, another build', 'shop@1.0.0+7', 'shop@1.0.0+6'],
    ['a version and a word', 'shop@2.0.0', 'nightly'],
  ])('%s are ordered by date', (_, before, after) => {
    expect(compareReleases(release(before, 1), release(after, 2))).toBeLessThan(0);
    expect(compareReleases(release(before, 1, 5), release(after, 2))).toBeGreaterThan(0);
  });
});

test.each([
  ['the highest version', [release('shop@1.10.0', 1), release('shop@1.9.0', 2)], 'shop@1.10.0'],
  ['the newest where the newest has no version', [release('shop@1.10.0', 1), release('9f2c1ab', 2)], '9f2c1ab'],
  ['the highest of the newest package', [release('old@9.0.0', 1), release('shop@1.0.0', 2)], 'shop@1.0.0'],
  ['none of none', [], undefined],
])('the latest is %s', (_, releases, expected) => {
  expect(latestOf(releases)?.version).toBe(expected);
});
