import { expect, test } from 'vitest';
import { claimsOf, readToken, refuseByKind, tokenKind } from './token.ts';

const SECRET = '0123456789abcdef'.repeat(4);

function orgToken(claims: unknown): string {
  return `sntrys_${Buffer.from(JSON.stringify(claims)).toString('base64')}_${'q'.repeat(43)}`;
}

const CLAIMS = { iat: 1.7e9, url: 'https://sentry.io', region_url: 'https://de.sentry.io', org: 'acme' };

test.each([
  ['a user’s', `sntryu_${SECRET}`, 'user'],
  ['an organisation’s', orgToken(CLAIMS), 'organisation'],
  ['an internal integration’s', `sntryi_${SECRET}`, 'integration'],
  ['an application’s', `sntrya_${SECRET}`, 'application'],
  ['one from before there were kinds', SECRET, 'unknown'],
  ['a name of an object’s member', 'valueOf', 'unknown'],
])('knows the kind of %s token', (_, token, kind) => {
  expect(tokenKind(token)).toBe(kind);
});

test.each([
  ['region and organisation', orgToken(CLAIMS), { org: 'acme', url: 'https://de.sentry.io' }],
  [
    'the address where there is no region',
    orgToken({ ...CLAIMS, region_url: null }),
    { org: 'acme', url: 'https://sentry.io' },
  ],
  ['nothing of another shape', orgToken([1]), {}],
  ['nothing of what is no JSON', `sntrys_${SECRET}_x`, {}],
  ['nothing of a token that was cut off', 'sntrys_', {}],
  ['nothing of another kind', `sntryu_${SECRET}`, {}],
])('reads %s', (_, token, claims) => {
  expect(claimsOf(token)).toEqual(claims);
});

test.each([
  ['its own organisation and region', orgToken(CLAIMS), /organisation token of acme/, /at https:\/\/de\.sentry\.io/],
  [
    'nothing that it does not carry',
    'sntrys_x_y',
    /organisation token \(sntrys_…\)/,
    /internal integration under Settings/,
  ],
])('refuses an organisation token, naming %s', (_, token, message, hint) => {
  expect(() => refuseByKind(token)).toThrow(message);
  expect(() => refuseByKind(token)).toThrow(
    expect.objectContaining({ kind: 'upstream', code: 'sentry-token-cannot-read', hint: expect.stringMatching(hint) }),
  );
});

test.each([`sntryu_${SECRET}`, `sntryi_${SECRET}`, `sntrya_${SECRET}`, SECRET])('lets other kinds try: %s', (token) => {
  expect(() => refuseByKind(token)).not.toThrow();
});

test.each([
  ['white space around it', ` ${SECRET}\n`, SECRET],
  ['nothing to take away', SECRET, SECRET],
])('reads a token with %s', (_, raw, token) => {
  expect(readToken(raw)).toBe(token);
});

test.each([
  ['nothing', ''],
  ['only white space', ' \n'],
  ['a line break inside', 'sntryu_ab\ncd'],
  ['a word before it', `Bearer ${SECRET}`],
  ['quotes', `"${SECRET}"`],
  ['a placeholder', '<your-token>'],
  ['an ellipsis', 'sntryu_…'],
  ['a DSN', 'https://abc@o1.ingest.sentry.io/4'],
])('refuses %s without quoting it', (_, raw) => {
  const refuse = () => readToken(raw);

  expect(refuse).toThrow(expect.objectContaining({ kind: 'usage', code: 'sentry-token-malformed' }));
  if (raw.trim() !== '') expect(refuse).not.toThrow(raw.trim());
});
