/** An issue as the Web API shows it. */
import type { Context } from 'hono';
import type { ServerParts } from '../server-parts.ts';
import { listActivities } from '../storage/activities.ts';
import { countPerInterval } from '../storage/issues.ts';
import { findProject } from '../storage/projects.ts';
import { findRelease } from '../storage/releases.ts';
import { type ActivityRow, CountRow, type IssueRow } from '../storage/rows.ts';
import { formatShortId } from '../storage/short-id.ts';
import { showTime } from './show-project.ts';
import { showRelease } from './show-release.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** As in lists; `collapse=stats` leaves the timelines out. */
export function showIssue(parts: ServerParts, c: Context, issue: IssueRow): Record<string, unknown> {
  const project = findProject(parts.db, String(issue.project_id));
  const slug = project?.slug ?? '';
  const userCount = issue.user_count;
  const now = parts.now().getTime();
  const collapsed = new Set(c.req.queries('collapse'));
  const span =
    c.req.query('groupStatsPeriod') === '14d'
      ? { name: '14d', step: DAY, length: 14 * DAY }
      : { name: '24h', step: HOUR, length: DAY };
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
    issueType: 'error',
    issueCategory: 'error',
    metadata: issue.metadata,
    numComments: notes?.count ?? 0,
    assignedTo: showAssignee(issue.assigned_to),
    isBookmarked: issue.is_bookmarked,
    isSubscribed: issue.is_subscribed,
    subscriptionDetails: null,
    hasSeen: issue.has_seen,
    annotations: [],
    isUnhandled: issue.is_unhandled,
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

/** As on its own: with activity and releases. */
export function showIssueDetails(parts: ServerParts, c: Context, issue: IssueRow): Record<string, unknown> {
  const release = (version: string | null) => {
    const row = version === null ? undefined : findRelease(parts.db, version);
    return row === undefined ? null : showRelease(parts, row);
  };
  return {
    ...showIssue(parts, c, issue),
    activity: listActivities(parts.db, issue.id).map(showActivity),
    firstRelease: release(issue.first_release),
    lastRelease: release(issue.last_release),
    seenBy: [],
    participants: [],
    pluginActions: [],
    pluginIssues: [],
    pluginContexts: [],
    userReportCount: 0,
  };
}

export function showActivity(activity: ActivityRow): Record<string, unknown> {
  const user = activity.type === 'note' ? { id: '1', name: 'mendwright', username: 'mendwright', email: '' } : null;
  return {
    id: String(activity.id),
    type: activity.type,
    user,
    data: activity.data,
    dateCreated: showTime(activity.at),
  };
}

/** An issue is new, or regressed, for a week. */
function substatusOf(issue: IssueRow, now: number): string | null {
  const isYoung = issue.substatus !== 'new' || now - issue.first_seen < 7 * DAY;
  return isYoung ? issue.substatus : 'ongoing';
}

function shownDetails({ status_details }: IssueRow): Record<string, unknown> {
  const { countThen: _, ...shown } = status_details;
  return shown;
}

function showAssignee(assignee: string | null): Record<string, string> | null {
  if (assignee === null) return null;
  const [, type = 'user', id = assignee] = /^(?<type>user|team):(?<id>.*)$/.exec(assignee) ?? [];
  return { type, id, name: id };
}
