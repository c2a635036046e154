/** What a Sentry token tells of itself before anything is sent, and how it is kept out of what is printed. */
import { z } from 'zod';
import { Failure } from '../../model/failure.ts';
import { jsonOf } from '../../web/json-of.ts';

export type TokenKind = 'user' | 'organisation' | 'integration' | 'application' | 'unknown';

/** Sentry's own prefixes; tokens from before they came in are 64 hex digits and tell nothing. */
const KINDS: ReadonlyMap<string, TokenKind> = new Map([
  ['sntryu_', 'user'],
  ['sntrys_', 'organisation'],
  ['sntryi_', 'integration'],
  ['sntrya_', 'application'],
]);

/** What a night asks of Sentry; `event:write` only for notes and for resolving. */
export const SCOPES = 'org:read, project:read, event:read and event:write';

export function tokenKind(token: string): TokenKind {
  return KINDS.get(token.slice(0, 7)) ?? 'unknown';
}

/**
 * The token as it may stand in a header. Throws the usage Failure `sentry-token-malformed` for what no header can carry, so that
 * no library complains of it by quoting it.
 */
export function readToken(raw: string): string {
  const token = raw.trim();
  if (/^[\x21-\x7e]+$/.test(token) && !/["'<>]|^https?:/.test(token)) return token;
  throw new Failure('usage', 'sentry-token-malformed', 'What sentry.token holds cannot be a token of Sentry’s.', {
    hint: 'It must be the token alone: no quotes, no spaces, no “Bearer”, no DSN. Is the environment variable set as it should be?',
  });
}

const Claims = z.object({
  url: z.string().nullish(),
  region_url: z.string().nullish(),
  org: z.string().nullish(),
});

/** Organisation and addresses that an organisation token carries readably; none where it cannot be read. */
export function claimsOf(token: string): { org?: string; url?: string } {
  const end = token.lastIndexOf('_');
  if (tokenKind(token) !== 'organisation' || end < 8) return {};
  const text = Buffer.from(token.slice(7, end), 'base64').toString('utf8');
  const parsed = Claims.safeParse(jsonOf(text));
  if (!parsed.success) return {};
  const url = parsed.data.region_url || parsed.data.url;
  return { ...(parsed.data.org && { org: parsed.data.org }), ...(url && { url }) };
}

/** An organisation token may upload releases and source maps, and nothing else: said before anything is sent. */
export function refuseByKind(token: string): void {
  if (tokenKind(token) !== 'organisation') return;
  const { org, url } = claimsOf(token);
  const of = org === undefined ? '' : ` of ${org}`;
  const at = url === undefined ? '' : ` at ${url}`;
  throw new Failure(
    'upstream',
    'sentry-token-cannot-read',
    `sentry.token is an organisation token${of} (sntrys_…): it can upload releases and source maps, but not read issues.`,
    {
      hint: `Make an internal integration${at} under Settings, Custom Integrations, with ${SCOPES}, and use its token (docs/sentry.md).`,
    },
  );
}

/** The text without the token, should somebody have sent it back. */
export function withoutToken(text: string, token: string | undefined): string {
  return token === undefined ? text : text.replaceAll(token, '[token]');
}
