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
    ['1.2.3', '1.2.3.1'],
    ['shop@9.9.9', 'shop@10.0.0'],
    ['shop@1.0.0-alpha.1', 'shop@1.0.0-alpha.beta'],
    ['shop@1.0.0-alpha.beta', 'shop@1.0.0-beta'],
    ['shop@1.0.0-beta.2', 'shop@1.0.0-beta.11'],
    ['shop@1.0.0-beta.11', 'shop@1.0.0-rc.1'],
    ['shop@1.0.0-rc.1+build.9', 'shop@1.0.0+build.1'],
    ['shop@1.0.0-rc.9007199254740993', 'shop@1.0.0-rc.9007199254740994'],
    ['shop@1.0.0+9', 'shop@1.0.1+1'],
    ['shop@1.0', 'shop@1.0.1-rc.1'],
    ['shop@1.0.0-rc-1', 'shop@1.0.0'],
    ['app@shop@1.0.0', 'app@shop@1.1.0'],
    ['com.acme.shop@2.3.4+100', 'com.acme.shop@2.3.10+1'],
    ['shop@1.0rc1', 'shop@1.0'],
    ['shop@1.0rc2', 'shop@1.0rc10'],
    ['shop@1.0b3', 'shop@1.0rc1'],
  ])('%s comes before %s, whatever the dates', (before, after) => {
    expect(compareReleases(release(before, 2), release(after, 1))).toBeLessThan(0);
    expect(compareReleases(release(after, 1), release(before, 2))).toBeGreaterThan(0);
  });

  test.each([
    ['hashes', '9f2c1ab', '01bd7e4'],
    ['different packages', 'shop@2.0.0', 'admin@1.0.0'],
    ['one version, another build', 'shop@1.0.0+7', 'shop@1.0.0+6'],
    ['a version and a word', 'shop@2.0.0', 'nightly'],
    ['one version of two packages', 'shop@1.0.0', 'admin@1.0.0'],
    ['one version with and without a package', 'shop@1.0.0', '1.0.0'],
    ['a version and none of one package', 'shop@2.0.0', 'shop@nightly'],
    ['one number alone', 'shop@10', 'shop@9'],
    ['days', '2026-11-23', '2026-11-22'],
    ['one version written in two ways', 'shop@1.0.0', 'shop@1.0'],
    ['versions of five numbers', '1.2.3.4.6', '1.2.3.4.5'],
    ['words that are no pre-release', 'shop@1.0post2', 'shop@1.0post1'],
  ])('%s are ordered by date', (_, before, after) => {
    expect(compareReleases(release(before, 1), release(after, 2))).toBeLessThan(0);
    expect(compareReleases(release(before, 1, 5), release(after, 2))).toBeGreaterThan(0);
  });
});

test.each([
  ['the highest version', [release('shop@1.10.0', 1), release('shop@1.9.0', 2)], 'shop@1.10.0'],
  ['the newest where the newest has no version', [release('shop@1.10.0', 1), release('9f2c1ab', 2)], '9f2c1ab'],
  ['the highest of the newest package', [release('old@9.0.0', 1), release('shop@1.0.0', 2)], 'shop@1.0.0'],
  ['no pre-release of it', [release('shop@1.0.0', 1), release('shop@1.0.0-rc.2', 2)], 'shop@1.0.0'],
  ['the newest of builds', [release('shop@1.0.0+7', 2), release('shop@1.0.0+8', 1)], 'shop@1.0.0+7'],
  ['the last that was finalised', [release('9f2c1ab', 1, 9), release('01bd7e4', 5)], '9f2c1ab'],
  ['the only one', [release('nightly', 1)], 'nightly'],
  ['none of none', [], undefined],
])('the latest is %s', (_, releases, expected) => {
  expect(latestOf(releases)?.version).toBe(expected);
});
