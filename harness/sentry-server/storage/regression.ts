/** Whether an event of a resolved issue means that the fault is back. */
import { z } from 'zod';
import type { Database } from './database.ts';
import { compareReleases } from './release-order.ts';
import { findRelease, isAfterRelease } from './releases.ts';
import { type IssueRow, ReleaseRow } from './rows.ts';

/**
 * A resolution that names a release stands while events come from older ones, and one that names a commit until a release has
 * that commit. An event without a release counts as older than any release, as at Sentry.
 */
export function isRegression(db: Database, issue: IssueRow, release: string | null): boolean {
  const commit = commitOf(issue);
  if (commit !== undefined) return isBackAfterCommit(db, issue.project_id, commit, release);
  if (issue.resolved_release === null || issue.resolved_kind === null) return true;
  if (release === null) return false;
  if (release === issue.resolved_release) return issue.resolved_kind === 'in';
  return isAfterRelease(db, release, issue.resolved_release);
}

const Details = z.object({ inCommit: z.object({ commit: z.string().min(1) }) });

function commitOf({ status_details }: IssueRow): string | undefined {
  return Details.safeParse(status_details).data?.inCommit.commit;
}

function isBackAfterCommit(db: Database, projectId: number, commit: string, release: string | null): boolean {
  const releases = db.all(
    ReleaseRow,
    `SELECT DISTINCT releases.* FROM releases JOIN commits ON commits.release_id = releases.id
     JOIN release_projects ON release_projects.release_id = releases.id WHERE project_id = ? AND substr(commits.id, 1, ?) = ?`,
    projectId,
    commit.length,
    commit,
  );
  const [first] = releases.toSorted(compareReleases);
  if (first === undefined || release === null) return false;
  const arrived = findRelease(db, release);
  return arrived === undefined || compareReleases(arrived, first) >= 0;
}
