/** Traces in an origin of their own: they hold the app's pages, which must not be pages of the review's. */
import { randomBytes } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { isSame, LOOPBACK } from '../web/own-page.ts';

export interface TraceTools {
  /** A file of the run's folder; undefined where there is none. */
  readFile(run: string, file: string): Uint8Array | undefined;
}

export interface TraceServer {
  (request: Request): Promise<Response>;
  /** Path below which a run's folder lies, with a slash at its end: whoever has it may read traces, and nothing else. */
  pathOf(run: string): string;
}

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css',
  html: 'text/html; charset=utf-8',
  js: 'text/javascript',
  json: 'application/json',
  svg: 'image/svg+xml',
  ttf: 'font/ttf',
  webmanifest: 'application/manifest+json',
  zip: 'application/zip',
};

/** `host`: the name that it is bound to. */
export function traceServer({ readFile }: TraceTools, { host }: { host: string }): TraceServer {
  const secret = randomBytes(24).toString('base64url');
  const app = new Hono();
  app.get('/:secret/:run/*', (c) => {
    const { hostname, pathname } = new URL(c.req.url);
    const { secret: given, run } = c.req.param();
    const isHere = LOOPBACK.test(hostname) || hostname === host || !LOOPBACK.test(host);
    if (!isHere || !isSame(given, secret)) return gone(c);
    const file = decoded(pathname.split('/').slice(3).join('/'));
    if (file === undefined || !/^trace\/|\.zip$/.test(file)) return gone(c);
    const bytes = readFile(run, file);
    if (bytes === undefined) return gone(c);
    return c.body(new Uint8Array(bytes), 200, {
      'content-type': TYPES[file.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      // Nobody else's page shows it; the viewer shows its own snapshots.
      'content-security-policy': "frame-ancestors 'self'",
    });
  });
  app.notFound(gone);
  return Object.assign(async (request: Request) => app.fetch(request), {
    pathOf: (run: string) => `/${secret}/${encodeURIComponent(run)}/`,
  });
}

function gone(c: Context): Response {
  return c.text('Not found', 404);
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
