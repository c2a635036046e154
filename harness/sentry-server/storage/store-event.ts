/** Puts one error event into its issue: finds or makes the issue by hash, counts, and reopens what was resolved. */
import type { SQLInputValue } from 'node:sqlite';
import { z } from 'zod';
import type { Arrival } from '../event/arrival.ts';
import { addActivity } from './activities.ts';
import { wakes } from './archive-conditions.ts';
import { compareTags, firstCommonTags } from './common-tags.ts';
import type { Database } from './database.ts';
import { addToHour, countUser, HOUR } from './issue-statistics.ts';
import { countTags, noteTags, type SeenTags, UNCOUNTED } from './issue-tags.ts';
import { isRegression } from './regression.ts';
import { ensureRelease } from './releases.ts';
import { IdRow, IssueRow } from './rows.ts';

export interface StoredEvent {
  readonly issueId: number;
  readonly shortNumber: number;
  readonly isNew: boolean;
}

/**
 * Kept out are events whose id the project has already (a repetition counts once, as at Sentry), and those of an issue that was
 * discarded.
 */
export function storeEvent(
  db: Database,
  projectId: number,
  arrival: Arrival,
  seen: SeenTags,
): StoredEvent | 'duplicate' | 'discarded' {
  const existing = issueOfHashes(db, projectId, arrival.hashes);
  // The index of ids refuses a repetition; only a new issue must not be made before that is known.
  if (existing === undefined && hasEvent(db, projectId, arrival)) return 'duplicate';
  if (existing?.leaving === 'discarded') return 'discarded';
  const issue = existing ?? addIssue(db, projectId, arrival);
  if (!addEvent(db, projectId, issue.id, arrival)) return 'duplicate';
  const { release } = arrival.words;
  if (release !== undefined && !seen.add(projectId, ' release', release))
    ensureRelease(db, release, projectId, arrival.receivedAt);
  for (const hash of arrival.hashes) {
    if (seen.add(issue.id, ' hash', hash)) continue;
    const sql = 'INSERT INTO hashes (project_id, hash, issue_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING';
    db.run(sql, projectId, hash, issue.id);
  }
  const isNewUser = arrival.user !== undefined && countUser(db, issue.id, arrival.user);
  // What an issue's events have in common was noted with the first of them.
  const { common, others } = compareTags(existing?.common_tags ?? '{}', arrival);
  noteTags(db, seen, issue.id, others);
  if (existing !== undefined) joinIssue(db, { ...existing, common_tags: common }, arrival, isNewUser);
  return { issueId: issue.id, shortNumber: issue.short_number, isNew: existing === undefined };
}

function hasEvent(db: Database, projectId: number, { id }: Arrival): boolean {
  const sql = 'SELECT number AS id FROM events WHERE id = ? AND project_id = ?';
  return db.one(IdRow, sql, id, projectId) !== undefined;
}

/** What an arriving event needs to know of its issue. */
const KnownIssue = z.object({
  id: z.number(),
  short_number: z.number(),
  status: z.string(),
  tags_uncounted: z.number(),
  hour: z.number(),
  hour_count: z.number(),
  leaving: z.string().nullable(),
  common_tags: z.string(),
});
type KnownIssue = z.infer<typeof KnownIssue>;

/** The first hash that is known decides. */
function issueOfHashes(db: Database, projectId: number, hashes: readonly string[]): KnownIssue | undefined {
  for (const hash of hashes) {
    const issue = db.one(
      KnownIssue,
      `SELECT issues.id, short_number, status, tags_uncounted, hour, hour_count, leaving, common_tags
       FROM hashes JOIN issues ON issues.id = hashes.issue_id
       WHERE hashes.project_id = ? AND hash = ?`,
      projectId,
      hash,
    );
    if (issue !== undefined) return issue;
  }
  return undefined;
}

const PRIORITY: Readonly<Record<string, string>> = { fatal: 'high', error: 'high', warning: 'medium' };

function addIssue(db: Database, projectId: number, arrival: Arrival): KnownIssue {
  const { words, description, user, at, receivedAt } = arrival;
  const short = db.one(
    IdRow,
    'UPDATE projects SET last_short = last_short + 1 WHERE id = ? RETURNING last_short AS id',
    projectId,
  );
  const release = words.release ?? null;
  const issue = {
    short_number: short?.id ?? 0,
    status: 'unresolved',
    tags_uncounted: 1,
    hour: Math.floor(at / HOUR),
    hour_count: 1,
    leaving: null,
    common_tags: firstCommonTags(arrival),
  };
  const { id } = insert(db, 'issues', {
    ...issue,
    project_id: projectId,
    title: description.title,
    culprit: description.culprit,
    level: description.level,
    platform: words.platform ?? 'other',
    type: description.type,
    logger: words.logger ?? null,
    metadata: JSON.stringify(description.metadata),
    substatus: 'new',
    count: 1,
    user_count: Number(user !== undefined),
    first_seen: at,
    last_seen: at,
    first_release: release,
    last_release: release,
    is_unhandled: Number(description.isUnhandled),
    category: description.type === 'generic' ? 'feedback' : 'error',
    priority: description.type === 'generic' ? 'medium' : (PRIORITY[description.level] ?? 'low'),
  });
  addActivity(db, id, 'first_seen', {}, receivedAt);
  return { ...issue, id };
}

/** The issue takes the words of its newest event; `issue.common_tags` are those that are left with it. */
function joinIssue(db: Database, issue: KnownIssue, arrival: Arrival, isNewUser: boolean): void {
  const { words, description, at, receivedAt } = arrival;
  const release = words.release ?? null;
  const [hour, hourCount] = countHour(db, issue, Math.floor(at / HOUR));
  db.run(
    `UPDATE issues SET count = count + 1, first_seen = min(first_seen, ?1), last_seen = max(last_seen, ?1), title = ?2, culprit = ?3,
     level = ?4, metadata = ?5, logger = ?6, last_release = coalesce(?7, last_release), is_unhandled = max(is_unhandled, ?8),
     user_count = user_count + ?9, tags_uncounted = tags_uncounted + 1,
     hour = ?10, hour_count = ?11, common_tags = ?12 WHERE id = ?13`,
    at,
    description.title,
    description.culprit,
    description.level,
    JSON.stringify(description.metadata),
    words.logger ?? null,
    release,
    Number(description.isUnhandled),
    Number(isNewUser),
    hour,
    hourCount,
    issue.common_tags,
    issue.id,
  );
  if (issue.tags_uncounted >= UNCOUNTED) countTags(db, issue.id);
  if (issue.status === 'unresolved') return;
  const closed = db.one(IssueRow, 'SELECT * FROM issues WHERE id = ?', issue.id);
  if (closed?.status === 'resolved' && isRegression(db, closed, release)) reopen(db, closed, arrival, 'regressed');
  const awake = closed?.status === 'ignored' ? wakes(db, closed, receivedAt) : undefined;
  if (closed !== undefined && awake !== undefined) reopen(db, closed, arrival, awake);
}

/** The hour that the issue's row counts from now on, and its count. */
function countHour(db: Database, issue: KnownIssue, hour: number): [number, number] {
  if (hour === issue.hour) return [hour, issue.hour_count + 1];
  if (hour < issue.hour) {
    addToHour(db, issue.id, hour, 1);
    return [issue.hour, issue.hour_count];
  }
  if (issue.hour_count > 0) addToHour(db, issue.id, issue.hour, issue.hour_count);
  return [hour, 1];
}

const ACTIVITY = { regressed: 'set_regression', ongoing: 'set_unresolved', escalating: 'set_escalating' } as const;

function reopen(
  db: Database,
  issue: IssueRow,
  arrival: Arrival,
  substatus: 'regressed' | 'ongoing' | 'escalating',
): void {
  db.run(
    `UPDATE issues SET status = 'unresolved', substatus = ?, status_details = '{}', resolved_release = NULL, resolved_kind = NULL WHERE id = ?`,
    substatus,
    issue.id,
  );
  const type = ACTIVITY[substatus];
  addActivity(db, issue.id, type, { event_id: arrival.id, version: arrival.words.release ?? '' }, arrival.receivedAt);
}

const EVENT_COLUMNS = [
  'id',
  'project_id',
  'issue_id',
  'at',
  'received_at',
  'type',
  'title',
  'culprit',
  'message',
  'level',
  'platform',
  'logger',
  'environment',
  'release',
  'dist',
  'trace_id',
  'transaction_name',
  'url',
  'error_type',
  'error_value',
  'user_key',
  'is_unhandled',
  'hashes',
  'size',
  'tags',
  'payload',
];
/** What waited in the inbox comes as bytes: they need not become a string on their way. */
const INSERT_EVENT = `INSERT INTO events (${EVENT_COLUMNS.join(', ')})
  VALUES (${EVENT_COLUMNS.map((column) => (column === 'payload' ? 'CAST(? AS TEXT)' : '?')).join(', ')})
  ON CONFLICT (id, project_id) DO NOTHING`;

/** False where the project has an event of that id. Values stand in the order of the columns. */
function addEvent(db: Database, projectId: number, issueId: number, arrival: Arrival): boolean {
  const { words, description, tags, hashes } = arrival;
  const { changes } = db.run(
    INSERT_EVENT,
    arrival.id,
    projectId,
    issueId,
    arrival.at,
    arrival.receivedAt,
    description.type,
    description.title,
    description.culprit,
    description.message,
    description.level,
    words.platform ?? 'other',
    words.logger ?? null,
    words.environment ?? null,
    words.release ?? null,
    words.dist ?? null,
    words.trace ?? null,
    words.transaction ?? null,
    words.url ?? null,
    description.errorType ?? null,
    description.errorValue ?? null,
    arrival.user ?? null,
    Number(description.isUnhandled),
    JSON.stringify(hashes),
    arrival.size,
    JSON.stringify(Object.fromEntries(tags)),
    arrival.stored,
  );
  return changes > 0;
}

/** Column names are ours; only values come from outside. */
function insert(db: Database, table: string, row: Record<string, SQLInputValue>): { id: number } {
  return db.run(insertSql(table, Object.keys(row)), ...Object.values(row));
}

function insertSql(table: string, columns: readonly string[]): string {
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
}
