/** One request to Sentry's Web API: token, time-out, retries, pages, and answers parsed or turned into a Failure. */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { Failure } from '../../model/failure.ts';
import { nextCursor } from './parse-link.ts';
import { retryDelay } from './retry-delay.ts';

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Rejects with the signal's reason when it is aborted. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
}

export const realClock: Clock = {
  now: () => Date.now(),
  wait: async (ms, signal) => {
    await sleep(ms, undefined, signal === undefined ? {} : { signal });
  },
};

export interface RequesterOptions {
  readonly fetch: (request: Request) => Promise<Response>;
  readonly url: string;
  readonly token: string | undefined;
  readonly signal: AbortSignal | undefined;
  readonly clock: Clock;
}

export type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>;

export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT';
  /** Below `/api/0`, with a slash at both ends, built by `urlPath`. */
  readonly path: string;
  readonly query?: Query;
  readonly body?: unknown;
}

export interface Answer<T> {
  readonly value: T;
  readonly next: string | undefined;
}

export interface Requester {
  /** Undefined for 404. Throws an upstream Failure for every other refusal. */
  find<T>(schema: z.ZodType<T>, call: Call): Promise<Answer<T> | undefined>;
  /** As `find`; 404 is a Failure, too. */
  ask<T>(schema: z.ZodType<T>, call: Call): Promise<Answer<T>>;
  /** All pages, fetched as they are asked for. */
  pages<T>(schema: z.ZodType<T>, call: Call): AsyncGenerator<T>;
}

const TIMEOUT_MS = 30_000;
const ATTEMPTS = 5;
const SCOPES = 'org:read, project:read, event:read and event:write';

export function requester(options: RequesterOptions): Requester {
  const find = async <T>(schema: z.ZodType<T>, call: Call): Promise<Answer<T> | undefined> => {
    const { answer, text } = await send(options, call);
    if (answer.status === 404) return undefined;
    if (!answer.ok) throw refusal(options, call, answer, text);
    return { value: parseAnswer(schema, call, text), next: nextCursor(answer.headers.get('link')) };
  };
  const ask = async <T>(schema: z.ZodType<T>, call: Call): Promise<Answer<T>> => {
    const found = await find(schema, call);
    if (found !== undefined) return found;
    throw new Failure('upstream', 'sentry-not-found', `Sentry has no ${call.path} at ${options.url}.`, {
      hint: 'Check the names of organisation, project and issue, and that the token may see them.',
    });
  };
  return { find, ask, pages: (schema, call) => pages(ask, schema, call) };
}

async function* pages<T>(ask: Requester['ask'], schema: z.ZodType<T>, call: Call): AsyncGenerator<T> {
  const seen = new Set<string>();
  let cursor: string | undefined;
  do {
    const answer = await ask(schema, { ...call, query: { ...call.query, cursor } });
    yield answer.value;
    cursor = answer.next;
    // A server that hands out the same cursor for ever must not hold the night.
    if (cursor !== undefined && seen.has(cursor)) return;
    if (cursor !== undefined) seen.add(cursor);
  } while (cursor !== undefined);
}

interface Received {
  readonly answer: Response;
  readonly text: string;
}

async function send(options: RequesterOptions, call: Call): Promise<Received> {
  for (let number = 1; ; number += 1) {
    options.signal?.throwIfAborted();
    const outcome = await attempt(options, call);
    const answer = 'answer' in outcome ? outcome.answer : undefined;
    if ('answer' in outcome && !isPassing(outcome.answer.status)) return outcome;
    const now = options.clock.now();
    const delay = retryDelay({ number, answer, now, random: Math.random() });
    const isLast = number >= ATTEMPTS || delay === undefined || !mayRepeat(call, answer);
    if (isLast && 'answer' in outcome) throw exhausted(options, call, outcome.answer);
    if (isLast) throw unreachable(options, 'error' in outcome ? outcome.error : undefined);
    await options.clock.wait(delay, options.signal);
  }
}

function isPassing(status: number): boolean {
  return status === 429 || status >= 500;
}

/** A POST that was lost on the way may have been heard; only a plain "later" is safe to repeat. */
function mayRepeat(call: Call, answer: Response | undefined): boolean {
  return call.method !== 'POST' || answer?.status === 429 || answer?.status === 503;
}

async function attempt(options: RequesterOptions, call: Call): Promise<Received | { error: unknown }> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const signal = options.signal === undefined ? timeout : AbortSignal.any([options.signal, timeout]);
  try {
    const answer = await options.fetch(requestOf(options, call, signal));
    return { answer, text: await answer.text() };
  } catch (error) {
    // The caller's own stop is no trouble of Sentry's.
    options.signal?.throwIfAborted();
    if (error instanceof Failure) throw error;
    return { error };
  }
}

function requestOf({ url, token }: RequesterOptions, call: Call, signal: AbortSignal): Request {
  const target = new URL(`${url.replace(/\/+$/, '')}/api/0${call.path}`);
  for (const [name, value] of Object.entries(call.query ?? {})) {
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined) target.searchParams.append(name, String(one));
  }
  const headers = new Headers({ accept: 'application/json', 'user-agent': 'mendwright' });
  if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
  if (call.body !== undefined) headers.set('content-type', 'application/json');
  const body = call.body === undefined ? null : JSON.stringify(call.body);
  return new Request(target, { method: call.method ?? 'GET', headers, body, signal });
}

function parseAnswer<T>(schema: z.ZodType<T>, call: Call, text: string): T {
  const parsed = schema.safeParse(text === '' ? undefined : jsonOf(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join('.') || 'the whole body';
  throw new Failure(
    'upstream',
    'sentry-unexpected-answer',
    `Sentry's answer to ${call.path} is not as expected at ${field}.`,
    {
      hint: 'Check that sentry.url is the address of a Sentry server, without a login page or proxy in front of it.',
      cause: parsed.error,
    },
  );
}

/** Undefined for what is no JSON: the schema then says so. */
function jsonOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const Detail = z.object({
  detail: z.union([z.string(), z.object({ message: z.string() }).transform((it) => it.message)]),
});

/** What Sentry said, bounded, without control characters and without the token. */
function detailOf(options: Pick<RequesterOptions, 'token'>, text: string): string {
  const parsed = Detail.safeParse(jsonOf(text));
  if (!parsed.success) return '';
  const plain = parsed.data.detail.replaceAll(/\p{Cc}+/gu, ' ').slice(0, 200);
  return options.token === undefined ? plain : plain.replaceAll(options.token, '[token]');
}

function refusal(options: RequesterOptions, call: Call, answer: Response, text: string): Failure {
  const detail = detailOf(options, text);
  const said = `Sentry answered ${answer.status}${detail === '' ? '' : ` (${detail})`} to ${call.method ?? 'GET'} ${call.path}.`;
  if (answer.status === 401 || answer.status === 403) {
    return new Failure('upstream', 'sentry-refused-token', said, {
      hint: `Check SENTRY_AUTH_TOKEN: it needs the scopes ${SCOPES}. An organisation token (sntrys_…) cannot read issues.`,
    });
  }
  return new Failure('upstream', 'sentry-refused-request', said, {
    hint: 'Check the settings under sentry in mendwright.config.ts.',
  });
}

function exhausted(options: RequesterOptions, call: Call, answer: Response): Failure {
  if (answer.status === 429) {
    return new Failure(
      'upstream',
      'sentry-rate-limited',
      `Sentry at ${options.url} allows no more requests to ${call.path} for now.`,
      {
        hint: 'Wait for the limit to pass, or use a token that other jobs do not share.',
      },
    );
  }
  return new Failure(
    'upstream',
    'sentry-broken',
    `Sentry at ${options.url} keeps answering ${answer.status} to ${call.path}.`,
    {
      hint: 'Look at status.sentry.io, or at the logs of your own server, and try again.',
    },
  );
}

function unreachable(options: RequesterOptions, error: unknown): Failure {
  return new Failure('upstream', 'sentry-unreachable', `Sentry cannot be reached at ${options.url}.`, {
    hint: 'Check sentry.url, the network and the proxy settings.',
    cause: error,
  });
}
