/** Gives some hashes of an issue, and the events that they grouped, an issue of their own. */
import { addActivity } from './activities.ts';
import type { Database } from './database.ts';
import { EVENT_COLUMNS } from './issues.ts';
import { finishMoves, settleCounts } from './leave-issue.ts';
import { forgetCounts } from './recount-issue.ts';
import { EventRow, IdRow, type IssueRow } from './rows.ts';

/**
 * Within a transaction; `hashes` are of the issue, and not all of them. An event belongs to its first hash. Returns the new issue;
 * undefined where no event has those hashes, which are then forgotten.
 */
export function unmergeIssue(
  db: Database,
  issue: IssueRow,
  hashes: readonly string[],
  now: number,
): number | undefined {
  finishMoves(db);
  const list = JSON.stringify(hashes);
  const newest = db.one(
    EventRow,
    `SELECT ${EVENT_COLUMNS} FROM events WHERE issue_id = ? AND json_extract(hashes, '$[0]') IN (SELECT value FROM json_each(?))
     ORDER BY at DESC, number DESC LIMIT 1`,
    issue.id,
    list,
  );
  const ofThese = 'issue_id = ? AND hash IN (SELECT value FROM json_each(?))';
  if (newest === undefined) {
    db.run(`DELETE FROM hashes WHERE ${ofThese}`, issue.id, list);
    return undefined;
  }
  settleCounts(db, issue.id);
  const to = addIssue(db, issue, newest);
  forgetCounts(db, issue.id);
  db.run(`UPDATE hashes SET issue_id = ? WHERE ${ofThese}`, to, issue.id, list);
  db.run(
    'INSERT INTO issue_moves (from_issue, to_issue, hashes, until) VALUES (?, ?, ?, (SELECT max(number) FROM events))',
    issue.id,
    to,
    list,
  );
  addActivity(db, issue.id, 'unmerge_source', { fingerprints: hashes, destination: { id: String(to) } }, now);
  addActivity(db, to, 'unmerge_destination', { fingerprints: hashes, source: { id: String(issue.id) } }, now);
  return to;
}

/** Without events yet: the mover counts them. */
function addIssue(db: Database, { priority }: IssueRow, newest: EventRow): number {
  const short = db.one(
    IdRow,
    'UPDATE projects SET last_short = last_short + 1 WHERE id = ? RETURNING last_short AS id',
    newest.project_id,
  );
  const { id } = db.run(
    `INSERT INTO issues (project_id, short_number, title, culprit, level, platform, type, logger, metadata, status, substatus, count,
     first_seen, last_seen, is_unhandled, priority, tags_counted_to)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, '{}', 'unresolved', 'ongoing', 0, ?9, ?9, 0, ?10, (SELECT max(number) FROM events))`,
    newest.project_id,
    short?.id ?? 0,
    newest.title,
    newest.culprit,
    newest.level,
    newest.platform,
    newest.type,
    newest.logger,
    newest.at,
    priority,
  );
  return id;
}
