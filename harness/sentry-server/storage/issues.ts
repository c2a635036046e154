/** Reads issues and changes their state. */
import { z } from 'zod';
import { addActivity } from './activities.ts';
import type { Database } from './database.ts';
import { escalationCeiling } from './escalation.ts';
import { HOUR } from './issue-statistics.ts';
import { ensureRelease, latestRelease } from './releases.ts';
import { EventRow, IdRow, IssueRow, TagRow } from './rows.ts';
import { parseShortId } from './short-id.ts';

/** By numeric id or short id; an issue that became part of another is found as that one. */
export function findIssue(db: Database, idOrShortId: string): IssueRow | undefined {
  if (/^\d{1,15}$/.test(idOrShortId)) return issueById(db, Number(idOrShortId));
  const short = parseShortId(idOrShortId);
  if (short === undefined) return undefined;
  const found = (table: string, id: string) =>
    db.one(
      IdRow,
      `SELECT ${table}.${id} AS id FROM ${table} JOIN projects ON projects.id = project_id
       WHERE replace(slug, '_', '-') = replace(?, '_', '-') AND short_number = ?`,
      short.slug,
      short.number,
    );
  const row = found('issue_redirects', 'to_issue') ?? found('issues', 'id');
  return row && issueById(db, row.id);
}

function issueById(db: Database, id: number): IssueRow | undefined {
  return db.one(
    IssueRow,
    'SELECT * FROM issues WHERE id = coalesce((SELECT to_issue FROM issue_redirects WHERE issue_id = ?1), ?1) AND leaving IS NULL',
    id,
  );
}

const HashRow = z.object({ hash: z.string() });

export function listHashes(db: Database, issueId: number): string[] {
  return db.all(HashRow, 'SELECT hash FROM hashes WHERE issue_id = ? ORDER BY hash', issueId).map((row) => row.hash);
}

const Bucket = z.object({ bucket: z.number(), count: z.number() });

/** `step` is a multiple of an hour. Events per interval, oldest first, empty intervals included: `[epoch seconds, count]`. */
export function countPerInterval(
  db: Database,
  issueId: number,
  span: { from: number; to: number; step: number },
): [number, number][] {
  const start = Math.floor(span.from / span.step) + 1;
  const end = Math.floor(span.to / span.step);
  const found = db.all(
    Bucket,
    // A bound number is a REAL: without the cast each hour would be an interval of its own.
    `SELECT hour / CAST(?1 AS INTEGER) AS bucket, sum(count) AS count FROM (SELECT hour, count FROM issue_hours WHERE issue_id = ?2
     UNION ALL SELECT hour, hour_count FROM issues WHERE id = ?2 AND hour_count > 0) WHERE hour >= ?3 GROUP BY 1`,
    span.step / HOUR,
    issueId,
    (start * span.step) / HOUR,
  );
  const counts = new Map(found.map(({ bucket, count }) => [bucket, count]));
  return Array.from({ length: end - start + 1 }, (_, index) => [
    ((start + index) * span.step) / 1000,
    counts.get(start + index) ?? 0,
  ]);
}

export const EVENT_COLUMNS = Object.keys(EventRow.shape)
  .map((column) => `events.${column}`)
  .join(', ');

export function latestEvent(db: Database, issueId: number): EventRow | undefined {
  return db.one(
    EventRow,
    `SELECT ${EVENT_COLUMNS} FROM events WHERE issue_id = ? ORDER BY at DESC, number DESC LIMIT 1`,
    issueId,
  );
}

export function tagsOfEvent(db: Database, eventNumber: number): TagRow[] {
  return db.all(TagRow, 'SELECT key, value FROM event_tags WHERE event_number = ? ORDER BY key', eventNumber);
}

export interface IssueChange {
  readonly status?: 'resolved' | 'unresolved' | 'ignored' | 'resolvedInNextRelease' | 'muted' | undefined;
  readonly statusDetails?: StatusDetails | undefined;
  readonly substatus?: string | null | undefined;
  readonly assignedTo?: string | null | undefined;
  readonly priority?: 'low' | 'medium' | 'high' | undefined;
  readonly hasSeen?: boolean | undefined;
  readonly isBookmarked?: boolean | undefined;
  readonly isPublic?: boolean | undefined;
  readonly isSubscribed?: boolean | undefined;
}

export interface StatusDetails {
  readonly inNextRelease?: boolean | undefined;
  readonly inRelease?: string | undefined;
  readonly inCommit?: unknown;
  /** Minutes. */
  readonly ignoreDuration?: number | undefined;
  readonly ignoreCount?: number | undefined;
  /** Minutes; so many events within them, instead of since the issue was archived. */
  readonly ignoreWindow?: number | undefined;
  readonly ignoreUserCount?: number | undefined;
  /** Minutes. */
  readonly ignoreUserWindow?: number | undefined;
}

/** All of the change or nothing. */
export function changeIssue(db: Database, issue: IssueRow, change: IssueChange, now: number): void {
  db.transaction(() => {
    if (change.status !== undefined) changeStatus(db, issue, change, now);
    const plain = {
      assigned_to: change.assignedTo === '' ? null : change.assignedTo,
      priority: change.priority,
      has_seen: asNumber(change.hasSeen),
      is_bookmarked: asNumber(change.isBookmarked),
      is_public: asNumber(change.isPublic),
      is_subscribed: asNumber(change.isSubscribed),
    };
    for (const [column, value] of Object.entries(plain)) {
      if (value !== undefined) db.run(`UPDATE issues SET ${column} = ? WHERE id = ?`, value, issue.id);
    }
    const assignee = plain.assigned_to;
    if (assignee !== undefined && assignee !== issue.assigned_to)
      addActivity(
        db,
        issue.id,
        assignee === null ? 'unassigned' : 'assigned',
        assignee === null ? {} : { assignee },
        now,
      );
  });
}

function asNumber(value: boolean | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}

interface NewStatus {
  readonly status: 'resolved' | 'unresolved' | 'ignored';
  readonly substatus: string | null;
  readonly details: Record<string, unknown>;
  readonly release?: string | undefined;
  readonly kind?: 'in' | 'next';
  readonly activity: string;
}

function changeStatus(db: Database, issue: IssueRow, change: IssueChange, now: number): void {
  const next = newStatus(db, issue, change, now);
  db.run(
    'UPDATE issues SET status = ?, substatus = ?, status_details = ?, resolved_release = ?, resolved_kind = ? WHERE id = ?',
    next.status,
    next.substatus,
    JSON.stringify(next.details),
    next.release ?? null,
    next.kind ?? null,
    issue.id,
  );
  addActivity(db, issue.id, next.activity, next.details, now);
}

function newStatus(db: Database, issue: IssueRow, change: IssueChange, now: number): NewStatus {
  const { status, statusDetails = {}, substatus } = change;
  if (status === 'unresolved')
    return { status, substatus: substatus ?? 'ongoing', details: {}, activity: 'set_unresolved' };
  if (status === 'ignored' || status === 'muted')
    return archived(db, issue, { details: statusDetails, substatus }, now);
  const latest = latestRelease(db, issue.project_id)?.version;
  if (status === 'resolvedInNextRelease' || statusDetails.inNextRelease === true) {
    const details = { inNextRelease: true };
    return {
      status: 'resolved',
      substatus: null,
      details,
      release: latest,
      kind: 'next',
      activity: 'set_resolved_in_release',
    };
  }
  const release = statusDetails.inRelease === 'latest' ? latest : statusDetails.inRelease;
  if (release !== undefined) {
    // One that no event came from yet: only with its date do events of older ones count as older.
    ensureRelease(db, release, issue.project_id, now);
    return {
      status: 'resolved',
      substatus: null,
      details: { inRelease: release },
      release,
      kind: 'in',
      activity: 'set_resolved_in_release',
    };
  }
  const details = statusDetails.inCommit === undefined ? {} : { inCommit: statusDetails.inCommit };
  return {
    status: 'resolved',
    substatus: null,
    details,
    activity: statusDetails.inCommit === undefined ? 'set_resolved' : 'set_resolved_in_commit',
  };
}

function archived(
  db: Database,
  issue: IssueRow,
  { details, substatus }: { details: StatusDetails; substatus: string | null | undefined },
  now: number,
): NewStatus {
  const shared = { status: 'ignored', activity: 'set_ignored' } as const;
  const { ignoreDuration, ignoreCount, ignoreWindow, ignoreUserCount, ignoreUserWindow } = details;
  if (ignoreDuration !== undefined) {
    const ignoreUntil = new Date(now + ignoreDuration * 60_000).toISOString();
    return { ...shared, substatus: 'archived_until_condition_met', details: { ignoreUntil } };
  }
  if (ignoreCount !== undefined || ignoreUserCount !== undefined) {
    const given = { ignoreCount, ignoreWindow, ignoreUserCount, ignoreUserWindow };
    const condition = { ...given, countThen: issue.count, archivedAt: now };
    return { ...shared, substatus: 'archived_until_condition_met', details: condition };
  }
  if (substatus !== 'archived_until_escalating')
    return { ...shared, substatus: substatus ?? 'archived_forever', details: {} };
  return { ...shared, substatus, details: { escalatesAbove: escalationCeiling(db, issue.id, now) } };
}
