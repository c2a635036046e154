/**
 * `/api/{project}/envelope/` and `/api/{project}/store/`: what SDKs send, answered as Relay answers. And, of our own,
 * `/api/{project}/mirror/{key}`: where the SDK of a server that has a DSN of its own sends its envelopes as well.
 */

import type { Context } from 'hono';
import { Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { limits } from '../limits.ts';
import type { ServerParts } from '../server-parts.ts';
import { findKey, findProject } from '../storage/projects.ts';
import type { KeyRow, ProjectRow } from '../storage/rows.ts';
import { acceptItems } from './accept-items.ts';
import { isPublicKey, keyOfDsn, keyOfRequest } from './client-key.ts';
import { type Envelope, parseEnvelope } from './parse-envelope.ts';
import { rateLimitHeaders } from './quotas.ts';
import { readBody } from './read-body.ts';

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'x-sentry-error,x-sentry-rate-limits,retry-after',
  'cross-origin-resource-policy': 'cross-origin',
} as const;

const PREFLIGHT = {
  ...CORS,
  'access-control-allow-methods': 'POST',
  'access-control-allow-headers':
    'x-sentry-auth,x-requested-with,x-forwarded-for,origin,referer,accept,content-type,authentication,authorization,content-encoding,transfer-encoding,sentry-trace,baggage',
  'access-control-allow-private-network': 'true',
  'access-control-max-age': '3600',
} as const;

export function ingestRoutes(parts: ServerParts): Hono {
  const app = new Hono();
  for (const path of ['/:project{[^/]+}/envelope', '/:project{[^/]+}/store']) {
    app.options(`${path}/`, () => new Response(null, { headers: PREFLIGHT }));
    app.options(path, () => new Response(null, { headers: PREFLIGHT }));
  }
  for (const slash of ['', '/']) {
    app.post(`/:project/envelope${slash}`, (c) => ingest(c, parts, readEnvelope));
    app.post(`/:project/store${slash}`, (c) => ingest(c, parts, readStore));
    app.post(`/:project/mirror/:key${slash}`, (c) => ingest(c, parts, readEnvelope));
  }
  return app;
}

type Reader = (bytes: Uint8Array) => { kind: 'envelope'; envelope: Envelope } | { kind: 'invalid'; why: string };

const readEnvelope: Reader = (bytes) => parseEnvelope(bytes);

/** The older endpoint takes one event without an envelope. */
const readStore: Reader = (bytes) => ({
  kind: 'envelope',
  envelope: { header: {}, items: [{ header: { type: 'event' }, payload: bytes }] },
});

async function ingest(c: Context, parts: ServerParts, read: Reader): Promise<Response> {
  const body = await readBody(c.req.raw, limits);
  if (body.kind === 'too-large') return refuse(c, 413, 'envelope exceeded size limits');
  if (body.kind === 'undecodable')
    return refuse(c, 400, 'failed to decode request body', [`content-encoding ${body.encoding}`]);
  if (body.bytes.byteLength === 0) return refuse(c, 400, 'empty request body');
  const parsed = read(body.bytes);
  if (parsed.kind === 'invalid') return refuse(c, 400, 'invalid event envelope', [parsed.why]);
  const { envelope } = parsed;
  const key = c.req.param('key') ?? keyOfRequest(c.req.raw) ?? keyOfDsn(envelope.header.dsn);
  if (key === undefined) return refuse(c, 401, 'missing authorization information');
  if (!isPublicKey(key)) return refuse(c, 400, 'bad sentry DSN public key');
  const to = projectOfKey(parts, c.req.param('project') ?? '', key);
  if (to === undefined) return refuse(c, 403, 'event submission rejected with_reason: ProjectId');
  const accepted = acceptItems({ ...to, db: parts.db, intake: parts.intake, now: parts.now().getTime() }, envelope);
  for (const event of accepted.events) parts.announce(to.project, event);
  const rateLimits = rateLimitHeaders(accepted.exhausted);
  if (accepted.isLimited) return refuse(c, 429, OVER_QUOTA, [], rateLimits);
  if (accepted.events.length === 0 && accepted.tooLarge !== undefined)
    return refuse(c, 413, `envelope exceeded size limits for type '${accepted.tooLarge}'`);
  if (accepted.events.length === 0 && accepted.invalid)
    return refuse(c, 400, 'invalid event envelope', ['an item is no JSON object']);
  const id = accepted.events[0]?.eventId ?? envelope.header.event_id?.replaceAll('-', '');
  return c.json(id === undefined ? {} : { id }, 200, { ...CORS, ...rateLimits });
}

const OVER_QUOTA = 'Sentry dropped data due to a quota or internal rate limit being reached.';

function projectOfKey(parts: ServerParts, id: string, key: string): { project: ProjectRow; key: KeyRow } | undefined {
  if (!/^\d+$/.test(id)) return undefined;
  const found = findKey(parts.db, key.toLowerCase());
  const project = findProject(parts.db, id);
  if (found?.is_active !== true || project === undefined || found.project_id !== project.id) return undefined;
  return { project, key: found };
}

function refuse(
  c: Context,
  status: ContentfulStatusCode,
  detail: string,
  causes: readonly string[] = [],
  headers: Record<string, string> = {},
): Response {
  return c.json({ detail, causes }, status, { ...CORS, 'x-sentry-error': detail, ...headers });
}
