/** What was taken and what SDKs say they threw away, by the hour. */
import { z } from 'zod';
import { parseJson } from '../ingest/parse-json.ts';
import { limits } from '../limits.ts';
import { countArrivals } from '../storage/arrivals.ts';
import type { Database } from '../storage/database.ts';
import { countItems, readItems } from '../storage/read-items.ts';

export interface OutcomeCount {
  readonly projectId: number;
  /** Beginning of the hour, milliseconds since 1970. */
  readonly at: number;
  readonly category: string;
  readonly outcome: 'accepted' | 'client_discard';
  readonly reason: string;
  /** Items; bytes for attachments. */
  readonly quantity: number;
  readonly timesSeen: number;
}

const HOUR = 3_600_000;

const CATEGORY: Readonly<Record<string, string>> = {
  transaction: 'transaction',
  span: 'span',
  session: 'session',
  sessions: 'session',
  log: 'log_item',
  trace_metric: 'trace_metric',
  replay_event: 'replay',
  profile: 'profile',
  profile_chunk: 'profile_chunk',
  attachment: 'attachment',
  user_report: 'user_report_v2',
  feedback: 'feedback',
};

const Report = z.object({
  discarded_events: z
    .array(z.object({ reason: z.string().max(128), category: z.string().max(64), quantity: z.int().nonnegative() }))
    .max(limits.items),
});

/** Of all projects where none is named. */
export function readOutcomes(db: Database, scope: { since: number; projects: readonly number[] }): OutcomeCount[] {
  const accepted = { outcome: 'accepted', reason: '' } as const;
  const errors = countArrivals(db, scope).map(({ project_id: projectId, hour, count }) => ({
    ...accepted,
    projectId,
    at: hour * HOUR,
    category: 'error',
    quantity: count,
    timesSeen: count,
  }));
  const items = countItems(db, { ...scope, types: Object.keys(CATEGORY) }).map(
    ({ type, project_id: projectId, hour, count, bytes }) => ({
      ...accepted,
      projectId,
      at: hour * HOUR,
      category: CATEGORY[type] ?? type,
      quantity: type === 'attachment' ? bytes : count,
      timesSeen: count,
    }),
  );
  const discarded = readItems(db, { ...scope, types: ['client_report'] }).flatMap((item): OutcomeCount[] => {
    const report = Report.safeParse(parseJson(item.payload, limits.jsonDepth));
    if (!report.success) return [];
    return report.data.discarded_events.map(({ reason, category, quantity }) => ({
      projectId: item.project_id,
      at: Math.floor(item.received_at / HOUR) * HOUR,
      category,
      outcome: 'client_discard',
      reason,
      quantity,
      timesSeen: quantity,
    }));
  });
  return [...errors, ...items, ...discarded];
}
