/**
 * `/api/{project}/envelope/` and `/api/{project}/store/`: what SDKs send, answered as Relay answers. And, of our own,
 * `/api/{project}/mirror/{key}`: where the SDK of a server that has a DSN of its own sends its envelopes as well.
 */
import type { Context } from 'hono';
import { Hono } from 'hono';
import { limits } from '../limits.ts';
import type { ServerParts } from '../server-parts.ts';
import { keyOfRequest } from './client-key.ts';
import { readBody } from './read-body.ts';
import { type IngestCall, PREFLIGHT, takeEnvelope } from './take-envelope.ts';

export function ingestRoutes(parts: ServerParts): Hono {
  const app = new Hono();
  for (const path of ['/:project{[^/]+}/envelope', '/:project{[^/]+}/store']) {
    app.options(`${path}/`, () => new Response(null, { headers: PREFLIGHT }));
    app.options(path, () => new Response(null, { headers: PREFLIGHT }));
  }
  for (const slash of ['', '/']) {
    app.post(`/:project/envelope${slash}`, (c) => ingest(c, parts, 'envelope'));
    app.post(`/:project/store${slash}`, (c) => ingest(c, parts, 'store'));
    app.post(`/:project/mirror/:key${slash}`, (c) => ingest(c, parts, 'envelope'));
  }
  return app;
}

async function ingest(c: Context, parts: ServerParts, kind: IngestCall['kind']): Promise<Response> {
  const key = c.req.param('key') ?? keyOfRequest(new URL(c.req.url).search, (name) => c.req.header(name));
  const call = { kind, project: c.req.param('project') ?? '', key };
  const { status, body, headers } = await takeEnvelope(parts, call, await readBody(c.req.raw, limits));
  return Response.json(body, { status, headers });
}
