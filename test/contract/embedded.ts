/** The embedded Sentry and its client for a test, without a port and with a clock that never sleeps. */

import {
  type SentryClient,
  type SentryClientOptions,
  sentryClient,
} from '../../harness/adapters/sentry/sentry-client.ts';
import type { Clock } from '../../harness/adapters/sentry/sentry-request.ts';
import {
  type SentryServer,
  type SentryServerOptions,
  sentryServer,
} from '../../harness/sentry-server/sentry-server.ts';

export const URL_OF_SERVER = 'http://sentry.test';

export interface Embedded {
  readonly server: SentryServer;
  readonly client: SentryClient;
  readonly clock: FakeClock;
  /** Sends an error to the project `shop`. */
  send(event: Record<string, unknown>): Promise<Response>;
}

export interface FakeClock extends Clock {
  /** Milliseconds of every pause, in order. */
  readonly pauses: number[];
  advance(ms: number): void;
  /** Lets every request under way run out of time. */
  expire(): void;
}

/** Starts at the given time; waiting only moves its hands. */
export function fakeClock(start = '2026-11-23T02:00:00Z'): FakeClock {
  let at = Date.parse(start);
  const pauses: number[] = [];
  let late = new AbortController();
  return {
    pauses,
    timeout: () => late.signal,
    expire: () => {
      late.abort(new DOMException('The operation timed out.', 'TimeoutError'));
      late = new AbortController();
    },
    now: () => at,
    advance: (ms) => {
      at += ms;
    },
    wait: async (ms, signal) => {
      signal?.throwIfAborted();
      pauses.push(ms);
      at += ms;
    },
  };
}

export function embedded(
  options: { server?: SentryServerOptions; client?: Partial<SentryClientOptions> } = {},
): Embedded {
  const clock = fakeClock();
  const server = sentryServer({ now: () => new Date(clock.now()), ...options.server });
  server.ensureProject({ slug: 'shop' });
  const client = sentryClient({
    fetch: server,
    url: URL_OF_SERVER,
    org: 'mendwright',
    project: 'shop',
    clock,
    ...options.client,
  });
  return { server, client, clock, send: (event) => server(envelopeRequest(server, event)) };
}

/** Calls the Web API below `/api/0`; a body goes as JSON. */
export function callApi(
  server: (request: Request) => Promise<Response>,
  method: string,
  path: string,
  body?: unknown,
): Promise<Response> {
  const json = { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  return server(new Request(`${URL_OF_SERVER}/api/0${path}`, { method, ...(body === undefined ? {} : json) }));
}

export function envelopeRequest(server: SentryServer, event: Record<string, unknown>): Request {
  return ingestRequest(server, envelopeOf(event));
}

/** As @sentry/browser posts it: key in the query, no content type of its own. */
export function ingestRequest(
  server: SentryServer,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Request {
  const { id, publicKey } = server.ensureProject({ slug: 'shop' });
  const url = `${URL_OF_SERVER}/api/${id}/envelope/?sentry_version=7&sentry_key=${publicKey}`;
  return new Request(url, { method: 'POST', body, headers });
}

export function envelopeOf(event: Record<string, unknown>): string {
  return `{}\n{"type":"event"}\n${JSON.stringify(event)}\n`;
}

/** An error with one frame of the app. */
export function errorEvent(id: number, more: Record<string, unknown> = {}): Record<string, unknown> {
  const frames = [
    { filename: '/srv/cart.js', abs_path: '/srv/cart.js', function: `total${id}`, lineno: 7, colno: 3, in_app: true },
  ];
  return {
    event_id: id.toString(16).padStart(32, '0'),
    platform: 'node',
    exception: { values: [{ type: 'TypeError', value: `fault ${id}`, stacktrace: { frames } }] },
    ...more,
  };
}

/** All items of a lazy list. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
