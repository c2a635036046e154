/** The rows of the embedded Sentry's tables as the rest of it reads them. */
import { z } from 'zod';

const flag = z.number().transform((value) => value !== 0);
const json = <T extends z.ZodType>(schema: T) =>
  z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema);

export const ProjectRow = z.object({
  id: z.number(),
  slug: z.string(),
  name: z.string(),
  platform: z.string().nullable(),
  created_at: z.number(),
});
export type ProjectRow = z.infer<typeof ProjectRow>;

/** A project with the limit of the client key by which it was found. */
export const SenderRow = ProjectRow.extend({
  limit_count: z.number().nullable(),
  limit_seconds: z.number().nullable(),
});
export type SenderRow = z.infer<typeof SenderRow>;

export const KeyRow = z.object({
  public: z.string(),
  secret: z.string(),
  project_id: z.number(),
  label: z.string(),
  is_active: flag,
  created_at: z.number(),
  limit_count: z.number().nullable(),
  limit_seconds: z.number().nullable(),
});
export type KeyRow = z.infer<typeof KeyRow>;

export const IssueRow = z.object({
  id: z.number(),
  project_id: z.number(),
  short_number: z.number(),
  title: z.string(),
  culprit: z.string(),
  level: z.string(),
  platform: z.string(),
  type: z.string(),
  logger: z.string().nullable(),
  metadata: json(z.record(z.string(), z.unknown())),
  status: z.enum(['unresolved', 'resolved', 'ignored']),
  substatus: z.string().nullable(),
  status_details: json(z.record(z.string(), z.unknown())),
  resolved_release: z.string().nullable(),
  resolved_kind: z.enum(['in', 'next']).nullable(),
  count: z.number(),
  first_seen: z.number(),
  last_seen: z.number(),
  first_release: z.string().nullable(),
  last_release: z.string().nullable(),
  is_unhandled: flag,
  priority: z.string(),
  assigned_to: z.string().nullable(),
  has_seen: flag,
  is_bookmarked: flag,
  is_public: flag,
  is_subscribed: flag,
  user_count: z.number(),
  category: z.enum(['error', 'feedback']),
});
export type IssueRow = z.infer<typeof IssueRow>;

/** An event without its payload. */
export const EventRow = z.object({
  number: z.number(),
  id: z.string(),
  project_id: z.number(),
  issue_id: z.number(),
  at: z.number(),
  received_at: z.number(),
  type: z.string(),
  title: z.string(),
  culprit: z.string(),
  message: z.string(),
  level: z.string(),
  platform: z.string(),
  logger: z.string().nullable(),
  environment: z.string().nullable(),
  release: z.string().nullable(),
  dist: z.string().nullable(),
  trace_id: z.string().nullable(),
  transaction_name: z.string().nullable(),
  url: z.string().nullable(),
  error_type: z.string().nullable(),
  error_value: z.string().nullable(),
  user_key: z.string().nullable(),
  hashes: json(z.array(z.string())),
  size: z.number(),
});
export type EventRow = z.infer<typeof EventRow>;

export const TagRow = z.object({ key: z.string(), value: z.string() });
export type TagRow = z.infer<typeof TagRow>;

export const ActivityRow = z.object({
  id: z.number(),
  issue_id: z.number(),
  type: z.string(),
  data: json(z.record(z.string(), z.unknown())),
  at: z.number(),
});
export type ActivityRow = z.infer<typeof ActivityRow>;

export const ReleaseRow = z.object({
  id: z.number(),
  version: z.string(),
  created_at: z.number(),
  released_at: z.number().nullable(),
  ref: z.string().nullable(),
  url: z.string().nullable(),
  status: z.enum(['open', 'archived']),
});
export type ReleaseRow = z.infer<typeof ReleaseRow>;

export const CountRow = z.object({ count: z.number() });
export const IdRow = z.object({ id: z.number() });
export const PayloadRow = z.object({ payload: json(z.unknown()) });
