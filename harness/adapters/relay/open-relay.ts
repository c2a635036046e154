/** Stands in for the Sentry hosts that an app has written into it: the browser is led here, and events go to ours instead. */
import { createHash, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface Relay {
  /** Chromium's rules that lead it here, for these hosts alone. */
  readonly hostRules: readonly string[];
  /** Flags that it needs besides. */
  readonly browserArgs: readonly string[];
  close(): Promise<void>;
}

/** A key and a certificate of nobody's; made once, because it takes a while. */
export interface Identity {
  readonly key: string;
  readonly cert: string;
}

const INGEST = /^\/(?:.*\/)?api\/\d+\/(?<kind>envelope|store)\/?$/;
const DAY_MS = 86_400_000;

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'POST',
  'access-control-allow-headers': '*',
  'access-control-allow-private-network': 'true',
} as const;

export async function makeIdentity(): Promise<Identity> {
  const { generate } = await import('selfsigned');
  const made = await generate([{ name: 'commonName', value: 'mendwright' }], {
    keyType: 'ec',
    notAfterDate: new Date(Date.now() + 2 * DAY_MS),
  });
  return { key: made.private, cert: made.cert };
}

/** Hosts of DSNs that stand in a text, each as `https://o1.ingest.sentry.io`. */
export function writtenHosts(text: string): string[] {
  const dsns = text.matchAll(/https?:\/\/[\da-f]{32}(?::[\da-f]{32})?@[\w.-]+(?::\d+)?(?=\/(?:[\w.-]+\/)*\d)/gi);
  return [...dsns].flatMap(([dsn]) => {
    const url = URL.parse(dsn);
    return url === null ? [] : [`${url.protocol}//${url.host}`];
  });
}

/** Whether a host is this very machine: nobody has to be led away from it. */
export function isLocal(host: string): boolean {
  return /^(?:localhost|127\.|\[::1\])/.test(URL.parse(host)?.hostname ?? '');
}

/** `hosts` are those of `writtenHosts`; what arrives for them is sent on to `dsn`. */
export async function openRelay(hosts: readonly string[], dsn: string, identity: Identity): Promise<Relay> {
  const answer: RequestListener = (request, response) => {
    void relay(request, response, dsn).catch(() => response.writeHead(502, CORS).end()); // Ours is gone: so is the night.
  };
  const servers = { 'https:': createHttpsServer(identity, answer), 'http:': createHttpServer(answer) };
  const ports = new Map<string, number>();
  for (const [protocol, server] of Object.entries(servers)) {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address: AddressInfo | string | null = server.address();
    if (typeof address === 'object' && address !== null) ports.set(protocol, address.port);
  }
  const rules = hosts.map((host) => {
    const { protocol, hostname, port } = new URL(host);
    return `MAP ${hostname}:${port || (protocol === 'https:' ? '443' : '80')} 127.0.0.1:${ports.get(protocol)}`;
  });
  return {
    hostRules: [...new Set(rules)],
    browserArgs: [`--ignore-certificate-errors-spki-list=${fingerprint(identity.cert)}`],
    close: async () => {
      for (const server of Object.values(servers)) {
        server.close();
        server.closeAllConnections();
        await once(server, 'close');
      }
    },
  };
}

async function relay(request: IncomingMessage, response: ServerResponse, dsn: string): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://relay');
  const kind = INGEST.exec(pathname)?.groups?.kind;
  if (request.method === 'OPTIONS') response.writeHead(200, CORS).end();
  else if (request.method !== 'POST' || kind === undefined) response.writeHead(404, CORS).end();
  else {
    const encoding = request.headers['content-encoding'];
    const answered = await fetch(ingestUrl(dsn, kind), {
      method: 'POST',
      headers: { 'content-type': 'application/x-sentry-envelope', ...(encoding && { 'content-encoding': encoding }) },
      body: new Uint8Array(await buffer(request)),
    });
    response.writeHead(answered.status, { ...CORS, 'content-type': 'application/json' }).end(await answered.text());
  }
}

function ingestUrl(dsn: string, kind: string): string {
  const { protocol, host, username, pathname } = new URL(dsn);
  return `${protocol}//${host}/api/${pathname.split('/').at(-1)}/${kind}/?sentry_key=${username}`;
}

/** As Chromium knows a key again: base64 of the SHA-256 of its public part. */
function fingerprint(cert: string): string {
  const key = new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(key).digest('base64');
}
