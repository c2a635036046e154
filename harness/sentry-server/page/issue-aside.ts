/** Beside the event: how often and since when, how its tags are spread, its releases, and what was done about it. */
import { type Html, html } from '../../markup/html-tag.ts';
import type { ServerParts } from '../server-parts.ts';
import { listActivities } from '../storage/activities.ts';
import { listTagCounts, type TagCount } from '../storage/issue-tags.ts';
import { countsPerInterval, usersPerIssue } from '../storage/page-counts.ts';
import type { ActivityRow, IssueRow } from '../storage/rows.ts';
import { crashFreeSessions } from './crash-free.ts';
import { issuePath, searchPath, searchTerm } from './issue-words.ts';
import { sparkline } from './sparkline.ts';
import { agoTag, counted, cut, instantTag, number } from './words.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const TOP = 5;

export function issueFacts(parts: ServerParts, issue: IssueRow): Html {
  const now = parts.now().getTime();
  const days = countsPerInterval(parts.db, [issue.id], { step: DAY, length: 14, now }).get(issue.id) ?? [];
  const hours = countsPerInterval(parts.db, [issue.id], { step: HOUR, length: 24, now }).get(issue.id) ?? [];
  const users = usersPerIssue(parts.db, [issue.id]).get(issue.id) ?? 0;
  const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
  const row = (name: string, value: Html | string): Html => html`<dt>${name}</dt><dd>${value}</dd>`;
  return html`<section class="card part" aria-labelledby="numbers"><h2 id="numbers">In numbers</h2>
<dl class="facts">
${row('Events', number(issue.count))}
${row('Users', number(users))}
${row('First seen', html`${instantTag(issue.first_seen, now)}${inRelease(issue.first_release)}`)}
${row('Last seen', html`${instantTag(issue.last_seen, now)}${inRelease(issue.last_release)}`)}
${row('Priority', issue.priority)}
${issue.assigned_to !== null && row('Assigned to', issue.assigned_to)}
</dl>
<h3>24 hours <span class="soft">${counted(sum(hours), 'event')}</span></h3>
${sparkline(hours, `${counted(sum(hours), 'event')} in 24 hours, one bar per hour`)}
<h3>14 days <span class="soft">${counted(sum(days), 'event')}</span></h3>
${sparkline(days, `${counted(sum(days), 'event')} in 14 days, one bar per day`)}
</section>`;
}

function inRelease(version: string | null): Html | undefined {
  if (version === null) return undefined;
  return html`<br>in <a href="${searchPath(searchTerm('release', version))}"><bdi>${version}</bdi></a>`;
}

export function tagSection(parts: ServerParts, issue: IssueRow): Html | undefined {
  const counts = listTagCounts(parts.db, issue.id);
  const keys = Map.groupBy(counts, ({ key }) => key);
  if (keys.size === 0) return undefined;
  const releases = keys.get('release');
  keys.delete('release');
  return html`${releases && releaseSection(parts, issue, releases)}
<section class="card part" aria-labelledby="tags"><h2 id="tags">Tags</h2>
${[...keys].map(([key, values], index) => distribution({ key, values, id: `tag-${index}` }, issue.count))}</section>`;
}

function distribution(
  { key, values, id }: { key: string; values: readonly TagCount[]; id: string },
  events: number,
): Html {
  const top = values.slice(0, TOP);
  const left = values.length - top.length;
  return html`<h3 id="${id}"><bdi>${key}</bdi></h3><ul class="spread" aria-labelledby="${id}">${top.map(
    ({ value, count }) => {
      const percent = Math.round((count / events) * 100);
      return html`<li><a href="${searchPath(searchTerm(key, value))}"><bdi>${cut(value, 120) || '(empty)'}</bdi></a> <span class="num">${percent < 1 ? '< 1' : percent} %</span>
<svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"><rect width="${Math.max(1, percent)}" height="1"/></svg></li>`;
    },
  )}${left > 0 && html`<li class="soft small">and ${counted(left, 'other value')}</li>`}</ul>`;
}

function releaseSection(parts: ServerParts, issue: IssueRow, releases: readonly TagCount[]): Html {
  const now = parts.now().getTime();
  const newest = releases.toSorted((a, b) => b.last - a.last).slice(0, 10);
  const versions = newest.map(({ value }) => value);
  const healths = crashFreeSessions(parts, issue.project_id, versions);
  const hasHealth = healths.size > 0;
  return html`<section class="card part" aria-labelledby="releases"><h2 id="releases">Releases</h2><table>
<thead><tr><th scope="col">Release</th><th scope="col" class="num">Events</th>${hasHealth && html`<th scope="col" class="num">Crash-free sessions</th>`}<th scope="col">Last seen</th></tr></thead><tbody>${newest.map(
    ({ value, count, last }) =>
      html`<tr><th scope="row"><a href="${searchPath(searchTerm('release', value))}"><bdi>${value}</bdi></a></th><td class="num">${number(count)}</td>${hasHealth && html`<td class="num">${healths.get(value) ?? '—'}</td>`}<td class="time">${agoTag(last, now)}</td></tr>`,
  )}</tbody></table></section>`;
}

/** Newest first. */
export function activitySection(parts: ServerParts, issue: IssueRow, form: Html): Html {
  const now = parts.now().getTime();
  const items = listActivities(parts.db, issue.id)
    .slice(0, 50)
    .map(
      (activity) =>
        html`<li>${activityWords(parts, activity)} <span class="soft small">${agoTag(activity.at, now)}</span></li>`,
    );
  return html`<section class="card part" aria-labelledby="activity"><h2 id="activity">Activity</h2>${form}<ol class="activity">${items}</ol></section>`;
}

function activityWords(parts: ServerParts, { type, data, issue_id: issue }: ActivityRow): Html {
  const text = (key: string): string | undefined => {
    const value = data[key];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  switch (type) {
    case 'note':
      return html`<p class="pre">${cut(text('text') ?? '', 10_000)}</p>`;
    case 'first_seen':
      return html`First seen`;
    case 'set_resolved':
      return html`Resolved`;
    case 'set_resolved_in_release': {
      const release = text('inRelease') ?? text('version');
      return release === undefined ? html`Resolved in the next release` : html`Resolved in <bdi>${release}</bdi>`;
    }
    case 'set_resolved_in_commit':
      return html`Resolved by a commit`;
    case 'set_unresolved':
      return html`Reopened`;
    case 'set_ignored':
      return html`Archived`;
    case 'merge':
      return html`${counted(Array.isArray(data.issues) ? data.issues.length : 1, 'issue')} became part of it`;
    case 'unmerge_source':
      return html`Some of its events became an issue of their own`;
    case 'unmerge_destination':
      return html`Taken out of another issue`;
    case 'set_regression': {
      const event = text('event_id');
      const release = text('version');
      const words = html`Came back${release !== undefined && html` in <bdi>${release}</bdi>`}`;
      return event === undefined
        ? words
        : html`<a href="${issuePath(parts, issue)}events/${encodeURIComponent(event)}/">${words}</a>`;
    }
    default:
      return html`${type.replaceAll('_', ' ')}`;
  }
}
