/** Searches over issues that the table of their tags answers, without a look at events. */
import { own } from '../own.ts';
import { ERROR_VALUE } from '../storage/common-tags.ts';
import { userHash } from '../storage/user-hash.ts';
import type { Filter } from './search-query.ts';
import { any, type Condition, condition, not, textFilter } from './sql-condition.ts';
import { betweenWildcards, hasWildcard } from './wildcards.ts';

export interface IndexedFilter {
  /** On `issues`: what it leaves out has no event that the filter means. */
  readonly condition: Condition;
  /** Whether what it lets in has such an event. */
  readonly isExact: boolean;
  /** On `issues`: all events of what it lets in are such events. Undefined where nothing is known of all events. */
  readonly common?: Condition;
}

/** Search keys whose column of `events` has another name as a tag, or none. */
const KEYS: Readonly<Record<string, string>> = {
  'http.url': 'url',
  platform: ' platform',
  'platform.name': ' platform',
  'error.type': ' error.type',
};

/** Keys of columns that are no tags, and of searches that mean something of their own. */
const NOT_TAGS = new Set([
  'id',
  'trace',
  'title',
  'culprit',
  'message',
  'event.type',
  'error.value',
  'error.unhandled',
  'error.handled',
  'timestamp',
  'event.timestamp',
  'issue',
  'issue.id',
  'group.id',
  'project',
  'project.name',
  'project.id',
  'is',
  'user.id',
  'user.email',
  'user.username',
  'user.ip',
  'http.method',
  'sdk.name',
  'sdk.version',
  'stack.filename',
  'stack.abs_path',
  'stack.function',
  'stack.module',
  'stack.package',
]);

/** Tags are cut to this length; a longer value has to be looked for in the events. */
const LONGEST = 199;

/** Undefined where the filter is none of a tag. Whether it is negated is the caller's affair. */
export function indexedFilter(filter: Filter): IndexedFilter | undefined {
  const { key, values } = filter;
  if (values.some((value) => value === '' || value === 'latest' || value.length > LONGEST)) return undefined;
  if (key === 'has') {
    if (values.some((value) => NOT_TAGS.has(value) || value === 'user')) return undefined;
    return {
      condition: any(values.map((value) => withTag(condition('key = ?', own(KEYS, value) ?? value)))),
      isExact: true,
    };
  }
  if (key === 'user') return values.some(hasWildcard) ? undefined : byUser(values);
  if (key === 'error.value' && filter.operator === '=') return byErrorValue({ ...filter, isNegated: false });
  if (NOT_TAGS.has(key) || filter.operator !== '=') return undefined;
  const tag = own(KEYS, key) ?? key;
  const meant = { ...filter, isNegated: false };
  const value = textFilter('value', meant);
  const tagged = withTag({ sql: `key = ? AND ${value.sql}`, values: [tag, ...value.values] });
  // Other keys are no part of a path, which must be no parameter.
  if (!/^ ?[\w.-]{1,200}$/.test(tag)) return { condition: tagged, isExact: true };
  const common = textFilter(`json_extract(issues.common_tags, '$."${tag}"')`, meant);
  return { condition: tagged, isExact: true, common };
}

/** Issues whose events all but one of the filters mean: who has an event for that one has an event for all. */
export function allButOne(filters: readonly (IndexedFilter | undefined)[]): Condition | undefined {
  if (filters.some((filter) => filter?.isExact !== true)) return undefined;
  const known = filters.flatMap((filter) => filter?.common ?? []);
  if (known.length < filters.length - 1) return undefined;
  const sql = `${known.map((one) => `coalesce(${one.sql}, 0)`).join(' + ')} >= ${filters.length - 1}`;
  return { sql, values: known.flatMap(({ values }) => values) };
}

function withTag(inner: Condition): Condition {
  return { sql: `issues.id IN (SELECT issue_id FROM issue_tags WHERE ${inner.sql})`, values: inner.values };
}

/** Two users may share a digest: the events have the last word. */
function byUser(values: readonly string[]): IndexedFilter {
  const users = any(values.map((value) => condition('user_hash = ?', userHash(betweenWildcards(value)[0]))));
  const sql = `issues.id IN (SELECT issue_id FROM issue_users WHERE ${users.sql})`;
  return { condition: { sql, values: users.values }, isExact: false };
}

/** Only the events of issues whose errors differ in their values are looked at. */
function byErrorValue(filter: Filter): IndexedFilter {
  const path = `'$."${ERROR_VALUE}"'`;
  const common = textFilter(`json_extract(issues.common_tags, ${path})`, filter);
  const some = textFilter('events.error_value', filter);
  const sql = `(CASE WHEN json_type(issues.common_tags, ${path}) IS NULL
    THEN EXISTS (SELECT 1 FROM events WHERE events.issue_id = issues.id AND ${some.sql}) ELSE coalesce(${common.sql}, 0) END)`;
  return { condition: { sql, values: [...some.values, ...common.values] }, isExact: true, common };
}

/** Negated, as `not` does it, where the index alone can tell. */
export function indexedNegation(filter: Filter): Condition | undefined {
  const indexed = indexedFilter(filter);
  return indexed?.isExact === true ? not(indexed.condition, true) : undefined;
}
