/** When an archived issue comes back: after a time, after so many events or users (in all or within a window), or when it escalates. */
import type { Database } from './database.ts';
import { isEscalating } from './escalation.ts';
import { CountRow, type IssueRow } from './rows.ts';

const MINUTE = 60_000;

/** Asked when an event has been stored and counted; undefined while the issue stays archived. */
export function wakes(db: Database, issue: IssueRow, now: number): 'ongoing' | 'escalating' | undefined {
  if (isConditionMet(db, issue, now)) return 'ongoing';
  return isEscalating(db, issue, now) ? 'escalating' : undefined;
}

function isConditionMet(db: Database, issue: IssueRow, now: number): boolean {
  const { ignoreUntil, ignoreCount, ignoreWindow, ignoreUserCount, ignoreUserWindow } = issue.status_details;
  const { countThen, archivedAt } = issue.status_details;
  if (typeof ignoreUntil === 'string') return Date.parse(ignoreUntil) <= now;
  if (typeof ignoreCount === 'number' && typeof ignoreWindow === 'number')
    return eventsSince(db, issue.id, now - ignoreWindow * MINUTE) >= ignoreCount;
  if (typeof ignoreCount === 'number') return typeof countThen === 'number' && issue.count - countThen >= ignoreCount;
  if (typeof ignoreUserCount !== 'number') return false;
  const since = typeof ignoreUserWindow === 'number' ? now - ignoreUserWindow * MINUTE : Number(archivedAt ?? 0);
  return usersSince(db, issue.id, since) >= ignoreUserCount;
}

function eventsSince(db: Database, issueId: number, since: number): number {
  const sql = 'SELECT count(*) AS count FROM events WHERE issue_id = ? AND at >= ?';
  return db.one(CountRow, sql, issueId, since)?.count ?? 0;
}

function usersSince(db: Database, issueId: number, since: number): number {
  const sql = 'SELECT count(DISTINCT user_key) AS count FROM events WHERE issue_id = ? AND at >= ?';
  return db.one(CountRow, sql, issueId, since)?.count ?? 0;
}
