/** Log lines and application metrics that SDKs sent. */
import { z } from 'zod';
import type { Database } from '../storage/database.ts';
import { type ItemRow, type ItemScope, readItems } from '../storage/read-items.ts';
import { isoTime } from './spans.ts';
import { Attributes, Instant, readMembers, type TelemetryRow, TraceId } from './telemetry-row.ts';

const text = z.string().nullish().catch(undefined);

const Log = z.object({
  timestamp: Instant,
  trace_id: TraceId.optional().catch(undefined),
  span_id: text,
  level: z.string().catch('info'),
  body: z.string().max(65_536),
  severity_number: z.number().optional().catch(undefined),
  attributes: Attributes,
});

const Metric = z.object({
  timestamp: Instant,
  trace_id: TraceId.optional().catch(undefined),
  span_id: text,
  name: z.string(),
  type: z.string(),
  unit: text,
  value: z.number(),
  attributes: Attributes,
});

/** Newest first as they arrived. */
export function readLogs(db: Database, scope: Omit<ItemScope, 'types'>): TelemetryRow[] {
  return readItems(db, { ...scope, types: ['log'] }).flatMap((item) =>
    readMembers(item.payload, Log).map((log, index) => ({
      projectId: item.project_id,
      at: log.timestamp,
      fields: {
        ...log.attributes,
        ...shared(item, log, index),
        message: log.body,
        severity: log.level,
        severity_number: log.severity_number ?? null,
      },
    })),
  );
}

/** Newest first as they arrived. */
export function readMetrics(db: Database, scope: Omit<ItemScope, 'types'>): TelemetryRow[] {
  return readItems(db, { ...scope, types: ['trace_metric'] }).flatMap((item) =>
    readMembers(item.payload, Metric).map((metric, index) => ({
      projectId: item.project_id,
      at: metric.timestamp,
      fields: {
        ...metric.attributes,
        ...shared(item, metric, index),
        'metric.name': metric.name,
        'metric.type': metric.type,
        'metric.unit': metric.unit ?? null,
        value: metric.value,
      },
    })),
  );
}

function shared(item: ItemRow, one: z.infer<typeof Log> | z.infer<typeof Metric>, index: number) {
  const id = (BigInt(item.number) * 100_000n + BigInt(index)).toString(16).padStart(32, '0');
  return {
    id,
    'sentry.item_id': id,
    trace: one.trace_id ?? null,
    'sentry.trace_id': one.trace_id ?? null,
    span_id: one.span_id ?? one.attributes['sentry.trace.parent_span_id'] ?? null,
    timestamp: isoTime(one.timestamp),
    // Whole nanoseconds, as text: more digits than a number holds.
    timestamp_precise: String(BigInt(Math.round(one.timestamp * 1000)) * 1000n),
    release: one.attributes['sentry.release'] ?? null,
    environment: one.attributes['sentry.environment'] ?? null,
  };
}
