/** Takes an issue out of sight: deleted, discarded with all that will come, or part of another one. Its events follow a few at a time. */
import { z } from 'zod';
import { addActivity } from './activities.ts';
import type { Database } from './database.ts';
import { addToHour } from './issue-statistics.ts';
import { countTags } from './issue-tags.ts';
import { moveStep } from './move-events.ts';
import type { IssueRow } from './rows.ts';

/** Within a transaction. What is discarded keeps its hashes, so that no event founds it again. */
export function removeIssue(db: Database, issue: IssueRow, kind: 'deletion' | 'discarded'): void {
  finishMoves(db);
  if (kind === 'deletion') db.run('DELETE FROM hashes WHERE issue_id = ?', issue.id);
  db.run('DELETE FROM issue_redirects WHERE to_issue = ?', issue.id);
  hide(db, issue, kind);
  db.run('INSERT INTO issue_moves (from_issue) VALUES (?)', issue.id);
}

/** Within a transaction. All are of one project; the others become part of `parent`, as do events that come later. */
export function mergeIssues(db: Database, parent: IssueRow, others: readonly IssueRow[], now: number): void {
  finishMoves(db);
  settleCounts(db, parent.id);
  for (const other of others) {
    settleCounts(db, other.id);
    addCounts(db, { from: other.id, to: parent.id });
    db.run('UPDATE hashes SET issue_id = ? WHERE issue_id = ?', parent.id, other.id);
    db.run('UPDATE issue_redirects SET to_issue = ? WHERE to_issue = ?', parent.id, other.id);
    db.run(
      'INSERT INTO issue_redirects (issue_id, project_id, short_number, to_issue) VALUES (?, ?, ?, ?)',
      other.id,
      other.project_id,
      other.short_number,
      parent.id,
    );
    db.run("UPDATE activities SET issue_id = ? WHERE issue_id = ? AND type <> 'first_seen'", parent.id, other.id);
    hide(db, other, 'merge');
    db.run('INSERT INTO issue_moves (from_issue, to_issue) VALUES (?, ?)', other.id, parent.id);
  }
  if (others.length > 0)
    addActivity(db, parent.id, 'merge', { issues: others.map(({ id }) => ({ id: String(id) })) }, now);
}

/** What is on its way arrives before more is sent. */
export function finishMoves(db: Database): void {
  while (moveStep(db));
}

function hide(db: Database, issue: IssueRow, leaving: 'merge' | 'deletion' | 'discarded'): void {
  for (const table of ['activities', 'issue_hours', 'issue_tags'])
    db.run(`DELETE FROM ${table} WHERE issue_id = ?`, issue.id);
  db.run(
    `UPDATE issues SET leaving = ?, first_release = NULL, tags_uncounted = 0, tags_counted_to = (SELECT coalesce(max(number), 0) FROM events)
     WHERE id = ?`,
    leaving,
    issue.id,
  );
}

const HourRow = z.object({ hour: z.number(), hour_count: z.number() });

/** From now on the tables hold all that the issue's row still counts, and the tags of all events so far. */
export function settleCounts(db: Database, issueId: number): void {
  countTags(db, issueId);
  const row = db.one(HourRow, 'SELECT hour, hour_count FROM issues WHERE id = ?', issueId);
  if (row === undefined || row.hour_count === 0) return;
  addToHour(db, issueId, row.hour, row.hour_count);
  db.run('UPDATE issues SET hour_count = 0 WHERE id = ?', issueId);
}

function addCounts(db: Database, { from, to }: { readonly from: number; readonly to: number }): void {
  db.run(
    `INSERT INTO issue_hours (issue_id, hour, count) SELECT ?1, hour, count FROM issue_hours WHERE issue_id = ?2
     ON CONFLICT DO UPDATE SET count = count + excluded.count`,
    to,
    from,
  );
  db.run(
    `INSERT INTO issue_tags (issue_id, key, value, count, first, last)
     SELECT ?1, key, value, count, first, last FROM issue_tags WHERE issue_id = ?2
     ON CONFLICT DO UPDATE SET count = count + excluded.count,
     first = min(coalesce(first, excluded.first), coalesce(excluded.first, first)),
     last = max(coalesce(last, excluded.last), coalesce(excluded.last, last))`,
    to,
    from,
  );
  const users = db.run(
    'INSERT INTO issue_users (user_hash, issue_id) SELECT user_hash, ?1 FROM issue_users WHERE issue_id = ?2 ON CONFLICT DO NOTHING',
    to,
    from,
  );
  db.run(
    `UPDATE issues SET count = issues.count + other.count, user_count = issues.user_count + ?3,
     first_release = iif(other.first_seen < issues.first_seen, other.first_release, issues.first_release),
     last_release = iif(other.last_seen > issues.last_seen, coalesce(other.last_release, issues.last_release), issues.last_release),
     first_seen = min(issues.first_seen, other.first_seen), last_seen = max(issues.last_seen, other.last_seen),
     is_unhandled = max(issues.is_unhandled, other.is_unhandled)
     FROM issues AS other WHERE issues.id = ?1 AND other.id = ?2`,
    to,
    from,
    users.changes,
  );
}
