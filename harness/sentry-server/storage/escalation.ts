/**
 * "Archived until escalating", by a rule of our own (Sentry's forecast is not public): the issue comes back when one hour brings
 * more events than twice the busiest hour of the seven days before it was archived, and more than ten.
 */
import { z } from 'zod';
import type { Database } from './database.ts';
import { CountRow, type IssueRow } from './rows.ts';

const HOUR = 3_600_000;
const WEEK = 7 * 24 * HOUR;
const LEAST = 10;

const Busiest = z.object({ count: z.number().nullable() });

/** Events per hour that may come without waking the issue. Counted by the hour, so that events that were let go count too. */
export function escalationCeiling(db: Database, issueId: number, now: number): number {
  const busiest = db.one(
    Busiest,
    `SELECT max(count) AS count FROM (SELECT sum(count) AS count FROM (SELECT hour, count FROM issue_hours WHERE issue_id = ?1
     UNION ALL SELECT hour, hour_count FROM issues WHERE id = ?1) WHERE hour >= ?2 AND hour <= ?3 GROUP BY hour)`,
    issueId,
    Math.floor((now - WEEK) / HOUR),
    Math.floor(now / HOUR),
  );
  return Math.max(LEAST, 2 * (busiest?.count ?? 0));
}

/** Asked when an event has been stored. */
export function isEscalating(db: Database, issue: IssueRow, now: number): boolean {
  const { escalatesAbove } = issue.status_details;
  if (issue.substatus !== 'archived_until_escalating' || typeof escalatesAbove !== 'number') return false;
  const lastHour = db.one(
    CountRow,
    'SELECT count(*) AS count FROM events WHERE issue_id = ? AND at > ?',
    issue.id,
    now - HOUR,
  );
  return (lastHour?.count ?? 0) > escalatesAbove;
}
