/** Commits that Sentry itself suspects of an issue, as evidence. */
import type { Issue } from '../model/issue.ts';
import type { Commit } from '../model/suspect.ts';
import { nameOf } from './rank-changes.ts';

export interface SentrySuspectTools {
  /** By its id; undefined where the night's commit does not contain it. */
  findCommit(id: string): Promise<Commit | undefined>;
}

/** Those that are in the repository, strongest first: Sentry may know other repositories and branches. */
export async function commitsSuspected(
  { suspectCommits = [] }: Pick<Issue, 'suspectCommits'>,
  tools: SentrySuspectTools,
): Promise<Commit[]> {
  const found: Commit[] = [];
  for (const id of suspectCommits) {
    const commit = await tools.findCommit(id);
    if (commit && !found.some(({ sha }) => sha === commit.sha)) found.push(commit);
  }
  return found;
}

export function suspectedBySentry(commit: Commit): string {
  return `Sentry suspects commit ${nameOf(commit)}.`;
}
