/** A double of Sentry on a loopback port: it speaks the published protocol for one project, and behaves as badly as it is told to. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { onTestFinished } from 'vitest';
import { listenLocally } from '../../harness/adapters/app/listen-locally.ts';

export const ORG = 'acme';
export const PROJECT = 'shop';
export const EVENT = 'e'.repeat(32);
/** 64 hex digits, as Sentry's tokens have them behind their prefix. */
export const SECRET = '0123456789abcdef'.repeat(4);
export const ALL_SCOPES = ['org:read', 'project:read', 'event:read', 'event:write'];

export interface Heard {
  readonly method: string;
  /** Without the prefix and `/api/0`. */
  readonly path: string;
  /** As it came. */
  readonly url: URL;
  readonly authorization: string | undefined;
  readonly body: string;
  /** 1 for the first request. */
  readonly number: number;
}

export interface DoubleOptions {
  /** Answers itself and returns true, or leaves it to the double. */
  readonly answer?: (heard: Heard, response: ServerResponse) => boolean | Promise<boolean>;
  /** Tokens and their scopes; every caller has all where left out. */
  readonly tokens?: Readonly<Record<string, readonly string[]>>;
  /** `/sentry` */
  readonly prefix?: string;
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Named in the organisation's links. */
  readonly regionUrl?: string;
}

export interface Double {
  /** With the prefix. */
  readonly url: string;
  readonly heard: readonly Heard[];
  close(): Promise<void>;
}

/** Closed when the test that opened it has ended. */
export async function doubled(options: DoubleOptions = {}): Promise<Double> {
  const double = await openDouble(options);
  onTestFinished(() => double.close());
  return double;
}

async function openDouble(options: DoubleOptions = {}): Promise<Double> {
  const heard: Heard[] = [];
  const onRequest = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const one = await hear(request, options.prefix ?? '', heard.length + 1);
    heard.push(one);
    if (!(await options.answer?.(one, response))) answerAsSentry(one, response, options);
  };
  const server = options.tls ? createTlsServer(options.tls, onRequest) : createServer(onRequest);
  const port = await listenLocally(server);
  return {
    url: `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}${options.prefix ?? ''}`,
    heard,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function hear(request: IncomingMessage, prefix: string, number: number): Promise<Heard> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  const url = new URL(request.url ?? '/', 'http://double');
  const root = `${prefix}/api/0`;
  const path = url.pathname.startsWith(`${root}/`) ? url.pathname.slice(root.length) : 'elsewhere';
  return { method: request.method ?? '', path, url, authorization: request.headers.authorization, body, number };
}

export function json(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  return true;
}

const ISSUE = {
  id: '7',
  shortId: 'SHOP-7',
  title: 'TypeError: boom',
  culprit: 'pay(cart.js)',
  level: 'error',
  permalink: 'https://sentry.test/issues/7/',
  status: 'unresolved',
  substatus: 'ongoing',
  count: '3',
  userCount: 1,
  firstSeen: '2026-11-23T02:00:00Z',
  lastSeen: '2026-11-23T02:00:09Z',
  platform: 'node',
  logger: null,
  project: { id: '4', slug: PROJECT, name: 'Shop', platform: 'node' },
};

type Reply = readonly [scope: string, answer: unknown];

function replyOf({ path, method }: Heard, { regionUrl }: DoubleOptions): Reply | undefined {
  const organisation = { id: '1', slug: ORG, name: 'Acme', links: { organizationUrl: '', regionUrl: regionUrl ?? '' } };
  const project = { id: '4', slug: PROJECT, name: 'Shop', platform: 'node' };
  const replies: Readonly<Record<string, Reply>> = {
    'GET /organizations/': ['org:read', [organisation]],
    [`GET /organizations/${ORG}/`]: ['org:read', organisation],
    [`GET /organizations/${ORG}/projects/`]: ['project:read', [project, { ...project, id: '5', slug: 'api' }]],
    [`GET /projects/${ORG}/${PROJECT}/`]: ['project:read', project],
    [`GET /projects/${ORG}/${PROJECT}/keys/`]: [
      'project:read',
      [{ isActive: true, dsn: { public: 'https://abc@o1.ingest.sentry.test/4' } }],
    ],
    [`GET /organizations/${ORG}/issues/`]: ['event:read', [ISSUE]],
    [`GET /organizations/${ORG}/issues/7/`]: ['event:read', ISSUE],
    [`PUT /organizations/${ORG}/issues/7/`]: ['event:write', { ...ISSUE, status: 'resolved' }],
    [`GET /organizations/${ORG}/issues/7/hashes/`]: ['event:read', [{ id: 'a'.repeat(32), latestEvent: null }]],
    [`GET /organizations/${ORG}/issues/7/notes/`]: ['event:read', []],
    [`POST /organizations/${ORG}/issues/7/notes/`]: ['event:write', { id: '70', type: 'note' }],
    [`GET /organizations/${ORG}/events/`]: ['org:read', { data: [], meta: { fields: {} } }],
    [`GET /organizations/${ORG}/eventids/${EVENT}/`]: ['org:read', { groupId: '7', eventId: EVENT, event: null }],
  };
  return replies[`${method} ${path}`];
}

function answerAsSentry(heard: Heard, response: ServerResponse, options: DoubleOptions): void {
  const token = /^Bearer (?<token>\S+)$/.exec(heard.authorization ?? '')?.groups?.token ?? '';
  const scopes = options.tokens === undefined ? ALL_SCOPES : options.tokens[token];
  if (scopes === undefined) {
    json(response, 401, { detail: 'Invalid token' });
    return;
  }
  if (heard.path === '/') {
    json(response, 200, { version: '0', auth: { scopes }, user: null });
    return;
  }
  const reply = replyOf(heard, options);
  if (reply === undefined) {
    json(response, 404, { detail: 'The requested resource does not exist' });
    return;
  }
  const [scope, answer] = reply;
  if (!scopes.includes(scope)) {
    json(response, 403, { detail: 'You do not have permission to perform this action.' });
    return;
  }
  json(response, heard.method === 'POST' ? 201 : 200, answer);
}
