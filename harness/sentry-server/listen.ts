/** Puts the embedded Sentry on a port. */
import { getRequestListener } from '@hono/node-server';
import { Failure } from '../model/failure.ts';
import { type Listening, listen, type Patience } from '../web/listen.ts';
import { LOOPBACK } from '../web/own-page.ts';
import type { SentryServer } from './sentry-server.ts';

export interface ListenOptions {
  readonly host?: string;
  /** 0 for any free one. */
  readonly port?: number;
  /** After which a client that does not get on is cut off. */
  readonly patience?: Partial<Patience>;
}

/** Throws a usage Failure where the port is taken, or where strangers could read without a token. */
export async function listenSentry(
  server: SentryServer,
  { host = '127.0.0.1', port = 0, patience }: ListenOptions = {},
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
  return listen(
    (asked, response) => {
      if (!server.takeOnPort(asked, response)) listener(asked, response);
    },
    { who: 'The embedded Sentry', host, port, patience },
  );
}

/** Without a token only this machine may read: a web page that points its own name at 127.0.0.1 is none of it. */
async function guarded(server: SentryServer, request: Request): Promise<Response> {
  const { hostname, pathname } = new URL(request.url);
  const isIngest = /^\/api\/(?!0\/)[^/]+\/(?:envelope|store)\/?$/.test(pathname);
  if (server.hasToken || isIngest || LOOPBACK.test(hostname)) return server(request);
  return Response.json({ detail: 'You do not have permission to perform this action.' }, { status: 403 });
}
