/** The embedded Sentry on a port, with a record of every request, and a reader of its Web API. */
import { setTimeout as pause } from 'node:timers/promises';
import type { z } from 'zod';
import { listenSentry } from '../../harness/sentry-server/listen.ts';
import { sentryServer } from '../../harness/sentry-server/sentry-server.ts';

export interface Exchange {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly status: number;
  /** Whether the test read something back, rather than the client. */
  readonly isReader: boolean;
  /** The start of what was sent and answered; empty where the call to the Web API succeeded. */
  readonly body: string;
  readonly answer: string;
}

export interface Ground {
  readonly url: string;
  readonly org: string;
  readonly project: string;
  readonly projectId: number;
  readonly token: string;
  readonly dsn: string;
  /** In the order in which they were answered. */
  readonly exchanges: readonly Exchange[];
  /** GET below `/api/0`; throws where the answer is no 2xx or has another shape. */
  read<T>(path: string, shape: z.ZodType<T>): Promise<T>;
  readBytes(path: string): Promise<Uint8Array>;
  /** Asks until it does not throw any more; throws its last error after 3 s. */
  until<T>(ask: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const READER = 'x-reads-back';
const SHOWN = 400;
const PATIENCE_MS = 3000;

export async function openGround(): Promise<Ground> {
  const [org, project, token] = ['acme', 'web', 'sntryu_of-the-clients'];
  let url = '';
  const server = sentryServer({ org, token, publicUrl: () => url });
  const { id: projectId } = server.ensureProject({ slug: project, platform: 'javascript' });
  const exchanges: Exchange[] = [];
  const recorded = async (request: Request): Promise<Response> => {
    const isApi = new URL(request.url).pathname.startsWith('/api/0/');
    const copy = isApi && request.body !== null ? request.clone() : undefined;
    const response = await server(request);
    exchanges.push(await exchangeOf(request, copy, response));
    return response;
  };
  const listening = await listenSentry(Object.assign(recorded, server));
  url = listening.url;
  const fetchBack = async (path: string): Promise<Response> => {
    const headers = { authorization: `Bearer ${token}`, [READER]: '1' };
    const response = await fetch(`${url}/api/0${path}`, { headers });
    if (!response.ok) throw new Error(`GET ${path} answered ${response.status}: ${await response.text()}`);
    return response;
  };
  return {
    url,
    org,
    project,
    projectId,
    token,
    dsn: server.dsn(project, url),
    exchanges,
    read: async (path, shape) => shape.parse(await (await fetchBack(path)).json()),
    readBytes: async (path) => new Uint8Array(await (await fetchBack(path)).arrayBuffer()),
    until: patiently,
    close: async () => {
      await listening.close();
      server.close();
    },
  };
}

async function exchangeOf(request: Request, copy: Request | undefined, response: Response): Promise<Exchange> {
  const { pathname, search } = new URL(request.url);
  const isReader = request.headers.has(READER);
  const told = { method: request.method, path: pathname + search, status: response.status, isReader };
  if (response.ok) {
    await copy?.body?.cancel();
    return { ...told, body: '', answer: '' };
  }
  const body = copy === undefined ? '' : (await copy.text()).slice(0, SHOWN);
  return { ...told, body, answer: (await response.clone().text()).slice(0, SHOWN) };
}

async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (performance.now() > end) throw error;
      await pause(100);
    }
  }
}
