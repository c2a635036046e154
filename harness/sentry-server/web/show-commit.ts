/** A commit and a deploy as the Web API shows them. */
import { type CommitRow, listRepositories } from '../storage/commits.ts';
import type { Database } from '../storage/database.ts';
import type { DeployRow } from '../storage/deploys.ts';
import type { ReleaseRow } from '../storage/rows.ts';
import { showTime } from './show-project.ts';

export function showAuthor({ author_name: name, author_email: email }: CommitRow): Record<string, unknown> | undefined {
  return name === null && email === null ? undefined : { name, email: email ?? '' };
}

export function showCommit(db: Database, commit: CommitRow, release: ReleaseRow): Record<string, unknown> {
  const repository = listRepositories(db).find(({ name }) => name === commit.repository);
  const at = Date.parse(commit.at ?? '');
  return {
    id: commit.id,
    message: commit.message,
    dateCreated: showTime(Number.isNaN(at) ? release.created_at : at),
    pullRequest: null,
    suspectCommitType: '',
    author: showAuthor(commit) ?? {},
    ...(repository === undefined
      ? {}
      : {
          repository: {
            id: `${repository.first_release}-${repository.name}`,
            name: repository.name,
            dateCreated: showTime(repository.since),
          },
        }),
    releases: [
      {
        version: release.version,
        shortVersion: shortVersion(release.version),
        ref: release.ref,
        url: release.url,
        dateReleased: release.released_at === null ? null : showTime(release.released_at),
        dateCreated: showTime(release.created_at),
      },
    ],
  };
}

/** What stands behind the `@`. */
export function shortVersion(version: string): string {
  return /^[^@]+@(?<version>.+)$/.exec(version)?.groups?.version ?? version;
}

export function showDeploy(deploy: DeployRow): Record<string, unknown> {
  return {
    id: String(deploy.id),
    environment: deploy.environment,
    name: deploy.name,
    url: deploy.url,
    dateStarted: deploy.started_at === null ? null : showTime(deploy.started_at),
    dateFinished: showTime(deploy.finished_at),
  };
}
