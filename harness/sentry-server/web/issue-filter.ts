/** Which issues a search means: conditions on the issue itself, and on its events. */
import type { Context } from 'hono';
import { own } from '../own.ts';
import type { ServerParts } from '../server-parts.ts';
import { findProject } from '../storage/projects.ts';
import { badRequest } from './api-error.ts';
import { assigneeOf } from './assignee.ts';
import { environmentsAsked, eventFilter, projectIds, timeRange } from './event-filter.ts';
import { asReleases } from './release-filter.ts';
import { type Filter, parseSearch } from './search-query.ts';
import {
  all,
  any,
  type Condition,
  condition,
  not,
  numberFilter,
  textFilter,
  timeFilter,
  wordFilter,
} from './sql-condition.ts';
import { allButOne, indexedFilter, indexedNegation } from './tag-index.ts';

/** An issue is new for a week, then ongoing. */
const NEW_FOR = 7 * 86_400_000;

const IS: Readonly<Record<string, string>> = {
  unresolved: "issues.status = 'unresolved'",
  resolved: "issues.status = 'resolved'",
  archived: "issues.status = 'ignored'",
  ignored: "issues.status = 'ignored'",
  muted: "issues.status = 'ignored'",
  new: "issues.status = 'unresolved' AND issues.substatus = 'new' AND issues.first_seen > :young",
  ongoing:
    "issues.status = 'unresolved' AND (issues.substatus = 'ongoing' OR issues.substatus = 'new' AND issues.first_seen <= :young)",
  regressed: "issues.status = 'unresolved' AND issues.substatus = 'regressed'",
  escalating: "issues.status = 'unresolved' AND issues.substatus = 'escalating'",
  archived_until_escalating: "issues.status = 'ignored' AND issues.substatus = 'archived_until_escalating'",
  archived_until_condition_met: "issues.status = 'ignored' AND issues.substatus = 'archived_until_condition_met'",
  archived_forever: "issues.status = 'ignored' AND issues.substatus = 'archived_forever'",
  for_review:
    "issues.status = 'unresolved' AND (issues.substatus IN ('regressed', 'escalating') OR issues.substatus = 'new' AND issues.first_seen > :young)",
  assigned: 'issues.assigned_to IS NOT NULL',
  unassigned: 'issues.assigned_to IS NULL',
  unhandled: 'issues.is_unhandled = 1',
  // No tracker of issues is linked to this server.
  linked: '0',
  unlinked: '1',
};

/** Conditions on `issues` for a request's `query` and scope. */
export function issueFilter(parts: ServerParts, c: Context, query: string): Condition {
  const { filters, text } = parseSearch(query);
  const onIssue: Condition[] = [condition('issues.leaving IS NULL')];
  const onEvent: Condition[] = [];
  const meant: Filter[] = [];
  // As at Sentry, what users wrote is listed only where the search names a category.
  if (!filters.some(({ key }) => CATEGORY.has(key))) onIssue.push(condition("issues.category = 'error'"));
  for (const filter of filters.map((given) => asReleases(parts, given))) {
    const own = ownFilter(parts, filter);
    if (own !== undefined) onIssue.push(own);
    else if (filter.isNegated)
      onIssue.push(
        indexedNegation(filter) ?? not(someEvent([eventFilter(parts, { ...filter, isNegated: false })]), true),
      );
    else meant.push(filter);
  }
  for (const value of environmentsAsked(c))
    meant.push({ key: 'environment', isNegated: false, operator: '=', values: [value] });
  const indexed = meant.map((filter) => indexedFilter(filter));
  for (const [index, filter] of meant.entries()) {
    const known = indexed[index];
    if (known !== undefined) onIssue.push(known.condition);
    // That one event meets all conditions only the events can tell, where they differ.
    if (known?.isExact !== true || meant.length > 1) onEvent.push(eventFilter(parts, filter));
  }
  const isTold = meant.length > 1 ? allButOne(indexed) : undefined;
  const projects = projectIds(parts, c);
  if (projects.length > 0) onIssue.push(any(projects.map((id) => condition('issues.project_id = ?', id))));
  // A project's own list takes statsPeriod for its timelines only.
  const range = c.req.param('project') === undefined ? timeRange(parts, c) : [];
  for (const { operator, at } of range) {
    onIssue.push(condition(operator === '>=' ? 'issues.last_seen >= ?' : 'issues.first_seen < ?', at));
  }
  const hashes = (c.req.queries('hashes') ?? []).filter((hash) => hash !== '').slice(0, 100);
  if (hashes.length > 0)
    onIssue.push(
      condition(
        'issues.id IN (SELECT issue_id FROM hashes WHERE hash IN (SELECT value FROM json_each(?)))',
        JSON.stringify(hashes),
      ),
    );
  if (text !== '') onIssue.push(wordFilter(WORDS, { key: 'message', isNegated: false, operator: '=', values: [text] }));
  if (onEvent.length > 0) onIssue.push(any([...(isTold === undefined ? [] : [isTold]), someEvent(onEvent)]));
  return all(onIssue);
}

const CATEGORY = new Set(['issue.category', 'issue.type']);

const WORDS = ['issues.title', 'issues.culprit', 'issues.metadata'];

/** One event must meet all of them. */
function someEvent(conditions: readonly Condition[]): Condition {
  const { sql, values } = all(conditions);
  return { sql: `EXISTS (SELECT 1 FROM events WHERE events.issue_id = issues.id AND ${sql})`, values };
}

function ownFilter(parts: ServerParts, filter: Filter): Condition | undefined {
  const now = parts.now().getTime();
  switch (filter.key) {
    case 'is':
    case 'status':
      return not(any(filter.values.map((value) => isCondition(value, now))), filter.isNegated);
    case 'timesSeen':
    case 'times_seen':
      return numberFilter('issues.count', filter);
    case 'firstSeen':
    case 'first_seen':
    case 'age':
      return timeFilter('issues.first_seen', filter, now);
    case 'lastSeen':
    case 'last_seen':
      return timeFilter('issues.last_seen', filter, now);
    case 'firstRelease':
    case 'first-release':
      return textFilter('issues.first_release', asReleases(parts, { ...filter, key: 'release' }));
    case 'message':
      return wordFilter(WORDS, filter);
    case 'issue.id':
      return numberFilter('issues.id', filter);
    case 'issue.priority':
      return textFilter('issues.priority', withPriorities(filter));
    case 'title':
      return textFilter('issues.title', filter);
    case 'assigned':
    case 'assigned_to':
    case 'assigned_or_suggested':
      return not(any(filter.values.map((value) => assigneeCondition(parts, value))), filter.isNegated);
    case 'bookmarks':
      return not(condition('issues.is_bookmarked = 1'), filter.isNegated);
    case 'subscribed':
      return not(condition('issues.is_subscribed = 1'), filter.isNegated);
    case 'issue.category':
    case 'issue.type':
      return textFilter('issues.category', filter);
    case 'project':
      return not(
        any(filter.values.map((value) => condition('issues.project_id = ?', findProject(parts.db, value)?.id ?? -1))),
        filter.isNegated,
      );
    default:
      return undefined;
  }
}

function withPriorities(filter: Filter): Filter {
  const wrong = filter.values.find((value) => !['high', 'medium', 'low'].includes(value));
  if (wrong !== undefined) throw badRequest(`Invalid priority value of '${wrong}'`);
  return filter;
}

/** `me`, `none`, `my_teams`, `#team`, or as the issue was assigned; `[me, none]` names several. */
function assigneeCondition(parts: ServerParts, value: string): Condition {
  if (value === 'none') return condition('issues.assigned_to IS NULL');
  if (value === 'my_teams') return condition("issues.assigned_to LIKE 'team:%'");
  return condition('issues.assigned_to = ?', assigneeOf(parts.db, value));
}

function isCondition(value: string, now: number): Condition {
  const sql = own(IS, value);
  if (sql === undefined)
    throw badRequest(`Invalid value for "is" search, valid values are ${JSON.stringify(Object.keys(IS).sort())}`);
  const young = sql.split(':young').length - 1;
  return condition(`(${sql.replaceAll(':young', '?')})`, ...Array.from({ length: young }, () => now - NEW_FOR));
}
