/** Puts a server of ours on a port: bounded in what it waits for, and ended at once. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Failure } from '../model/failure.ts';

export interface Listening {
  /** `http://127.0.0.1:43117`, without a slash at its end. */
  readonly url: string;
  readonly port: number;
  /** Ends the port and open connections; the server itself stays usable. */
  close(): Promise<void>;
}

export interface Patience {
  /** Milliseconds until the request's headers are there. */
  readonly headers: number;
  /** Until all of the request is there. */
  readonly request: number;
  /** Without a byte in either direction. */
  readonly idle: number;
}

export interface Port {
  /** For sentences: `The embedded Sentry`. */
  readonly who: string;
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  /** After which a client that does not get on is cut off. */
  readonly patience?: Partial<Patience> | undefined;
}

const PATIENCE: Patience = { headers: 10_000, request: 60_000, idle: 60_000 };
/** How often Node looks for clients that are too slow. */
const CHECK_MS = 500;
const HEADER_BYTES = 16 * 1024;
const MAX_CONNECTIONS = 2000;

/** Throws the usage Failures `port-taken` and `port-refused`. */
export async function listen(answer: RequestListener, place: Port): Promise<Listening> {
  const { host, port, patience } = place;
  const { headers, request, idle } = { ...PATIENCE, ...patience };
  const running = createServer(
    {
      headersTimeout: headers,
      requestTimeout: request,
      connectionsCheckingInterval: Math.min(CHECK_MS, headers),
      maxHeaderSize: HEADER_BYTES,
    },
    answer,
  );
  running.setTimeout(idle);
  running.maxConnections = MAX_CONNECTIONS;
  const actual = await new Promise<number>((resolve, reject) => {
    running.once('error', (error) => reject(startFailure(error, place)));
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

function startFailure(error: Error, { who, host, port }: Port): Error {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return new Failure('usage', 'port-taken', `Port ${port} on ${host} is taken.`, {
      hint: 'Choose another port, or 0 for any free one.',
      cause: error,
    });
  }
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new Failure('usage', 'port-refused', `${who} cannot listen on ${host}, port ${port}.`, {
      hint: 'Choose an address of this machine and a port above 1023.',
      cause: error,
    });
  }
  return error;
}
