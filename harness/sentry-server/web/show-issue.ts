/** An issue as the Web API shows it. */
import type { Context } from 'hono';
import { z } from 'zod';
import type { ServerParts } from '../server-parts.ts';
import { listActivities } from '../storage/activities.ts';
import { listTagCounts } from '../storage/issue-tags.ts';
import { countPerInterval, latestEvent } from '../storage/issues.ts';
import { findProject } from '../storage/projects.ts';
import { hasItems } from '../storage/read-items.ts';
import { findRelease } from '../storage/releases.ts';
import { type ActivityRow, CountRow, type IssueRow } from '../storage/rows.ts';
import { formatShortId } from '../storage/short-id.ts';
import { feedbackOfIssue } from '../telemetry/feedback.ts';
import { showAssignee } from './assignee.ts';
import { showTime } from './show-project.ts';
import { showRelease } from './show-release.ts';
import { USER } from './show-user.ts';
import { periodMs } from './sql-condition.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** As in lists; `collapse=stats` leaves the timelines out. */
export function showIssue(parts: ServerParts, c: Context, issue: IssueRow): Record<string, unknown> {
  const project = findProject(parts.db, String(issue.project_id));
  const slug = project?.slug ?? '';
  const userCount = issue.user_count;
  const now = parts.now().getTime();
  const collapsed = new Set(c.req.queries('collapse'));
  const span = timelineOf(c);
  const notes = parts.db.one(
    CountRow,
    "SELECT count(*) AS count FROM activities WHERE issue_id = ? AND type = 'note'",
    issue.id,
  );
  const seen = { firstSeen: showTime(issue.first_seen), lastSeen: showTime(issue.last_seen) };
  return {
    id: String(issue.id),
    shareId: null,
    shortId: formatShortId(slug, issue.short_number),
    title: issue.title,
    culprit: issue.culprit,
    permalink: `${parts.baseUrl(c.req.raw)}/organizations/${encodeURIComponent(parts.org)}/issues/${issue.id}/`,
    logger: issue.logger,
    level: issue.level,
    status: issue.status,
    statusDetails: shownDetails(issue),
    substatus: substatusOf(issue, now),
    isPublic: issue.is_public,
    platform: issue.platform,
    priority: issue.priority,
    priorityLockedAt: null,
    seerFixabilityScore: null,
    seerAutofixLastTriggered: null,
    seerExplorerAutofixLastTriggered: null,
    project: { id: String(issue.project_id), name: project?.name ?? slug, slug, platform: project?.platform ?? null },
    type: issue.type,
    issueType: issue.category,
    issueCategory: issue.category,
    metadata: issue.metadata,
    numComments: notes?.count ?? 0,
    assignedTo: showAssignee(parts.db, issue.assigned_to),
    isBookmarked: issue.is_bookmarked,
    isSubscribed: issue.is_subscribed,
    subscriptionDetails: null,
    hasSeen: issue.has_seen,
    annotations: [],
    isUnhandled: issue.is_unhandled,
    ...expanded(parts, issue, new Set(c.req.queries('expand'))),
    count: String(issue.count),
    userCount,
    ...seen,
    ...(collapsed.has('lifetime') ? {} : { lifetime: { count: String(issue.count), userCount, ...seen, stats: {} } }),
    ...(collapsed.has('filtered') ? {} : { filtered: null }),
    ...(collapsed.has('stats')
      ? {}
      : {
          stats: {
            [span.name]: countPerInterval(parts.db, issue.id, { from: now - span.length, to: now, step: span.step }),
          },
        }),
  };
}

/** No tracker and no app is linked to this server, so their lists are empty. */
function expanded(parts: ServerParts, issue: IssueRow, wanted: ReadonlySet<string>): Record<string, unknown> {
  const latest = wanted.has('latestEventHasAttachments') ? latestEvent(parts.db, issue.id) : undefined;
  const scope = { types: ['attachment'], projects: [issue.project_id], eventId: latest?.id ?? '' };
  return {
    ...(wanted.has('latestEventHasAttachments') ? { latestEventHasAttachments: hasItems(parts.db, scope) } : {}),
    ...(wanted.has('integrationIssues') ? { integrationIssues: [] } : {}),
    ...(wanted.has('sentryAppIssues') ? { sentryAppIssues: [] } : {}),
  };
}

/** As on its own: with activity and releases. */
export function showIssueDetails(parts: ServerParts, c: Context, issue: IssueRow): Record<string, unknown> {
  const release = (version: string | null) => {
    const row = version === null ? undefined : findRelease(parts.db, version);
    return row === undefined ? null : showRelease(parts, row);
  };
  return {
    ...showIssue(parts, c, issue),
    ...(c.req.queries('collapse')?.includes('tags') ? {} : { tags: tagTotals(parts, issue.id) }),
    activity: listActivities(parts.db, issue.id).map(showActivity),
    firstRelease: release(issue.first_release),
    lastRelease: release(issue.last_release),
    seenBy: [],
    participants: [],
    pluginActions: [],
    pluginIssues: [],
    pluginContexts: [],
    userReportCount: feedbackOfIssue(parts.db, issue).length,
  };
}

function tagTotals(parts: ServerParts, issueId: number): Record<string, unknown>[] {
  const groups = Map.groupBy(listTagCounts(parts.db, issueId), ({ key }) => key);
  return [...groups].map(([key, counts]) => ({
    key,
    name: key,
    totalValues: counts.reduce((sum, { count }) => sum + count, 0),
    uniqueValues: counts.length,
  }));
}

/** What a person did; the rest happened by itself. */
const OF_USERS = new Set([
  'note',
  'assigned',
  'unassigned',
  'set_resolved',
  'set_resolved_in_release',
  'set_resolved_in_commit',
  'set_ignored',
]);

export function showActivity(activity: ActivityRow): Record<string, unknown> {
  const user = OF_USERS.has(activity.type) ? USER : null;
  return {
    id: String(activity.id),
    type: activity.type,
    user,
    data: activity.data,
    dateCreated: showTime(activity.at),
  };
}

/** An issue is new for a week. */
function substatusOf(issue: IssueRow, now: number): string | null {
  const isYoung = issue.substatus !== 'new' || now - issue.first_seen < 7 * DAY;
  return isYoung ? issue.substatus : 'ongoing';
}

function shownDetails({ status_details }: IssueRow): Record<string, unknown> {
  const { inCommit, ...details } = status_details;
  const shown = Object.entries(details).filter(([key]) => !OWN_DETAILS.has(key));
  const commit = z.object({ commit: z.string() }).safeParse(inCommit);
  return { ...Object.fromEntries(shown), ...(commit.success ? { inCommit: commit.data.commit } : {}) };
}

/** Kept with an issue's state for this server alone. */
const OWN_DETAILS = new Set(['countThen', 'archivedAt', 'escalatesAbove']);

interface Timeline {
  readonly name: string;
  /** Milliseconds. */
  readonly step: number;
  readonly length: number;
}

/** A project's list says `statsPeriod`, the organisation's `groupStatsPeriod`, where `auto` follows the list's own period. */
function timelineOf(c: Context): Timeline {
  const asked =
    c.req.query('groupStatsPeriod') || (c.req.param('project') === undefined ? '' : c.req.query('statsPeriod'));
  if (asked === '14d') return { name: '14d', step: DAY, length: 14 * DAY };
  const period = c.req.query('statsPeriod');
  if (asked !== 'auto' || !period) return { name: '24h', step: HOUR, length: DAY };
  const length = Math.min(periodMs(period), 90 * DAY);
  return { name: 'auto', step: length <= 2 * DAY ? HOUR : DAY, length };
}
