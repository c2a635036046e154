/** Finds an event by the id that its SDK gave it. */
import { z } from 'zod';
import { EventPayload } from '../event/payload.ts';
import type { Database } from './database.ts';
import { EVENT_COLUMNS } from './issues.ts';
import { EventRow, PayloadRow } from './rows.ts';

/** 32 hex digits; dashes and capitals are tolerated. */
export function plainId(id: string): string {
  return id.replaceAll('-', '').toLowerCase();
}

export function findEvent(db: Database, projectId: number, id: string): EventRow | undefined {
  return db.one(
    EventRow,
    `SELECT ${EVENT_COLUMNS} FROM events WHERE id = ? AND project_id = ?`,
    plainId(id),
    projectId,
  );
}

export function payloadOfEvent(db: Database, eventNumber: number): EventPayload {
  const row = db.one(PayloadRow, 'SELECT payload FROM events WHERE number = ?', eventNumber);
  return EventPayload.parse(row?.payload ?? {});
}

const TraceEvent = EventRow.extend({ short_number: z.number(), slug: z.string() });
export type TraceEvent = z.infer<typeof TraceEvent>;

/** Errors, oldest first, with what its issue and project are called. */
export function eventsOfTrace(db: Database, traceId: string, limit: number): TraceEvent[] {
  return db.all(
    TraceEvent,
    `SELECT ${EVENT_COLUMNS}, issues.short_number, projects.slug FROM events JOIN issues ON issues.id = events.issue_id
     JOIN projects ON projects.id = events.project_id WHERE trace_id = ? AND events.type <> 'generic' ORDER BY at, number LIMIT ?`,
    traceId,
    limit,
  );
}

const SpanId = z.object({ number: z.number(), span_id: z.string().nullable() });

/** In which span each event happened, by the event's number. */
export function spanIdsOfTrace(db: Database, traceId: string): Map<number, string | null> {
  const rows = db.all(
    SpanId,
    "SELECT number, json_extract(payload, '$.contexts.trace.span_id') AS span_id FROM events WHERE trace_id = ? LIMIT 1000",
    traceId,
  );
  return new Map(rows.map(({ number, span_id: spanId }) => [number, spanId]));
}
