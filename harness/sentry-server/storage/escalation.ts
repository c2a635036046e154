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

/** Events per hour that may come without waking the issue. */
export function escalationCeiling(db: Database, issueId: number, now: number): number {
  const busiest = db.one(
    Busiest,
    'SELECT max(count) AS count FROM (SELECT count(*) AS count FROM events WHERE issue_id = ? AND at >= ? GROUP BY at / 3600000)',
    issueId,
    now - WEEK,
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
