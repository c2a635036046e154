/** Requests to a code host's API: token, time-out, retries, pages, bounded bodies; answers parsed or turned into a Failure. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import { Failure } from '../../model/failure.ts';
import { jsonOf } from '../../web/json-of.ts';
import { mayPass, unreachable } from '../../web/network-trouble.ts';
import { readText } from '../../web/read-text.ts';
import { delayBefore } from '../../web/retry-delay.ts';
import { type ForgeCall, type ForgeTarget, nameOf, withoutToken } from './forge-call.ts';
import { askedDelay, isLimited } from './forge-limits.ts';
import { exhausted, NOT_FOUND, type Received, refusal, unexpected } from './forge-refusal.ts';

export interface RequesterOptions {
  readonly target: ForgeTarget;
  /** The global one where left out. */
  readonly fetch?: (request: Request) => Promise<Response>;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly wait?: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** 0 to 1, for the jitter of pauses. */
  readonly random?: () => number;
}

export interface Page<T> {
  readonly value: T;
  /** Address of the next page by the header `Link`; undefined for the last one. */
  readonly next: string | undefined;
  readonly headers: Headers;
}

export interface Requester {
  /** Throws an upstream Failure for every refusal. */
  ask<T>(schema: z.ZodType<T>, call: ForgeCall): Promise<T>;
  /** Undefined for 404. */
  find<T>(schema: z.ZodType<T>, call: ForgeCall): Promise<T | undefined>;
  /** Items of all pages, at most ten of them. `next` tells the address of the next page where the header `Link` does not. */
  list<T>(
    schema: z.ZodType<readonly T[]>,
    call: ForgeCall,
    next?: (page: Page<readonly T[]>, call: ForgeCall) => ForgeCall | undefined,
  ): Promise<T[]>;
  /** As `list`, for hosts that wrap their pages. */
  pages<T>(
    schema: z.ZodType<T>,
    call: ForgeCall,
    next: (page: Page<T>, call: ForgeCall) => ForgeCall | undefined,
  ): Promise<T[]>;
}

const ATTEMPTS = 5;
const TIMEOUT_MS = 30_000;
const MOST_CHARACTERS = 16_000_000;
/** A thousand items at a hundred a page: what is not among them is not looked for. */
const MOST_PAGES = 10;

export function forgeRequester(options: RequesterOptions): Requester {
  const ask = async <T>(schema: z.ZodType<T>, call: ForgeCall): Promise<Page<T>> => {
    const answer = await send(options, call);
    const asked = { target: options.target, call, answer };
    if (answer.status < 200 || answer.status > 299) throw refusal(asked);
    const parsed = schema.safeParse(answer.text === '' ? undefined : jsonOf(answer.text));
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const field = issue?.path.join('.').slice(0, 200) || 'the whole body';
      throw unexpected(asked, `is not as expected at ${field}: ${issue?.message}`, parsed.error);
    }
    return { value: parsed.data, next: nextOf(answer.headers), headers: answer.headers };
  };
  const pages = async <T>(
    schema: z.ZodType<T>,
    first: ForgeCall,
    next: (page: Page<T>, call: ForgeCall) => ForgeCall | undefined,
  ): Promise<T[]> => {
    const values: T[] = [];
    let call: ForgeCall | undefined = first;
    for (let number = 0; call !== undefined && number < MOST_PAGES; number += 1) {
      const page: Page<T> = await ask(schema, call);
      values.push(page.value);
      call = next(page, call);
    }
    return values;
  };
  const byLink = <T>({ next }: Page<T>, { query: _, ...call }: ForgeCall): ForgeCall | undefined =>
    next === undefined ? undefined : { ...call, path: next };
  return {
    ask: async (schema, call) => (await ask(schema, call)).value,
    find: async (schema, call) => {
      try {
        return (await ask(schema, call)).value;
      } catch (error) {
        if (error instanceof Failure && error.code === NOT_FOUND) return undefined;
        throw error;
      }
    },
    list: async (schema, call, next = byLink) => (await pages(schema, call, next)).flat(),
    pages,
  };
}

/** The last answer: neither a limit nor a broken host. */
async function send(options: RequesterOptions, call: ForgeCall): Promise<Received> {
  const { target, signal } = options;
  const now = options.now ?? Date.now;
  const wait = options.wait ?? pause;
  const random = options.random ?? Math.random;
  for (let number = 1; ; number += 1) {
    signal?.throwIfAborted();
    const outcome = await exchange(options, call);
    const answer = 'error' in outcome ? undefined : outcome;
    if (answer !== undefined && !isLimited(answer) && answer.status < 500) return answer;
    const asked = answer === undefined ? undefined : askedDelay(answer, now());
    const delay = delayBefore({ number, asked, random: random() });
    const isInVain = 'error' in outcome && !mayPass(outcome.error);
    if (number >= ATTEMPTS || delay === undefined || isInVain || !mayRepeat(call, answer)) {
      if (!('error' in outcome)) throw exhausted({ target, call, answer: outcome }, now());
      const peer = { name: `${target.name} at ${target.api}`, setting: 'publish.forge.url', code: 'forge' };
      throw unreachable(peer, outcome.error);
    }
    await wait(delay, signal);
  }
}

async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await sleep(ms, undefined, signal === undefined ? {} : { signal });
}

/** A POST that was lost on the way may have been heard: only a plain “later” is safe to repeat. */
function mayRepeat({ method }: ForgeCall, answer: Received | undefined): boolean {
  return method !== 'POST' || (answer !== undefined && (isLimited(answer) || answer.status === 503));
}

async function exchange(options: RequesterOptions, call: ForgeCall): Promise<Received | { readonly error: unknown }> {
  const { target, signal } = options;
  const send = options.fetch ?? fetch;
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const url = urlOf(target, call);
  const headers = new Headers({
    accept: 'application/json',
    authorization: target.authorization,
    'user-agent': 'mendwright',
  });
  if (call.body !== undefined) headers.set('content-type', call.contentType ?? 'application/json');
  const request = new Request(url, {
    method: call.method ?? 'GET',
    headers,
    body: call.body === undefined ? null : JSON.stringify(call.body),
    signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    // The token is for this address alone.
    redirect: 'manual',
  });
  try {
    const answer = await send(request);
    if (answer.status >= 300 && answer.status <= 399) {
      await answer.body?.cancel();
      throw ledAway(target, call, answer.headers.get('location'));
    }
    const text = await readText(answer, MOST_CHARACTERS);
    if (text === undefined) throw unexpected({ target, call }, 'does not end');
    if (isWebPage(answer, text)) throw unexpected({ target, call }, `is a web page (status ${answer.status}), no JSON`);
    return { status: answer.status, headers: answer.headers, text };
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof Failure) throw error;
    return { error: timeout.aborted ? timeout.reason : error };
  }
}

/** A broken host answers with pages, too. */
function isWebPage({ status, headers }: Response, text: string): boolean {
  if (status >= 400) return false;
  return /^\s*text\/html\b/i.test(headers.get('content-type') ?? '') || /^\s*<(?:!doctype|html)\b/i.test(text);
}

/** Throws where the host leads a page elsewhere than to its own API. */
function urlOf(target: ForgeTarget, call: ForgeCall): URL {
  const isWhole = !call.path.startsWith('/');
  const url = new URL(isWhole ? call.path : `${target.api}${call.path}`);
  if (isWhole && url.origin !== new URL(target.api).origin) throw ledAway(target, call, call.path);
  for (const [name, value] of Object.entries(call.query ?? {})) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  return url;
}

/** Renamed repositories are told by a redirect; addresses of logins carry secrets in their query. */
function ledAway(target: ForgeTarget, call: ForgeCall, location: string | null): Failure {
  const to = location === null ? null : URL.parse(location, target.api);
  const where = to === null ? 'nowhere' : withoutToken(`${to.origin}${to.pathname}`, target).slice(0, 200);
  return new Failure('upstream', 'forge-redirected', `${target.name} sends ${nameOf(call)} on to ${where}.`, {
    hint: 'If the repository was renamed or moved, change the remote’s address or publish.forge.repository; if that is a login page, set publish.forge.url to the address behind it.',
  });
}

/** `<https://…?page=2>; rel="next"`. */
function nextOf(headers: Headers): string | undefined {
  for (const part of (headers.get('link') ?? '').split(/,\s*(?=<)/)) {
    const found = /^\s*<([^>]*)>(.*)$/.exec(part);
    if (found !== null && /;\s*rel="?next"?/.test(found[2] ?? '')) return found[1];
  }
  return undefined;
}
