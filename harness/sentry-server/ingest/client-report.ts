/** What an SDK says that it threw away before sending: counted beside what came. */
import { z } from 'zod';
import type { ItemCount, Outcome } from '../storage/item-counts.ts';
import { isCategory } from './item-category.ts';

const Discarded = z
  .array(z.object({ reason: z.string(), category: z.string(), quantity: z.int().positive().max(1_000_000_000) }))
  .transform((all) => all.slice(0, 100))
  .optional()
  .catch(undefined);

const ClientReport = z.object({
  discarded_events: Discarded,
  rate_limited_events: Discarded,
  filtered_events: Discarded,
  filtered_sampling_events: Discarded,
});

/** Those that SDKs send; a stranger's own words would make rows without end. */
const REASONS = new Set([
  'queue_overflow',
  'cache_overflow',
  'buffer_overflow',
  'ratelimit_backoff',
  'network_error',
  'sample_rate',
  'before_send',
  'event_processor',
  'send_error',
  'internal_sdk_error',
  'insufficient_data',
  'backpressure',
  'ignored',
  'invalid',
  'no_parent_span',
  'filtered',
]);

const OUTCOMES = [
  ['discarded_events', 'client_discard'],
  ['rate_limited_events', 'rate_limited'],
  ['filtered_events', 'filtered'],
  ['filtered_sampling_events', 'filtered'],
] as const satisfies readonly (readonly [keyof z.infer<typeof ClientReport>, Outcome])[];

/** Empty for what is no report. */
export function countsOfReport(value: unknown): ItemCount[] {
  const report = ClientReport.safeParse(value);
  if (!report.success) return [];
  return OUTCOMES.flatMap(([field, outcome]) =>
    (report.data[field] ?? []).map(({ reason, category, quantity }) => ({
      type: 'client_report',
      category: isCategory(category) ? category : 'default',
      outcome,
      reason: REASONS.has(reason) ? reason : 'other',
      quantity,
    })),
  );
}
