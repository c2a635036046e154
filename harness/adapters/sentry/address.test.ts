import { expect, test } from 'vitest';
import { baseOf, isHosted, redirectTarget, regionOf } from './address.ts';

test.each([
  ['https://sentry.io', 'https://sentry.io'],
  ['https://acme.sentry.io/organizations/acme/issues/?query=x', 'https://acme.sentry.io'],
  ['https://de.sentry.io/api/0/', 'https://de.sentry.io'],
  ['http://sentry.corp:9000', 'http://sentry.corp:9000'],
  ['https://corp.test/tools/sentry//', 'https://corp.test/tools/sentry'],
  ['https://corp.test/sentry/api/0', 'https://corp.test/sentry'],
  ['https://corp.test/api/0x', 'https://corp.test/api/0x'],
])('%s is asked at %s', (url, base) => {
  expect(baseOf(url)).toBe(base);
});

test.each([
  ['https://sentry.io', true],
  ['https://de.sentry.io', true],
  ['http://sentry.io', false],
  ['https://notsentry.io', false],
  ['https://sentry.io.evil.test', false],
])('whether %s is sentry.io: %s', (url, expected) => {
  expect(isHosted(new URL(url))).toBe(expected);
});

test.each([
  ['a region', 'https://sentry.io', 'https://de.sentry.io', 'https://de.sentry.io'],
  ['none', 'https://sentry.io', undefined, 'https://sentry.io'],
  ['an empty one', 'https://sentry.io', '', 'https://sentry.io'],
  ['a stranger', 'https://sentry.io', 'https://evil.test', 'https://sentry.io'],
  ['a region, said by another server', 'https://sentry.corp', 'https://de.sentry.io', 'https://sentry.corp'],
])('the region is %s', (_, base, said, expected) => {
  expect(regionOf(base, said)).toBe(expected);
});

const SELF = 'http://sentry.corp/api/0/projects/a/b/';
const HOSTED = 'https://us.sentry.io/api/0/projects/a/b/';

test.each<[string, string, string, string | undefined]>([
  ['the same server', SELF, '/api/0/projects/a/c/', 'http://sentry.corp/api/0/projects/a/c/'],
  ['the same host by TLS', SELF, 'https://sentry.corp/api/0/projects/a/b/', 'https://sentry.corp/api/0/projects/a/b/'],
  ['a region of sentry.io', HOSTED, 'https://de.sentry.io/api/0/x/', 'https://de.sentry.io/api/0/x/'],
  ['sentry.io without TLS', HOSTED, 'http://de.sentry.io/api/0/x/', undefined],
  ['the same host without TLS', HOSTED, 'http://us.sentry.io/api/0/x/', undefined],
  ['another port', SELF, 'http://sentry.corp:81/api/0/x/', undefined],
  ['another host', SELF, 'https://evil.test/api/0/x/', undefined],
  ['a name and password', SELF, 'http://a:b@sentry.corp/api/0/x/', undefined],
  ['a login page', SELF, '/auth/login/acme/', undefined],
  ['no address', SELF, 'http://', undefined],
])('a redirect to %s', (_, from, location, expected) => {
  expect(redirectTarget(new URL(from), location)?.href).toBe(expected);
});
