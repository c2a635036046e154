import { expect, test } from 'vitest';
import { readGolden } from '../../test/golden/read-golden.ts';
import { maskRecord, maskSecrets } from './mask-secrets.ts';

test.each([
  ['a bearer token', 'Authorization: Bearer abc.def-123456', 'Authorization: Bearer ***'],
  ['a header in JSON', '{"authorization":"Basic dXNlcjpwYXNz"}', '{"authorization":"Basic ***"}'],
  ['a bearer token in prose', 'sent bearer 0123456789abcdef twice', 'sent bearer *** twice'],
  ['cookies', 'Cookie: sid=1; theme=dark', 'Cookie: ***'],
  ['a password in a URL', 'postgres://shop:pw-1@db:5432/x', 'postgres://***@db:5432/x'],
  ['a token in a query', 'GET /a?page=2&access_token=x1y2&z=1', 'GET /a?page=2&access_token=***&z=1'],
  ['a Slack hook', 'https://hooks.slack.com/services/T0/B0/xyz', 'https://hooks.slack.com/services/***'],
  ['a GitHub token', `token is ghp_${'a1'.repeat(18)}.`, 'token is ***.'],
  ['a Sentry token', `sntrys_${'eyJ'.repeat(9)}=_x`, '***_x'],
  ['an AWS key', 'AKIAIOSFODNN7EXAMPLE', '***'],
  ['a JWT', 'jwt eyJhbGciOiJI.eyJzdWIiOiIx.SflKxwRJ end', 'jwt *** end'],
  ['a password in JSON', 'body {"password":"a\\"b","n":1}', 'body {"password":"***","n":1}'],
  ['a card', 'paid with 4111 1111 1111 1111 today', 'paid with *** today'],
  ['a card without spaces', 'card=5555555555554444', 'card=***'],
  [
    'a private key',
    '-----BEGIN RSA PRIVATE KEY-----\nMII\n-----END RSA PRIVATE KEY-----',
    '-----BEGIN RSA PRIVATE KEY-----***',
  ],
])('masks %s', (_, text, masked) => {
  expect(maskSecrets(text)).toBe(masked);
});

test.each([
  ['a commit', '3f2a9c4d5e6f708192a3b4c5d6e7f80910111213'],
  ['a time in milliseconds', 'at 1764115200000'],
  ['digits that are no card', '4111 1111 1111 1112'],
  ['a fraction', '0.4111111111111111'],
  ['an event id', '41111111-1111-4111-8111-111111111111'],
  ['code that reads a token', 'const token = readToken(request);'],
  ['an address with a port', 'http://127.0.0.1:4400/a@b'],
  ['words', "Cannot read properties of undefined (reading 'password')"],
])('leaves %s alone', (_, text) => {
  expect(maskSecrets(text)).toBe(text);
});

test('masks by name what was seen at the throw, and leaves the model’s own keys', () => {
  const golden = readGolden();
  const [first, ...rest] = golden.suspects;
  if (first === undefined) throw new Error('the kept night has suspects');
  const values = { user: { password: 'hunter2', authToken: 12, name: 'Ada' }, token: '', isSecret: true };

  const masked = maskRecord({ ...golden, suspects: [{ ...first, values }, ...rest] });

  expect(masked.suspects[0]?.values).toEqual({
    user: { password: '***', authToken: '***', name: 'Ada' },
    token: '',
    isSecret: true,
  });
});

test('a night without secrets is shown as it is, and masked once', () => {
  const golden = readGolden();
  const masked = maskRecord(golden);

  expect(masked).toEqual(golden);
  expect(maskRecord(golden)).toBe(masked);
  expect(maskRecord(masked)).toBe(masked);
});
