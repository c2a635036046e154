/** Spans of all the forms in which SDKs send them: streamed (version 2), inside a transaction, and alone. */
import { z } from 'zod';
import { parseJson } from '../ingest/parse-json.ts';
import { limits } from '../limits.ts';
import type { Database } from '../storage/database.ts';
import { type ItemRow, type ItemScope, readItems } from '../storage/read-items.ts';
import { Attributes, Instant, readMembers, type Scalar, type TelemetryRow, TraceId } from './telemetry-row.ts';

export interface Span extends TelemetryRow {
  readonly id: string;
  readonly parentId: string | null;
  readonly traceId: string;
  readonly name: string;
  readonly op: string;
  /** Milliseconds since 1970; `at` is the same. */
  readonly start: number;
  readonly end: number;
  /** Whether it is the outermost one of its service. */
  readonly isSegment: boolean;
  /** Id of the transaction that it came in, else of the outermost span. */
  readonly transactionId: string;
  readonly attributes: Readonly<Record<string, Scalar>>;
}

const text = z.string().nullish().catch(undefined);

const Streamed = z.object({
  trace_id: TraceId,
  span_id: z.string(),
  parent_span_id: text,
  name: z.string().catch(''),
  start_timestamp: Instant,
  end_timestamp: Instant,
  status: text,
  is_segment: z.boolean().catch(false),
  attributes: Attributes,
});

const Single = z.object({
  trace_id: TraceId,
  span_id: z.string(),
  parent_span_id: text,
  op: text,
  description: text,
  start_timestamp: Instant,
  timestamp: Instant,
  status: text,
  is_segment: z.boolean().optional().catch(undefined),
  segment_id: text,
  data: Attributes,
});

const Transaction = z.object({
  event_id: text,
  transaction: z.string().catch(''),
  start_timestamp: Instant,
  timestamp: Instant,
  release: text,
  environment: text,
  contexts: z.object({
    trace: z.object({
      trace_id: TraceId,
      span_id: z.string(),
      parent_span_id: text,
      op: text,
      status: text,
      data: Attributes,
    }),
  }),
  tags: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).catch({}),
  spans: z.array(z.unknown()).catch([]),
  sdk: z.object({ name: z.string() }).optional().catch(undefined),
});

/** Newest first as they arrived; a trace's spans where `traceId` is given. */
export function readSpans(db: Database, scope: Omit<ItemScope, 'types'>): Span[] {
  const spans = readItems(db, { ...scope, types: ['span', 'transaction'] }).flatMap((item) =>
    item.type === 'transaction' ? ofTransaction(item) : ofSpanItem(item),
  );
  return scope.traceId === undefined ? spans : spans.filter((span) => span.traceId === scope.traceId);
}

function ofSpanItem(item: ItemRow): Span[] {
  const streamed = readMembers(item.payload, Streamed);
  if (streamed.length > 0) {
    return streamed.map((one) =>
      toSpan(item, {
        ...one,
        end: one.end_timestamp,
        op: one.attributes['sentry.op'],
        transaction: one.attributes['sentry.segment.name'] ?? (one.is_segment ? one.name : null),
        transactionId: one.attributes['sentry.segment.id'] ?? (one.is_segment ? one.span_id : null),
      }),
    );
  }
  return readMembers(item.payload, Single).map((one) => ofSingle(item, one, {}));
}

function ofSingle(
  item: ItemRow,
  one: z.infer<typeof Single>,
  shared: { transaction?: string; transactionId?: string; attributes?: Record<string, Scalar> },
): Span {
  return toSpan(item, {
    ...one,
    end: one.timestamp,
    name: one.description ?? one.op ?? '',
    is_segment: one.is_segment ?? false,
    attributes: { ...shared.attributes, ...one.data },
    transaction: shared.transaction ?? null,
    transactionId: shared.transactionId ?? one.segment_id ?? null,
  });
}

function ofTransaction(item: ItemRow): Span[] {
  const parsed = Transaction.safeParse(parseJson(item.payload, limits.jsonDepth));
  if (!parsed.success) return [];
  const { contexts, transaction, start_timestamp, timestamp, tags, release, environment, sdk } = parsed.data;
  const { trace } = contexts;
  const transactionId = (parsed.data.event_id ?? item.event_id ?? trace.span_id).replaceAll('-', '');
  const shared: Record<string, Scalar> = {
    ...(release == null ? {} : { 'sentry.release': release }),
    ...(environment == null ? {} : { 'sentry.environment': environment }),
    ...(sdk === undefined ? {} : { 'sentry.sdk.name': sdk.name }),
  };
  const outermost = toSpan(item, {
    ...trace,
    end: timestamp,
    name: transaction,
    start_timestamp,
    is_segment: true,
    attributes: { ...shared, ...tags, ...trace.data },
    transaction,
    transactionId,
  });
  const inner = parsed.data.spans.slice(0, limits.items).flatMap((span) => {
    const one = Single.safeParse(span);
    return one.success ? [ofSingle(item, one.data, { transaction, transactionId, attributes: shared })] : [];
  });
  return [outermost, ...inner];
}

interface Parts {
  readonly trace_id: string;
  readonly span_id: string;
  readonly parent_span_id?: string | null | undefined;
  readonly name: string;
  readonly op?: Scalar | undefined;
  readonly start_timestamp: number;
  readonly end: number;
  readonly status?: string | null | undefined;
  readonly is_segment: boolean;
  readonly attributes: Readonly<Record<string, Scalar>>;
  readonly transaction: Scalar;
  readonly transactionId: Scalar;
}

function toSpan(item: ItemRow, parts: Parts): Span {
  const { attributes } = parts;
  const op = String(parts.op ?? 'default');
  const own = {
    id: parts.span_id,
    span_id: parts.span_id,
    trace: parts.trace_id,
    parent_span: parts.parent_span_id ?? null,
    'span.op': op,
    'span.name': parts.name,
    'span.description': parts.name,
    description: parts.name,
    'span.duration': parts.end - parts.start_timestamp,
    'span.self_time': parts.end - parts.start_timestamp,
    'span.status': parts.status ?? null,
    transaction: parts.transaction,
    'transaction.event_id': parts.transactionId,
    is_transaction: parts.is_segment,
    timestamp: isoTime(parts.end),
    release: attributes['sentry.release'] ?? null,
    environment: attributes['sentry.environment'] ?? null,
    'sdk.name': attributes['sentry.sdk.name'] ?? null,
  };
  return {
    projectId: item.project_id,
    at: parts.start_timestamp,
    fields: { ...attributes, ...own },
    id: parts.span_id,
    parentId: parts.parent_span_id ?? null,
    traceId: parts.trace_id,
    name: parts.name,
    op,
    start: parts.start_timestamp,
    end: parts.end,
    isSegment: parts.is_segment,
    transactionId: String(parts.transactionId ?? parts.span_id),
    attributes,
  };
}

export function isoTime(at: number): string {
  return new Date(at).toISOString().replace('Z', '+00:00');
}
