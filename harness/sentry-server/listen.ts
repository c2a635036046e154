/** Puts the embedded Sentry on a port. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Failure } from '../model/failure.ts';
import type { SentryServer } from './sentry-server.ts';

export interface Listening {
  /** `http://127.0.0.1:43117`, without a slash at its end. */
  readonly url: string;
  readonly port: number;
  /** Ends the port and open connections; the server itself stays usable. */
  close(): Promise<void>;
}

export interface ListenOptions {
  readonly host?: string;
  /** 0 for any free one. */
  readonly port?: number;
  /** Milliseconds after which a client that does not get on is cut off. */
  readonly patience?: Partial<Patience>;
}

interface Patience {
  /** Until the request's headers are there. */
  readonly headers: number;
  /** Until all of the request is there. */
  readonly request: number;
  /** Without a byte in either direction. */
  readonly idle: number;
}

const PATIENCE: Patience = { headers: 10_000, request: 60_000, idle: 60_000 };
/** How often Node looks for clients that are too slow. */
const CHECK_MS = 500;
const HEADER_BYTES = 16 * 1024;
const MAX_CONNECTIONS = 2000;

const LOOPBACK = /^(?:localhost|(?:[\w-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i;

/** Throws a usage Failure where the port is taken, or where strangers could read without a token. */
export async function listenSentry(
  server: SentryServer,
  { host = '127.0.0.1', port = 0, patience = {} }: ListenOptions = {},
): Promise<Listening> {
  if (!LOOPBACK.test(host) && !server.hasToken) {
    throw new Failure(
      'usage',
      'sentry-open-to-strangers',
      `The embedded Sentry does not listen on ${host} without a token.`,
      {
        hint: 'Set a token, or listen on 127.0.0.1.',
      },
    );
  }
  const listener = getRequestListener((asked) => guarded(server, asked));
  const { headers, request, idle } = { ...PATIENCE, ...patience };
  const running = createServer(
    {
      headersTimeout: headers,
      requestTimeout: request,
      connectionsCheckingInterval: Math.min(CHECK_MS, headers),
      maxHeaderSize: HEADER_BYTES,
    },
    (asked, response) => {
      if (!server.takeOnPort(asked, response)) listener(asked, response);
    },
  );
  running.setTimeout(idle);
  running.maxConnections = MAX_CONNECTIONS;
  const actual = await new Promise<number>((resolve, reject) => {
    running.once('error', (error) => reject(startFailure(error, host, port)));
    running.listen(port, host, () => resolve(portOf(running.address())));
  });
  const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  return {
    url: `http://${name}:${actual}`,
    port: actual,
    close: () =>
      new Promise((done) => {
        running.close(() => done());
        running.closeAllConnections();
      }),
  };
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Without a token only this machine may read: a web page that points its own name at 127.0.0.1 is none of it. */
async function guarded(server: SentryServer, request: Request): Promise<Response> {
  const { hostname, pathname } = new URL(request.url);
  const isIngest = /^\/api\/(?!0\/)[^/]+\/(?:envelope|store)\/?$/.test(pathname);
  if (server.hasToken || isIngest || LOOPBACK.test(hostname)) return server(request);
  return Response.json({ detail: 'You do not have permission to perform this action.' }, { status: 403 });
}

function startFailure(error: Error, host: string, port: number): Error {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return new Failure('usage', 'port-taken', `Port ${port} on ${host} is taken.`, {
      hint: 'Choose another port, or 0 for any free one.',
      cause: error,
    });
  }
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new Failure('usage', 'port-refused', `The embedded Sentry cannot listen on ${host}, port ${port}.`, {
      hint: 'Choose an address of this machine and a port above 1023.',
      cause: error,
    });
  }
  return error;
}
