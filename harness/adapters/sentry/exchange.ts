/** One HTTP exchange with Sentry: token, time-out, redirects, and a bounded body. */
import { Failure } from '../../model/failure.ts';
import { readText } from '../../web/read-text.ts';
import { redirectTarget } from './address.ts';
import { type Call, nameOf } from './call.ts';
import { withoutToken } from './token.ts';

export interface Exchanger {
  readonly fetch: (request: Request) => Promise<Response>;
  readonly signal: AbortSignal | undefined;
  /** A signal that is aborted after so many milliseconds. */
  readonly timeout: (ms: number) => AbortSignal;
}

export interface Target {
  /** Scheme, host and prefix. */
  readonly base: string;
  readonly token: string | undefined;
}

export interface Received {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

const TIMEOUT_MS = 30_000;
const MOST_REDIRECTS = 3;
/** Full events of a million characters exist; lists of a hundred issues are smaller. */
const MOST_CHARACTERS = 32_000_000;

/** The answer; the error that stood in its place; or a Failure that no repetition mends. */
export type Exchanged = Received | { readonly error: unknown } | Failure;

/** Throws nothing but the reason of the caller's signal. */
export async function exchange(options: Exchanger, target: Target, call: Call): Promise<Exchanged> {
  const timeout = options.timeout(TIMEOUT_MS);
  const signal = options.signal === undefined ? timeout : AbortSignal.any([options.signal, timeout]);
  try {
    return await follow(options, target, { call, signal });
  } catch (error) {
    // The caller's own stop is no trouble of Sentry's.
    options.signal?.throwIfAborted();
    if (error instanceof Failure) return error;
    return { error: timeout.aborted ? timeout.reason : error };
  }
}

interface Sending {
  readonly call: Call;
  readonly signal: AbortSignal;
}

async function follow({ fetch }: Exchanger, { base, token }: Target, { call, signal }: Sending): Promise<Received> {
  let url = urlOf(base, call);
  for (let hops = 0; ; hops += 1) {
    const answer = await fetch(requestOf(url, token, { call, signal }));
    const location = answer.headers.get('location');
    if (answer.status < 300 || answer.status > 399 || location === null) {
      return { status: answer.status, headers: answer.headers, text: await bodyOf(answer, base, call) };
    }
    await answer.body?.cancel();
    const next = hops < MOST_REDIRECTS ? redirectTarget(url, location) : undefined;
    if (next === undefined) throw ledAway({ base, token }, call, URL.parse(location, url.href));
    url = next;
  }
}

function urlOf(base: string, call: Call): URL {
  const target = new URL(`${base}/api/0${call.path}`);
  for (const [name, value] of Object.entries(call.query ?? {})) {
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined) target.searchParams.append(name, String(one));
  }
  return target;
}

/** Redirects are followed here: `fetch` would leave the token out at another host, and turn a POST into a GET. */
function requestOf(url: URL, token: string | undefined, { call, signal }: Sending): Request {
  const headers = new Headers({ accept: 'application/json', 'user-agent': 'mendwright' });
  if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
  if (call.body !== undefined) headers.set('content-type', 'application/json');
  const body = call.body === undefined ? null : JSON.stringify(call.body);
  return new Request(url, { method: call.method ?? 'GET', headers, body, signal, redirect: 'manual' });
}

async function bodyOf(answer: Response, base: string, call: Call): Promise<string> {
  const text = await readText(answer, MOST_CHARACTERS);
  if (text !== undefined) return text;
  throw new Failure('upstream', 'sentry-unexpected-answer', `The answer of ${base} to ${nameOf(call)} does not end.`, {
    hint: 'Check that sentry.url is the address of a Sentry server.',
  });
}

/** Addresses of logins carry secrets in their query. */
function ledAway({ base, token }: Target, call: Call, to: URL | null): Failure {
  const where = to === null ? 'nowhere' : withoutToken(`${to.origin}${to.pathname}`, token).slice(0, 200);
  return new Failure('upstream', 'sentry-redirected', `Sentry at ${base} sends ${nameOf(call)} on to ${where}.`, {
    hint: 'If that is a login page, let /api/0/ pass it, or set sentry.url to the address behind it; if it is your Sentry, set sentry.url to it.',
  });
}
