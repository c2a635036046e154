/** The embedded Sentry on a port, with a record of every request, and a reader of its Web API. */
import { setTimeout as pause } from 'node:timers/promises';
import type { z } from 'zod';
import { listenSentry } from '../../harness/sentry-server/listen.ts';
import { sentryServer } from '../../harness/sentry-server/sentry-server.ts';
import { type Exchange, READER, recordingProxy } from './recording-proxy.ts';

export interface Ground {
  readonly url: string;
  readonly org: string;
  readonly token: string;
  /** Slug. */
  readonly project: string;
  readonly projectId: number;
  /** Of the project. */
  readonly dsn: string;
  readonly exchanges: readonly Exchange[];
  /** GET below `/api/0`; throws where the answer is no 2xx or has another shape. */
  read<T>(path: string, shape: z.ZodType<T>): Promise<T>;
  readBytes(path: string): Promise<Uint8Array>;
  /** Asks until it does not throw any more; throws its last error after 3 s. */
  until<T>(ask: () => Promise<T>): Promise<T>;
}

export interface Grounds {
  readonly exchanges: readonly Exchange[];
  /** Each client has a project of its own, so that none sees what another one left. */
  inProject(slug: string): Ground;
  close(): Promise<void>;
}

const PATIENCE_MS = 3000;

export async function openGrounds(): Promise<Grounds> {
  const [org, token] = ['acme', 'sntryu_of-the-clients'];
  let target = '';
  const proxy = await recordingProxy(() => target);
  const { url, exchanges } = proxy;
  const server = sentryServer({ org, token, publicUrl: () => url });
  const listening = await listenSentry(server);
  target = listening.url;
  const fetchBack = async (path: string): Promise<Response> => {
    const headers = { authorization: `Bearer ${token}`, [READER]: '1' };
    const response = await fetch(`${url}/api/0${path}`, { headers });
    if (!response.ok) throw new Error(`GET ${path} answered ${response.status}: ${await response.text()}`);
    return response;
  };
  return {
    exchanges,
    inProject: (project) => ({
      url,
      org,
      token,
      project,
      projectId: server.ensureProject({ slug: project }).id,
      dsn: server.dsn(project, url),
      exchanges,
      read: async (path, shape) => shape.parse(await (await fetchBack(path)).json()),
      readBytes: async (path) => new Uint8Array(await (await fetchBack(path)).arrayBuffer()),
      until: patiently,
    }),
    close: async () => {
      await proxy.close();
      await listening.close();
      server.close();
    },
  };
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
