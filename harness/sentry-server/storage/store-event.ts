/** Puts one error event into its issue: finds or makes the issue by hash, counts, and reopens what was resolved. */
import type { SQLInputValue } from 'node:sqlite';
import { type Description, describeEvent } from '../event/describe-event.ts';
import { eventTags, textOf, userKey } from '../event/event-tags.ts';
import type { EventPayload } from '../event/payload.ts';
import { groupEvent } from '../grouping/group-event.ts';
import { addActivity } from './activities.ts';
import { wakes } from './archive-conditions.ts';
import type { Database } from './database.ts';
import { ensureRelease, isAfterRelease } from './releases.ts';
import { IdRow, IssueRow, type ProjectRow } from './rows.ts';

export interface Arrival {
  readonly id: string;
  readonly payload: EventPayload;
  readonly at: number;
  readonly receivedAt: number;
  /** Bytes as they came. */
  readonly size: number;
}

export interface StoredEvent {
  readonly issue: IssueRow;
  readonly isNew: boolean;
}

/** Undefined when the project has an event with that id already: a repetition counts once, as at Sentry. */
export function storeEvent(db: Database, project: ProjectRow, arrival: Arrival): StoredEvent | undefined {
  const known = db.one(
    IdRow,
    'SELECT number AS id FROM events WHERE project_id = ? AND id = ?',
    project.id,
    arrival.id,
  );
  if (known !== undefined) return undefined;
  const description = describeEvent(arrival.payload);
  const hashes = [...new Set(groupEvent(arrival.payload).map((variant) => variant.hash))];
  if (arrival.payload.release !== undefined) ensureRelease(db, arrival.payload.release, project.id, arrival.receivedAt);
  const existing = issueOfHashes(db, project.id, hashes);
  const issueId =
    existing === undefined
      ? addIssue(db, project, arrival, description)
      : joinIssue(db, existing, arrival, description);
  for (const hash of hashes) {
    db.run(
      'INSERT INTO hashes (project_id, hash, issue_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
      project.id,
      hash,
      issueId,
    );
  }
  addEvent(db, { project, issueId, arrival, description, hashes });
  if (existing?.status === 'ignored') wake(db, issueId, arrival);
  const issue = db.one(IssueRow, 'SELECT * FROM issues WHERE id = ?', issueId);
  if (issue === undefined) throw new Error('an issue vanished inside its own transaction');
  return { issue, isNew: existing === undefined };
}

/** The first hash that is known decides. */
function issueOfHashes(db: Database, projectId: number, hashes: readonly string[]): IssueRow | undefined {
  for (const hash of hashes) {
    const issue = db.one(
      IssueRow,
      'SELECT issues.* FROM hashes JOIN issues ON issues.id = hashes.issue_id WHERE hashes.project_id = ? AND hash = ?',
      projectId,
      hash,
    );
    if (issue !== undefined) return issue;
  }
  return undefined;
}

const PRIORITY: Readonly<Record<string, string>> = { fatal: 'high', error: 'high', warning: 'medium' };

function addIssue(db: Database, project: ProjectRow, arrival: Arrival, description: Description): number {
  const short = db.one(
    IdRow,
    'UPDATE projects SET last_short = last_short + 1 WHERE id = ? RETURNING last_short AS id',
    project.id,
  );
  const release = arrival.payload.release ?? null;
  const { id } = insert(db, 'issues', {
    project_id: project.id,
    short_number: short?.id ?? 0,
    title: description.title,
    culprit: description.culprit,
    level: description.level,
    platform: arrival.payload.platform ?? 'other',
    type: description.type,
    logger: arrival.payload.logger ?? null,
    metadata: JSON.stringify(description.metadata),
    status: 'unresolved',
    substatus: 'new',
    count: 1,
    first_seen: arrival.at,
    last_seen: arrival.at,
    first_release: release,
    last_release: release,
    is_unhandled: Number(description.isUnhandled),
    priority: PRIORITY[description.level] ?? 'low',
  });
  addActivity(db, id, 'first_seen', {}, arrival.receivedAt);
  return id;
}

/** The issue takes the words of its newest event. */
function joinIssue(db: Database, issue: IssueRow, arrival: Arrival, description: Description): number {
  const release = arrival.payload.release ?? null;
  db.run(
    `UPDATE issues SET count = count + 1, first_seen = min(first_seen, ?), last_seen = max(last_seen, ?), title = ?, culprit = ?, level = ?,
     metadata = ?, logger = ?, last_release = coalesce(?, last_release), is_unhandled = max(is_unhandled, ?) WHERE id = ?`,
    arrival.at,
    arrival.at,
    description.title,
    description.culprit,
    description.level,
    JSON.stringify(description.metadata),
    arrival.payload.logger ?? null,
    release,
    Number(description.isUnhandled),
    issue.id,
  );
  if (issue.status === 'resolved' && isRegression(db, issue, release)) reopen(db, issue, arrival, 'regressed');
  return issue.id;
}

/** A resolution tied to a release stands while events come from older releases. */
function isRegression(db: Database, issue: IssueRow, release: string | null): boolean {
  if (issue.resolved_release === null || issue.resolved_kind === null || release === null) return true;
  if (release === issue.resolved_release) return issue.resolved_kind === 'in';
  return isAfterRelease(db, release, issue.resolved_release);
}

function wake(db: Database, issueId: number, arrival: Arrival): void {
  const issue = db.one(IssueRow, 'SELECT * FROM issues WHERE id = ?', issueId);
  const substatus = issue === undefined ? undefined : wakes(db, issue, arrival.receivedAt);
  if (issue !== undefined && substatus !== undefined) reopen(db, issue, arrival, substatus);
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
  addActivity(db, issue.id, type, { event_id: arrival.id, version: arrival.payload.release ?? '' }, arrival.receivedAt);
}

interface NewEvent {
  readonly project: ProjectRow;
  readonly issueId: number;
  readonly arrival: Arrival;
  readonly description: Description;
  readonly hashes: readonly string[];
}

function addEvent(db: Database, { project, issueId, arrival, description, hashes }: NewEvent): void {
  const { payload } = arrival;
  const { id: number } = insert(db, 'events', {
    id: arrival.id,
    project_id: project.id,
    issue_id: issueId,
    at: arrival.at,
    received_at: arrival.receivedAt,
    type: description.type,
    title: description.title,
    culprit: description.culprit,
    message: description.message,
    level: description.level,
    platform: payload.platform ?? 'other',
    logger: payload.logger ?? null,
    environment: payload.environment ?? null,
    release: payload.release ?? null,
    dist: payload.dist ?? null,
    trace_id: textOf(payload.contexts?.trace, 'trace_id')?.replaceAll('-', '').toLowerCase() ?? null,
    transaction_name: payload.transaction ?? null,
    url: payload.request?.url ?? null,
    error_type: description.errorType ?? null,
    error_value: description.errorValue ?? null,
    user_key: userKey(payload) ?? null,
    is_unhandled: Number(description.isUnhandled),
    hashes: JSON.stringify(hashes),
    size: arrival.size,
    payload: JSON.stringify(payload),
  });
  for (const [key, value] of eventTags(payload, description)) {
    db.run(
      'INSERT INTO event_tags (event_number, issue_id, key, value) VALUES (?, ?, ?, ?)',
      number,
      issueId,
      key,
      value,
    );
  }
}

/** Column names are ours; only values come from outside. */
function insert(db: Database, table: string, row: Record<string, SQLInputValue>): { id: number } {
  const columns = Object.keys(row);
  const marks = columns.map(() => '?').join(', ');
  return db.run(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks})`, ...Object.values(row));
}
