/** Sentry's data category of each item type: what quotas and statistics count by. */

const CATEGORIES: ReadonlyMap<string, string> = new Map([
  ['event', 'error'],
  ['transaction', 'transaction'],
  ['span', 'span'],
  ['session', 'session'],
  ['sessions', 'session'],
  ['attachment', 'attachment'],
  ['replay_event', 'replay'],
  ['replay_recording', 'replay'],
  ['replay_video', 'replay'],
  ['log', 'log_item'],
  ['otel_log', 'log_item'],
  ['trace_metric', 'trace_metric'],
  ['statsd', 'metric_bucket'],
  ['metric_buckets', 'metric_bucket'],
  ['check_in', 'monitor'],
  ['user_report', 'feedback'],
  ['feedback', 'feedback'],
  ['profile', 'profile'],
  ['profile_chunk', 'profile_chunk'],
  ['client_report', 'internal'],
]);

/** Undefined for a type that is not known. */
export function categoryOf(type: string): string | undefined {
  return CATEGORIES.get(type);
}

const NAMES = new Set([
  ...CATEGORIES.values(),
  'default',
  'security',
  'transaction_indexed',
  'span_indexed',
  'log_byte',
]);

export function isCategory(name: string): boolean {
  return NAMES.has(name);
}
