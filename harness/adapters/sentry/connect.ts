/** The way to an organisation: address, token and region, settled once before the first call. */
import { baseOf } from './address.ts';
import { findRegion } from './check-access.ts';
import { once } from './once.ts';
import { requestGate } from './request-gate.ts';
import { type Clock, type Requester, requester } from './sentry-request.ts';
import { readToken, refuseByKind } from './token.ts';

export interface Way {
  readonly fetch: (request: Request) => Promise<Response>;
  readonly url: string;
  readonly org: string;
  readonly token: string | undefined;
  readonly signal: AbortSignal | undefined;
  readonly clock: Clock;
  readonly random: () => number;
}

export interface Connection {
  /** Calls go to the organisation's region. */
  readonly api: Requester;
  /** Where they go: scheme, host and prefix. */
  readonly base: () => Promise<string>;
}

/** Sentry allows 25 requests of one caller at once, and fewer where it is busy. */
const AT_ONCE = 8;

/** Nothing is sent, and no Failure thrown, before the first call. */
export function connect(way: Way): Connection {
  const gate = requestGate(AT_ONCE);
  const start = once(async () => {
    const token = way.token === undefined ? undefined : readToken(way.token);
    if (token !== undefined) refuseByKind(token);
    return { token, base: baseOf(way.url) };
  });
  const entry = requester({ ...way, gate, target: start });
  const target = once(async () => {
    const { base, token } = await start();
    return { token, base: await findRegion(entry, { base, org: way.org }) };
  });
  return { api: requester({ ...way, gate, target }), base: async () => (await target()).base };
}
