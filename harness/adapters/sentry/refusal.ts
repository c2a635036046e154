/** Sentry's refusals, turned into Failures that name the next step. */
import { z } from 'zod';
import { Failure } from '../../model/failure.ts';
import { jsonOf } from '../../web/json-of.ts';
import { type Call, nameOf } from './call.ts';
import type { Received } from './exchange.ts';
import { askedDelay } from './retry-delay.ts';
import { SCOPES, tokenKind, withoutToken } from './token.ts';

/** Code of the refusal of a note that the same user wrote within the hour. */
export const ALREADY_NOTED = 'sentry-already-noted';

export interface Asked {
  readonly base: string;
  readonly token: string | undefined;
  readonly call: Call;
  readonly answer: Received;
}

/** Sentry's errors are JSON, whatever their status; a page in their place comes from something before it. */
export function isWebPage({ headers, text }: Received): boolean {
  return /^\s*text\/html\b/i.test(headers.get('content-type') ?? '') || /^\s*<(?:!doctype|html)\b/i.test(text);
}

export function webPage({ base, call, answer }: Asked): Failure {
  return new Failure(
    'upstream',
    'sentry-unexpected-answer',
    `${base} answers ${nameOf(call)} with a web page (status ${answer.status}) instead of JSON: the whole body is not as expected.`,
    {
      hint: 'Check that sentry.url is the address of a Sentry server with its prefix, and that no login page or proxy stands before /api/0/.',
    },
  );
}

/** `held` are the token's scopes, where Sentry tells them. */
export function refusal(asked: Asked, held: readonly string[] | undefined): Failure {
  const { call, answer } = asked;
  const detail = detailOf(asked);
  const said = `Sentry answered ${answer.status}${detail === '' ? '' : ` (${detail})`} to ${nameOf(call)}`;
  if (answer.status === 401) {
    return new Failure('upstream', 'sentry-refused-token', `${said}: it does not accept the token.`, {
      hint: `${originOf(asked)} It needs the scopes ${SCOPES} (docs/sentry.md).`,
    });
  }
  if (answer.status === 403) {
    const { message, hint } = forbidden(asked, held);
    return new Failure('upstream', 'sentry-missing-scope', `${said}: ${message}`, { hint });
  }
  if (answer.status === 400 && /already posted that comment/i.test(detail)) {
    return new Failure('upstream', ALREADY_NOTED, `${said}.`);
  }
  return new Failure('upstream', 'sentry-refused-request', `${said}: it would not ${call.does}.`, {
    hint: 'Check the settings under sentry in mendwright.config.ts.',
  });
}

export function notFound({ base, call }: Asked): Failure {
  return new Failure('upstream', 'sentry-not-found', `Sentry has no ${call.path} at ${base}: it cannot ${call.does}.`, {
    hint: 'Check the names of organisation, project and issue, and that the token may see them.',
  });
}

function originOf({ base, token }: Asked): string {
  if (token === undefined) return 'Set sentry.token, usually to process.env.SENTRY_AUTH_TOKEN.';
  const kind = tokenKind(token);
  const what = kind === 'unknown' ? 'the token' : `the ${kind} token`;
  return `Check SENTRY_AUTH_TOKEN: ${what} may have been revoked, have expired, or belong to another Sentry than ${base}.`;
}

function forbidden({ call, token }: Asked, held: readonly string[] | undefined): { message: string; hint: string } {
  const whose = `The token must belong to the organisation, and its owner’s role must allow it`;
  if (held?.some((scope) => covers(scope, call.scope))) {
    return {
      message: `the token has the scope ${call.scope}, but may not ${call.does}.`,
      hint: `${whose}. Check sentry.org and sentry.project.`,
    };
  }
  const has = held === undefined ? '' : ` It has ${held.length === 0 ? 'none' : [...held].sort().join(', ')}.`;
  const remedy =
    token !== undefined && tokenKind(token) === 'integration'
      ? 'Add it to the permissions of the internal integration'
      : 'Make a token that has it';
  return {
    message: `the token lacks the scope ${call.scope}, without which it may not ${call.does}.`,
    hint: `${remedy}; a night needs ${SCOPES} (docs/sentry.md).${has}`,
  };
}

/** Writing includes reading, administering includes both. */
function covers(held: string, needed: string): boolean {
  const [area, level = ''] = held.split(':');
  const [wanted, least = ''] = needed.split(':');
  const order = ['read', 'write', 'admin'];
  return area === wanted && order.indexOf(level) >= order.indexOf(least);
}

const Detail = z.union([
  z.object({ detail: z.string() }).transform(({ detail }) => detail),
  z.object({ detail: z.object({ message: z.string() }) }).transform(({ detail }) => detail.message),
  // Complaints about fields of a body: lists below their names.
  z.record(z.string(), z.unknown()).transform((fields) => JSON.stringify(fields)),
]);

/** What Sentry said, bounded, without control characters and without the token. */
export function detailOf({ token, answer }: Pick<Asked, 'token' | 'answer'>): string {
  const parsed = Detail.safeParse(jsonOf(answer.text));
  if (!parsed.success || parsed.data === '{}') return '';
  return withoutToken(parsed.data, token)
    .replaceAll(/\p{Cc}+/gu, ' ')
    .slice(0, 200);
}

/** What is left to say when all tries were in vain. */
export function exhausted({ base, call, answer }: Asked, now: number): Failure {
  if (answer.status === 429) {
    const delay = askedDelay(answer.headers, now);
    const until = delay === undefined ? 'for now' : `before ${new Date(now + delay).toISOString()}`;
    return new Failure(
      'upstream',
      'sentry-rate-limited',
      `Sentry at ${base} allows no more requests to ${call.path} ${until}.`,
      { hint: 'Wait for the limit to pass, or use a token that other jobs do not share.' },
    );
  }
  return new Failure(
    'upstream',
    'sentry-broken',
    `Sentry at ${base} keeps answering ${answer.status} to ${nameOf(call)}.`,
    { hint: 'Look at status.sentry.io, or at the logs of your own server, and try again.' },
  );
}
