/** Merges the chosen issues into the one with most events, or throws them away with all that will come. */
import type { ServerParts } from '../server-parts.ts';
import { mergeIssues, removeIssue } from '../storage/leave-issue.ts';
import type { IssueRow } from '../storage/rows.ts';
import { badRequest } from './api-error.ts';

export interface Merged {
  readonly parent: string;
  readonly children: readonly string[];
}

/** At least one. Throws a 400 where they are of several projects, or no errors. */
export function mergeChosen(parts: ServerParts, issues: readonly IssueRow[]): Merged {
  if (issues.some(({ project_id: id }) => id !== issues[0]?.project_id))
    throw badRequest('Merging across multiple projects is not supported');
  if (issues.some(({ category }) => category !== 'error')) throw badRequest('Only error issues can be merged.');
  const [parent, ...children] = issues.toSorted((a, b) => b.count - a.count || a.id - b.id);
  if (parent === undefined) throw badRequest('There is nothing to merge.');
  change(parts, () => mergeIssues(parts.db, parent, children, parts.now().getTime()));
  return { parent: String(parent.id), children: children.map(({ id }) => String(id)) };
}

/** Later events of the same hashes are kept out. Throws a 400 for what is no error. */
export function discardChosen(parts: ServerParts, issues: readonly IssueRow[]): void {
  if (issues.some(({ category }) => category !== 'error')) throw badRequest('Only error issues can be discarded.');
  remove(parts, issues, 'discarded');
}

/** Their hashes are forgotten: a later event founds a new issue. */
export function deleteChosen(parts: ServerParts, issues: readonly IssueRow[]): void {
  remove(parts, issues, 'deletion');
}

function remove(parts: ServerParts, issues: readonly IssueRow[], kind: 'deletion' | 'discarded'): void {
  change(parts, () => {
    for (const issue of issues) removeIssue(parts.db, issue, kind);
  });
}

/** Events follow in the background. */
export function change<T>(parts: ServerParts, work: () => T): T {
  const result = parts.db.transaction(() => {
    const done = work();
    // What was remembered of hashes and tags may be wrong from now on; nobody else stores before the transaction has ended.
    parts.seenTags.clear();
    return done;
  });
  parts.tidy();
  return result;
}
