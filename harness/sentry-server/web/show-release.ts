/** A release as the Web API shows it. */
import type { ServerParts } from '../server-parts.ts';
import { type CommitRow, listCommits } from '../storage/commits.ts';
import type { Database } from '../storage/database.ts';
import { listDeploys } from '../storage/deploys.ts';
import { type ProjectSignals, projectSignals } from '../storage/project-signals.ts';
import { eventsOfRelease } from '../storage/release-events.ts';
import { parseVersion } from '../storage/release-order.ts';
import { CountRow, ProjectRow, type ReleaseRow } from '../storage/rows.ts';
import type { Stages } from './adoption-stages.ts';
import type { Health } from './release-health.ts';
import { shortVersion, showAuthor, showCommit, showDeploy } from './show-commit.ts';
import { showTime } from './show-project.ts';

/** As inside of issues and events; a release's own answers also say when its events came. */
export function showRelease(parts: ServerParts, release: ReleaseRow, health?: Health): Record<string, unknown> {
  const { db } = parts;
  const projects = projectsOf(db, release.id);
  const count = (sql: string, value: string | number): number => db.one(CountRow, sql, value)?.count ?? 0;
  const newGroups = count(
    "SELECT count(*) AS count FROM issues WHERE first_release = ? AND category = 'error'",
    release.version,
  );
  const commits = listCommits(db, release.id);
  const deploys = listDeploys(db, release.id);
  const [, name, version] = /^(?<name>[^@]+)@(?<version>.+)$/.exec(release.version) ?? [];
  return {
    id: release.id,
    version: release.version,
    shortVersion: shortVersion(release.version),
    status: release.status,
    versionInfo: {
      package: name ?? null,
      version: showVersion(release.version),
      description: version ?? release.version,
      buildHash: null,
    },
    ref: release.ref,
    url: release.url,
    dateReleased: release.released_at === null ? null : showTime(release.released_at),
    dateCreated: showTime(release.created_at),
    dateStarted: null,
    data: {},
    newGroups,
    owner: null,
    commitCount: commits.length,
    lastCommit: commits[0] === undefined ? null : showCommit(db, commits[0], release),
    deployCount: deploys.length,
    lastDeploy: deploys[0] === undefined ? null : showDeploy(deploys[0]),
    authors: distinctAuthors(commits),
    projects: projects.map((project) => ({
      id: project.id,
      slug: project.slug,
      name: project.name,
      newGroups,
      platform: project.platform,
      platforms: project.platform === null ? [] : [project.platform],
      hasHealthData: hasSessions(projectSignals(db, project.id)),
      ...(health === undefined ? {} : { healthData: health(project.id) }),
    })),
    currentProjectMeta: {},
    userAgent: null,
  };
}

function projectsOf(db: Database, releaseId: number): ProjectRow[] {
  return db.all(
    ProjectRow,
    'SELECT projects.* FROM projects JOIN release_projects ON project_id = projects.id WHERE release_id = ? ORDER BY slug',
    releaseId,
  );
}

function hasSessions({ types }: ProjectSignals): boolean {
  return types.has('session') || types.has('sessions');
}

/** What a request may ask for beside the release itself. */
export interface ReleaseExtras {
  readonly health: ((version: string) => Health) | undefined;
  readonly stages: Stages | undefined;
}

export function showReleaseDetails(
  parts: ServerParts,
  release: ReleaseRow,
  { health, stages }: ReleaseExtras = { health: undefined, stages: undefined },
): Record<string, unknown> {
  const { first, last } = eventsOfRelease(parts.db, release.version);
  return {
    ...showRelease(parts, release, health?.(release.version)),
    ...(stages === undefined ? {} : { adoptionStages: stagesOf(parts, release, stages) }),
    firstEvent: first === null ? null : showTime(first),
    lastEvent: last === null ? null : showTime(last),
  };
}

/** By slug of the project. */
function stagesOf({ db }: ServerParts, { id, version }: ReleaseRow, stages: Stages): Record<string, unknown> {
  return Object.fromEntries(
    projectsOf(db, id).flatMap((project) => {
      const stage = stages(version, project.id);
      return stage === undefined ? [] : [[project.slug, stage]];
    }),
  );
}

/** The parts of a semantic version; only the raw text of another. */
function showVersion(release: string): Record<string, unknown> {
  const raw = shortVersion(release);
  const version = parseVersion(release);
  if (version === undefined) return { raw };
  const [major = 0, minor = 0, patch = 0] = version.numbers;
  return {
    raw,
    major,
    minor,
    patch,
    pre: version.prerelease.join('.') || null,
    buildCode: version.build || null,
    components: version.numbers.length,
  };
}

function distinctAuthors(commits: readonly CommitRow[]): Record<string, unknown>[] {
  const authors = new Map(
    commits.map((commit) => [`${commit.author_email} ${commit.author_name}`, showAuthor(commit)]),
  );
  return [...authors.values()].filter((author) => author !== undefined);
}
