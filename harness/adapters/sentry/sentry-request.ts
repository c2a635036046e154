/** Requests to Sentry's Web API: retries, pages, and answers parsed or turned into a Failure. */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { Failure } from '../../model/failure.ts';
import { jsonOf } from '../../web/json-of.ts';
import { mayPass, unreachable } from '../../web/network-trouble.ts';
import { type Call, nameOf } from './call.ts';
import { type Exchanged, exchange, type Received, type Target } from './exchange.ts';
import { nextCursor } from './parse-link.ts';
import { type Asked, exhausted, isWebPage, notFound, refusal, webPage } from './refusal.ts';
import type { RequestGate } from './request-gate.ts';
import { retryDelay } from './retry-delay.ts';

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Rejects with the signal's reason when it is aborted. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
  /** Is aborted after so many milliseconds. */
  timeout(ms: number): AbortSignal;
}

export const realClock: Clock = {
  now: () => Date.now(),
  wait: async (ms, signal) => {
    await sleep(ms, undefined, signal === undefined ? {} : { signal });
  },
  timeout: (ms) => AbortSignal.timeout(ms),
};

export interface RequesterOptions {
  readonly fetch: (request: Request) => Promise<Response>;
  /** Where calls go, and with which token; asked before each of them. */
  readonly target: () => Promise<Target>;
  readonly signal: AbortSignal | undefined;
  readonly clock: Clock;
  /** 0 to 1, for the jitter of pauses. */
  readonly random: () => number;
  readonly gate: RequestGate;
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
  /** As `ask`, for calls whose refusal may be no trouble: the Failure is the result. */
  tell<T>(schema: z.ZodType<T>, call: Call): Promise<Answer<T> | Failure>;
  /** One try, for what only makes a message better: undefined whatever goes wrong. */
  glance<T>(schema: z.ZodType<T>, call: Call): Promise<T | undefined>;
  /** All pages, fetched as they are asked for. */
  pages<T>(schema: z.ZodType<T>, call: Call): AsyncGenerator<T>;
}

const ATTEMPTS = 5;
/** A hundred thousand rows. */
const MOST_PAGES = 1_000;

export function requester(options: RequesterOptions): Requester {
  const glance: Requester['glance'] = async (schema, call) => {
    const outcome = await exchangeOnce(options, await options.target(), call);
    if (outcome instanceof Failure || 'error' in outcome || outcome.status !== 200) return undefined;
    const parsed = schema.safeParse(jsonOf(outcome.text));
    return parsed.success ? parsed.data : undefined;
  };
  /** What was answered, 404 included; every other refusal as a Failure. */
  const hear = async (call: Call): Promise<Asked | Failure> => {
    const target = await options.target();
    const answer = await send(options, target, call);
    if (answer instanceof Failure) return answer;
    const asked = { ...target, call, answer };
    if (isWebPage(answer)) return webPage(asked);
    if (answer.status === 403) return refusal(asked, await glance(HeldScopes, INDEX));
    const isFine = (answer.status >= 200 && answer.status <= 299) || answer.status === 404;
    return isFine ? asked : refusal(asked, undefined);
  };
  const tell: Requester['tell'] = async (schema, call) => {
    const heard = await hear(call);
    if (heard instanceof Failure) return heard;
    return heard.answer.status === 404 ? notFound(heard) : parseAnswer(schema, heard);
  };
  const ask: Requester['ask'] = async (schema, call) => {
    const answer = await tell(schema, call);
    if (answer instanceof Failure) throw answer;
    return answer;
  };
  const find: Requester['find'] = async (schema, call) => {
    const heard = await hear(call);
    if (heard instanceof Failure) throw heard;
    return heard.answer.status === 404 ? undefined : parseAnswer(schema, heard);
  };
  return { find, ask, tell, glance, pages: (schema, call) => pages(ask, schema, call) };
}

const INDEX: Call = { does: 'tell the token’s scopes', scope: '', path: '/' };
const HeldScopes = z.object({ auth: z.object({ scopes: z.array(z.string()) }) }).transform(({ auth }) => auth.scopes);

async function* pages<T>(ask: Requester['ask'], schema: z.ZodType<T>, call: Call): AsyncGenerator<T> {
  const seen = new Set<string>();
  let cursor: string | undefined;
  do {
    const answer = await ask(schema, { ...call, query: { ...call.query, cursor } });
    yield answer.value;
    cursor = answer.next;
    // A server that hands out the same cursor for ever must not hold the night.
    if (cursor !== undefined && seen.has(cursor)) return;
    if (seen.size >= MOST_PAGES) throw endless(call);
    if (cursor !== undefined) seen.add(cursor);
  } while (cursor !== undefined);
}

async function send(options: RequesterOptions, target: Target, call: Call): Promise<Received | Failure> {
  const { clock, random, signal } = options;
  for (let number = 1; ; number += 1) {
    signal?.throwIfAborted();
    const outcome = await exchangeOnce(options, target, call);
    if (outcome instanceof Failure) return outcome;
    const answer = 'error' in outcome ? undefined : outcome;
    if (answer !== undefined && !isPassing(answer.status)) return answer;
    const delay = retryDelay({ number, answer, now: clock.now(), random: random() });
    const isInVain = 'error' in outcome && !mayPass(outcome.error);
    if (number >= ATTEMPTS || delay === undefined || isInVain || !mayRepeat(call, answer)) {
      if ('error' in outcome) {
        const peer = { name: `Sentry at ${target.base}`, setting: 'sentry.url', code: 'sentry' };
        return unreachable(peer, outcome.error);
      }
      return exhausted({ ...target, call, answer: outcome }, clock.now());
    }
    await clock.wait(delay, signal);
  }
}

async function exchangeOnce(options: RequesterOptions, target: Target, call: Call): Promise<Exchanged> {
  const { fetch, gate, clock, signal } = options;
  const outcome = await gate.pass(
    () => exchange({ fetch, signal, timeout: (ms) => clock.timeout(ms) }, target, call),
    signal,
  );
  if ('headers' in outcome) gate.heed(outcome.headers);
  return outcome;
}

function isPassing(status: number): boolean {
  return status === 429 || status >= 500;
}

/** A POST that was lost on the way may have been heard; only a plain "later" is safe to repeat. */
function mayRepeat(call: Call, answer: Received | undefined): boolean {
  return call.method !== 'POST' || answer?.status === 429 || answer?.status === 503;
}

function parseAnswer<T>(schema: z.ZodType<T>, { call, answer }: Asked): Answer<T> {
  const parsed = schema.safeParse(answer.text === '' ? undefined : jsonOf(answer.text));
  if (parsed.success) return { value: parsed.data, next: nextCursor(answer.headers.get('link')) };
  const [issue] = parsed.error.issues;
  const field = issue?.path.join('.').slice(0, 200) || 'the whole body';
  throw new Failure(
    'upstream',
    'sentry-unexpected-answer',
    `Sentry's answer to ${nameOf(call)} (to ${call.does}) is not as expected at ${field}: ${issue?.message}.`,
    {
      hint: 'Check that sentry.url is the address of a Sentry server; if it is, report this with the version of Sentry.',
      cause: parsed.error,
    },
  );
}

function endless(call: Call): Failure {
  return new Failure('upstream', 'sentry-unexpected-answer', `Sentry's answer to ${nameOf(call)} has no last page.`, {
    hint: 'Narrow the query, or report this with the version of Sentry.',
  });
}
