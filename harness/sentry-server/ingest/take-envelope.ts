/** An SDK's request from its body to the answer that Relay would give; the same for a `Request` and on a port. */
import { symbolicateEvent } from '../artifacts/symbolicate-event.ts';
import type { ServerParts } from '../server-parts.ts';
import { projectOfKey } from '../storage/projects.ts';
import type { SenderRow } from '../storage/rows.ts';
import { readyItems } from './accept-items.ts';
import { isPublicKey, keyOfDsn } from './client-key.ts';
import { type Envelope, type ParsedEnvelope, parseEnvelope } from './parse-envelope.ts';
import { rateLimitHeaders, type Sender } from './quotas.ts';
import type { Body } from './read-body.ts';
import { storeEnvelope } from './store-envelope.ts';

export interface IngestCall {
  readonly kind: 'envelope' | 'store';
  /** Of the path, as it came. */
  readonly project: string;
  /** Of path, query or header. */
  readonly key: string | undefined;
}

export interface IngestAnswer {
  readonly status: number;
  readonly body: { readonly id?: string } | { readonly detail: string; readonly causes: readonly string[] };
  readonly headers: Readonly<Record<string, string>>;
}

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'x-sentry-error,x-sentry-rate-limits,retry-after',
  'cross-origin-resource-policy': 'cross-origin',
} as const;

/** Of the answer to an OPTIONS request. */
export const PREFLIGHT = {
  ...CORS,
  'access-control-allow-methods': 'POST',
  'access-control-allow-headers':
    'x-sentry-auth,x-requested-with,x-forwarded-for,origin,referer,accept,content-type,authentication,authorization,content-encoding,transfer-encoding,sentry-trace,baggage',
  'access-control-allow-private-network': 'true',
  'access-control-max-age': '3600',
} as const;

/** Resolves when what was accepted would survive the death of the process. */
export async function takeEnvelope(parts: ServerParts, call: IngestCall, body: Body): Promise<IngestAnswer> {
  // As Relay does it: what the request says of itself is looked at before its body.
  if (call.key !== undefined && !isPublicKey(call.key)) return refuse(400, 'bad sentry DSN public key');
  if (body.kind === 'too-large') return refuse(413, 'envelope exceeded size limits');
  if (body.kind === 'undecodable')
    return refuse(400, 'failed to decode request body', [`content-encoding ${body.encoding}`]);
  if (body.bytes.byteLength === 0) return refuse(400, 'empty request body');
  const parsed = call.kind === 'envelope' ? parseEnvelope(body.bytes) : bareEvent(body.bytes);
  if (parsed.kind === 'invalid') return refuse(400, 'invalid event envelope', [parsed.why]);
  const { envelope } = parsed;
  const key = call.key ?? keyOfDsn(envelope.header.dsn);
  if (key === undefined) return refuse(401, 'missing authorization information');
  if (!isPublicKey(key)) return refuse(400, 'bad sentry DSN public key');
  const project = projectOfKey(parts.db, call.project, key.toLowerCase());
  if (project === undefined) return refuse(403, 'event submission rejected with_reason: ProjectId');
  const now = parts.now().getTime();
  const items = readyItems(envelope, {
    now,
    scrubber: parts.intake.scrubber,
    filters: parts.intake.filters,
    quota: parts.intake.quotas.of(senderOf(project, key.toLowerCase()), now),
    symbolicate: (event) => symbolicateEvent(parts.db, project.id, event),
  });
  const accepted = await storeEnvelope(parts, project, items);
  const rateLimits = rateLimitHeaders(accepted.exhausted);
  if (accepted.isLimited) return refuse(429, OVER_QUOTA, [], rateLimits);
  if (accepted.eventIds.length === 0 && accepted.tooLarge !== undefined)
    return refuse(413, `envelope exceeded size limits for type '${accepted.tooLarge}'`);
  if (accepted.eventIds.length === 0 && accepted.invalid)
    return refuse(400, 'invalid event envelope', ['an item is no JSON object']);
  return { status: 200, body: idOf(accepted.eventIds[0], envelope), headers: { ...CORS, ...rateLimits } };
}

/** The older endpoint takes one event without an envelope. */
function bareEvent(bytes: Uint8Array): ParsedEnvelope {
  return {
    kind: 'envelope',
    envelope: { header: {}, items: [{ header: { type: 'event' }, payload: bytes }] },
  };
}

function idOf(stored: string | undefined, { header }: Envelope): { id?: string } {
  const id = stored ?? header.event_id?.replaceAll('-', '');
  return id === undefined ? {} : { id };
}

function senderOf({ slug, limit_count: count, limit_seconds: window }: SenderRow, publicKey: string): Sender {
  return { projectSlug: slug, publicKey, keyLimit: count === null || window === null ? undefined : { count, window } };
}

const OVER_QUOTA =
  'Sentry dropped data due to a quota or internal rate limit being reached. This will not affect your application. See https://docs.sentry.io/product/accounts/quotas/ for more information.';

function refuse(
  status: number,
  detail: string,
  causes: readonly string[] = [],
  headers: Readonly<Record<string, string>> = {},
): IngestAnswer {
  return { status, body: { detail, causes }, headers: { ...CORS, 'x-sentry-error': detail, ...headers } };
}
