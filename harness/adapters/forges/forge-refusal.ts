/** The refusals of code hosts, turned into Failures that name the next step. */
import { z } from 'zod';
import { Failure } from '../../model/failure.ts';
import { jsonOf } from '../../web/json-of.ts';
import { type ForgeCall, type ForgeTarget, nameOf, withoutToken } from './forge-call.ts';
import { askedDelay, isLimited } from './forge-limits.ts';

export interface Received {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface Asked {
  readonly target: ForgeTarget;
  readonly call: ForgeCall;
  readonly answer: Received;
}

/** Code of the refusal of a request that the host understood and does not want: a duplicate, or a text that is too long. */
export const REFUSED = 'forge-refused-request';
export const NOT_FOUND = 'forge-not-found';

const DOCS = 'docs/forges.md says what each host’s token needs';

export function refusal(asked: Asked): Failure {
  const { target, call, answer } = asked;
  const detail = detailOf(asked);
  const said = `${target.name} answered ${answer.status}${detail === '' ? '' : ` (${detail})`} to ${nameOf(call)}`;
  const fail = (code: string, message: string, hint: string): Failure =>
    new Failure('upstream', code, `${said}: ${message}`, { hint });
  switch (answer.status) {
    case 401:
      return fail(
        'forge-refused-token',
        'it does not accept the token.',
        `Check ${target.tokenName}: the token may have been revoked, have expired, or belong to another host than ${target.api}; ${DOCS}.`,
      );
    case 403: {
      const held = answer.headers.get('x-oauth-scopes');
      const has = held === null ? '' : ` It has the scopes: ${held === '' ? 'none' : held}.`;
      const wanted = answer.headers.get('x-accepted-github-permissions');
      const asks = wanted === null ? '' : ` The host asks for ${wanted}.`;
      return fail(
        'forge-missing-permission',
        `the token may not ${call.does}.`,
        `The token in ${target.tokenName} needs ${call.needs}.${withoutToken(`${asks}${has}`, target).slice(0, 300)} ${DOCS}.`,
      );
    }
    case 404:
      return fail(
        NOT_FOUND,
        `it cannot ${call.does}.`,
        `Check publish.forge.repository and publish.forge.url, and that the token in ${target.tokenName} may see the repository (${call.needs}): hosts hide what it may not see.`,
      );
    default:
      return fail(
        REFUSED,
        `it would not ${call.does}.`,
        'Check publish.forge, and that the branch and its target are on the host.',
      );
  }
}

/** What is left to say when all tries were in vain. */
export function exhausted({ target, call, answer }: Asked, now: number): Failure {
  if (isLimited(answer)) {
    const delay = askedDelay(answer, now);
    const until = delay === undefined ? 'for now' : `before ${new Date(now + delay).toISOString()}`;
    return new Failure('upstream', 'forge-rate-limited', `${target.name} allows no more requests ${until}.`, {
      hint: 'Run `mendwright publish` again when the limit has passed, or use a token that other jobs do not share.',
    });
  }
  return new Failure(
    'upstream',
    'forge-broken',
    `${target.name} at ${target.api} keeps answering ${answer.status} to ${nameOf(call)}.`,
    {
      hint: 'Look at the host’s status page or its logs, and run `mendwright publish` again.',
    },
  );
}

export function unexpected({ target, call }: Omit<Asked, 'answer'>, what: string, cause?: unknown): Failure {
  return new Failure(
    'upstream',
    'forge-unexpected-answer',
    `${target.name}’s answer to ${nameOf(call)} (to ${call.does}) ${what}.`,
    {
      hint: `Check that ${target.api} is the address of its API (publish.forge.url), and that no login page stands before it.`,
      ...(cause !== undefined && { cause }),
    },
  );
}

/** The hosts' words for it: `message` with or without `errors`, `error.message`, `error`. */
const Detail = z
  .object({
    message: z.unknown().optional(),
    error: z.union([z.string(), z.object({ message: z.string() }).transform(({ message }) => message)]).optional(),
    errors: z.array(z.unknown()).optional(),
  })
  .transform(({ message, error, errors }) => {
    const more = (errors ?? []).flatMap((one) => wordsOf(one) ?? []);
    return [message === undefined ? error : wordsOf(message), ...more].filter(Boolean).join('; ');
  });

function wordsOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  const told = z.object({ message: z.string() }).safeParse(value);
  return told.success ? told.data.message : JSON.stringify(value);
}

/** What the host said, bounded, without control characters and without the token. */
function detailOf({ target, answer }: Asked): string {
  const parsed = Detail.safeParse(jsonOf(answer.text));
  if (!parsed.success) return '';
  return withoutToken(parsed.data, target)
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .slice(0, 200);
}
