/** Sentry's answers: the fields that we read, renamed to our words. */
import { z } from 'zod';
import type { ErrorEvent } from '../../model/red.ts';
import { count, id, orAbsent, text, time, vague } from './wire-words.ts';

/** What a list tells of an issue: the parts of model/issue.ts that need no event. */
export interface IssueSummary {
  readonly id: string;
  readonly shortId: string;
  readonly title: string;
  readonly culprit: string;
  readonly level: string;
  readonly permalink: string;
  readonly status: string;
  readonly substatus: string | undefined;
  readonly count: number;
  readonly userCount: number;
  /** ISO times; '' where Sentry does not tell. */
  readonly firstSeen: string;
  readonly lastSeen: string;
  /** Only known where one issue was asked for. */
  readonly firstRelease: string | undefined;
  readonly platform: string | undefined;
  readonly logger: string | undefined;
  readonly project: string;
  /** `error`, `feedback`, `performance` …; older servers do not tell. */
  readonly issueCategory: string | undefined;
}

export const WireIssue: z.ZodType<IssueSummary> = z.object({
  id,
  shortId: z.string(),
  title: z.string(),
  culprit: z
    .string()
    .nullish()
    .transform((value) => value ?? ''),
  level: z.string(),
  permalink: z.string(),
  status: z.string(),
  substatus: text,
  count: orAbsent(count).transform((value) => value ?? 0),
  userCount: orAbsent(count).transform((value) => value ?? 0),
  firstSeen: orAbsent(time).transform((value) => value ?? ''),
  lastSeen: orAbsent(time).transform((value) => value ?? ''),
  firstRelease: vague(z.object({ version: z.string() }).transform((release) => release.version)),
  platform: text,
  logger: text,
  project: z.object({ slug: z.string() }).transform((project) => project.slug),
  issueCategory: text,
});

export const WireIssues = z.array(WireIssue);

/** Fields of the discover call, in the order in which they are asked for. */
export const ERROR_FIELDS = [
  'id',
  'issue',
  'issue.id',
  'title',
  'timestamp',
  'trace',
  'url',
  'transaction',
  'level',
  'platform',
] as const;

export const WireErrorEvents = z.object({
  data: z.array(
    z
      .object({
        id: z.string(),
        issue: text,
        'issue.id': orAbsent(id),
        title: text,
        timestamp: time,
        trace: text,
        url: text,
        transaction: text,
        level: text,
        platform: text,
      })
      .transform(
        (row): ErrorEvent => ({
          eventId: row.id.replaceAll('-', ''),
          issueId: row['issue.id'] ?? '',
          shortId: row.issue ?? '',
          title: row.title ?? '',
          at: row.timestamp,
          level: row.level,
          platform: row.platform,
          traceId: row.trace || undefined,
          url: row.url || undefined,
          transaction: row.transaction || undefined,
        }),
      ),
  ),
});

export const WireEventIssue = z
  .object({ groupId: id, eventId: z.string(), event: vague(z.object({ eventID: z.string() })) })
  // Sentry's own eventId here is sometimes the row's, not the event's.
  .transform(({ groupId, eventId, event }) => ({
    issueId: groupId,
    eventId: (event?.eventID ?? eventId).replaceAll('-', ''),
  }));

export const WireHashes = z.array(z.object({ id: z.string() }));

export const WireProject = z.object({ id, slug: z.string(), name: text, platform: text });

export const WireKeys = z.array(z.object({ isActive: vague(z.boolean()), dsn: z.object({ public: z.string() }) }));

/** What is left of an issue's change. */
export const WireUpdated = z.object({ status: z.string() });
