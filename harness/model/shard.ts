/** What one shard of a suite saw of Sentry: with its scenario runs, all that a later merge of the shards needs. */
import { z } from 'zod';
import { Issue, SentryEvent } from './issue.ts';

/** `2/8`: the second of eight parts. */
export const ShardPart = z.string().regex(/^[1-9]\d{0,3}\/[1-9]\d{0,3}$/, 'must look like 2/8');

/** What Sentry tells of an issue by itself. */
export const IssueFacts = Issue.pick({
  id: true,
  shortId: true,
  title: true,
  culprit: true,
  level: true,
  permalink: true,
  status: true,
  count: true,
  userCount: true,
  firstSeen: true,
  lastSeen: true,
  firstRelease: true,
});
export type IssueFacts = z.infer<typeof IssueFacts>;

const RecordedErrorEvent = z.strictObject({
  eventId: z.string(),
  issueId: z.string(),
  shortId: z.string(),
  title: z.string(),
  at: z.string(),
  level: z.string().optional(),
  platform: z.string().optional(),
  traceId: z.string().optional(),
  url: z.string().optional(),
  transaction: z.string().optional(),
});

export const ShardRecording = z.strictObject({
  version: z.literal(1),
  part: ShardPart,
  /** The commit that was run. */
  base: z.string(),
  startedAt: z.iso.datetime(),
  /** Where the app answered in this shard. */
  appUrl: z.string(),
  /** Ids of events that left a page and never reached Sentry. */
  lost: z.array(z.string()),
  events: z.array(RecordedErrorEvent),
  /** Facts and hashes of the issues that scenarios of this shard caused. */
  issues: z.array(z.strictObject({ facts: IssueFacts, hashes: z.array(z.string()) })),
  /** Whole events, those that were read. */
  read: z.array(SentryEvent),
  /** Event id -> commits that Sentry suspects of it. */
  suspectCommits: z.record(z.string(), z.array(z.string())),
  /** Whether its Sentry is not the embedded one. */
  isHosted: z.boolean(),
  /** What the harness itself reported, because a red scenario had sent nothing. */
  findings: z.array(z.strictObject({ scenario: z.string(), eventId: z.string() })),
});
export type ShardRecording = z.infer<typeof ShardRecording>;
