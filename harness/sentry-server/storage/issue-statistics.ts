/** What lists show of an issue, kept up to date by every event that is stored: its events per hour and its users. */
import type { Database } from './database.ts';
import { userHash } from './user-hash.ts';

export const HOUR = 3_600_000;

/** How many events of the issue came in an hour since 1970 that its row does not count any more, or not yet. */
export function addToHour(db: Database, issueId: number, hour: number, count: number): void {
  db.run(
    'INSERT INTO issue_hours (issue_id, hour, count) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET count = count + ?3',
    issueId,
    hour,
    count,
  );
}

/** Whether the user is new to the issue. */
export function countUser(db: Database, issueId: number, user: string): boolean {
  const sql = 'INSERT INTO issue_users (user_hash, issue_id) VALUES (?, ?) ON CONFLICT DO NOTHING';
  return db.run(sql, userHash(user), issueId).changes > 0;
}
