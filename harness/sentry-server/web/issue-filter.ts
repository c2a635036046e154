/** Which issues a search means: conditions on the issue itself, and on its events. */
import type { Context } from 'hono';
import type { ServerParts } from '../server-parts.ts';
import { findProject } from '../storage/projects.ts';
import { badRequest } from './api-error.ts';
import { eventFilter, projectIds, timeRange } from './event-filter.ts';
import { type Filter, parseSearch } from './search-query.ts';
import {
  all,
  any,
  type Condition,
  condition,
  contains,
  not,
  numberFilter,
  textFilter,
  timeFilter,
} from './sql-condition.ts';
import { indexedFilter, indexedNegation } from './tag-index.ts';

const IS: Readonly<Record<string, string>> = {
  unresolved: "issues.status = 'unresolved'",
  resolved: "issues.status = 'resolved'",
  archived: "issues.status = 'ignored'",
  ignored: "issues.status = 'ignored'",
  muted: "issues.status = 'ignored'",
  new: "issues.status = 'unresolved' AND issues.substatus = 'new'",
  ongoing: "issues.status = 'unresolved' AND issues.substatus = 'ongoing'",
  regressed: "issues.status = 'unresolved' AND issues.substatus = 'regressed'",
  escalating: "issues.status = 'unresolved' AND issues.substatus = 'escalating'",
  for_review: "issues.status = 'unresolved' AND issues.substatus IN ('new', 'regressed', 'escalating')",
  assigned: 'issues.assigned_to IS NOT NULL',
  unassigned: 'issues.assigned_to IS NULL',
  unhandled: 'issues.is_unhandled = 1',
};

/** Conditions on `issues` for a request's `query` and scope. */
export function issueFilter(parts: ServerParts, c: Context, query: string): Condition {
  const { filters, text } = parseSearch(query);
  const onIssue: Condition[] = [];
  const onEvent: Condition[] = [];
  const meant: Filter[] = [];
  for (const filter of filters) {
    const own = ownFilter(parts, filter);
    if (own !== undefined) onIssue.push(own);
    else if (filter.isNegated)
      onIssue.push(
        indexedNegation(filter) ?? not(someEvent([eventFilter(parts, { ...filter, isNegated: false })]), true),
      );
    else meant.push(filter);
  }
  const environments = (c.req.queries('environment') ?? []).filter((environment) => environment !== '');
  for (const value of environments)
    meant.push({ key: 'environment', isNegated: false, operator: '=', values: [value] });
  for (const filter of meant) {
    const indexed = indexedFilter(filter);
    if (indexed !== undefined) onIssue.push(indexed.condition);
    // That one event meets all conditions only the events can tell.
    if (indexed?.isExact !== true || meant.length > 1) onEvent.push(eventFilter(parts, filter));
  }
  const projects = projectIds(parts, c);
  if (projects.length > 0) onIssue.push(any(projects.map((id) => condition('issues.project_id = ?', id))));
  for (const { operator, at } of timeRange(parts, c)) {
    onIssue.push(condition(operator === '>=' ? 'issues.last_seen >= ?' : 'issues.first_seen < ?', at));
  }
  if (text !== '')
    onIssue.push(any(['issues.title', 'issues.culprit', 'issues.metadata'].map((column) => contains(column, text))));
  return all([...onIssue, ...(onEvent.length > 0 ? [someEvent(onEvent)] : [])]);
}

/** One event must meet all of them. */
function someEvent(conditions: readonly Condition[]): Condition {
  const { sql, values } = all(conditions);
  return { sql: `EXISTS (SELECT 1 FROM events WHERE events.issue_id = issues.id AND ${sql})`, values };
}

function ownFilter(parts: ServerParts, filter: Filter): Condition | undefined {
  const now = parts.now().getTime();
  switch (filter.key) {
    case 'is':
      return not(any(filter.values.map(isCondition)), filter.isNegated);
    case 'timesSeen':
      return numberFilter('issues.count', filter);
    case 'firstSeen':
    case 'age':
      return timeFilter('issues.first_seen', filter, now);
    case 'lastSeen':
      return timeFilter('issues.last_seen', filter, now);
    case 'firstRelease':
    case 'first-release':
      return textFilter('issues.first_release', filter);
    case 'issue.id':
      return numberFilter('issues.id', filter);
    case 'issue.priority':
      return textFilter('issues.priority', filter);
    case 'title':
      return textFilter('issues.title', filter);
    case 'assigned':
    case 'assigned_to':
      return textFilter('issues.assigned_to', filter);
    case 'project':
      return not(
        any(filter.values.map((value) => condition('issues.project_id = ?', findProject(parts.db, value)?.id ?? -1))),
        filter.isNegated,
      );
    default:
      return undefined;
  }
}

function isCondition(value: string): Condition {
  const sql = IS[value];
  if (sql === undefined)
    throw badRequest(`Invalid value for "is" search, valid values are ${JSON.stringify(Object.keys(IS).sort())}`);
  return condition(`(${sql})`);
}
