/** A release as the Web API shows it. */
import { z } from 'zod';
import type { ServerParts } from '../server-parts.ts';
import { CountRow, ProjectRow, type ReleaseRow } from '../storage/rows.ts';
import { showTime } from './show-project.ts';

const Seen = z.object({ first: z.number().nullable(), last: z.number().nullable() });

export function showRelease(parts: ServerParts, release: ReleaseRow): Record<string, unknown> {
  const { db } = parts;
  const projects = db.all(
    ProjectRow,
    'SELECT projects.* FROM projects JOIN release_projects ON project_id = projects.id WHERE release_id = ? ORDER BY slug',
    release.id,
  );
  const count = (sql: string, value: string | number): number => db.one(CountRow, sql, value)?.count ?? 0;
  const newGroups = count('SELECT count(*) AS count FROM issues WHERE first_release = ?', release.version);
  // Two look-ups in an index; asked for together they would be a walk over all events of the release.
  const ofRelease = "FROM events WHERE '' || release = ?1 AND release IS NOT NULL";
  const seen = db.one(
    Seen,
    `SELECT (SELECT min(at) ${ofRelease}) AS first, (SELECT max(at) ${ofRelease}) AS last`,
    release.version,
  );
  const [, name, version] = /^(?<name>[^@]+)@(?<version>.+)$/.exec(release.version) ?? [];
  return {
    id: release.id,
    version: release.version,
    shortVersion: version ?? release.version,
    status: 'open',
    versionInfo: {
      package: name ?? null,
      version: { raw: version ?? release.version },
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
    commitCount: count('SELECT count(*) AS count FROM commits WHERE release_id = ?', release.id),
    lastCommit: null,
    deployCount: 0,
    lastDeploy: null,
    authors: [],
    projects: projects.map((project) => ({
      id: project.id,
      slug: project.slug,
      name: project.name,
      newGroups,
      platform: project.platform,
      platforms: project.platform === null ? [] : [project.platform],
      hasHealthData: false,
    })),
    firstEvent: seen?.first == null ? null : showTime(seen.first),
    lastEvent: seen?.last == null ? null : showTime(seen.last),
    currentProjectMeta: {},
    userAgent: null,
  };
}
