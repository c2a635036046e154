/**
 * How far a release has come into use, as `adoptionStages=1` asks for it: adopted from the first hour in which a tenth of a
 * project's sessions were of it, replaced after the last such hour once the project had sessions in a later one.
 */
import type { Context } from 'hono';
import type { ServerParts } from '../server-parts.ts';
import { listSessionGroups, type SessionGroup, type SessionTally, sumSessions } from '../storage/session-counts.ts';
import { environmentsAsked } from './event-filter.ts';
import { isAsked } from './release-health.ts';
import { totalOf } from './session-figures.ts';
import { showTime } from './show-project.ts';

const HOUR = 3_600_000;
const SHARE = 0.1;

/** By version and id of the project; undefined where the request does not ask for it, or the release had no session. */
export type Stages = (version: string, projectId: number) => Record<string, string | null> | undefined;

export function adoptionStages(parts: ServerParts, c: Context): Stages | undefined {
  if (!isAsked(c.req.query('adoptionStages'))) return undefined;
  const environments = environmentsAsked(c);
  const groups = listSessionGroups(parts.db, []).filter(
    ({ environment }) => environments.length === 0 || environments.includes(environment),
  );
  const to = Math.floor(parts.now().getTime() / HOUR) + 1;
  const hourly = (keys: ReadonlyMap<number, number>): SessionTally[] =>
    sumSessions(parts.db, { keys, from: 0, to, step: 1 }).toSorted((a, b) => a.bucket - b.bucket);
  const ofProjects = Map.groupBy(
    hourly(new Map(groups.map(({ id, project_id }) => [id, project_id]))),
    ({ key }) => key,
  );
  return (version, projectId) => {
    const own = groups.filter(({ release, project_id }) => release === version && project_id === projectId);
    if (own.length === 0) return undefined;
    return stageOf(hourly(membersOf(own)), ofProjects.get(projectId) ?? []);
  };
}

function membersOf(groups: readonly SessionGroup[]): Map<number, number> {
  return new Map(groups.map(({ id }) => [id, 0]));
}

/** Both with the oldest hour first. */
function stageOf(release: readonly SessionTally[], project: readonly SessionTally[]): Record<string, string | null> {
  const all = new Map(project.map((tally) => [tally.bucket, totalOf(tally)]));
  const hours = release
    .filter((tally) => totalOf(tally) >= SHARE * (all.get(tally.bucket) ?? 0))
    .map(({ bucket }) => bucket);
  const [first] = hours;
  const last = hours.at(-1);
  if (first === undefined || last === undefined) return { stage: 'low_adoption', adopted: null, unadopted: null };
  const after = project.find(({ bucket }) => bucket > last)?.bucket;
  return {
    stage: after === undefined ? 'adopted' : 'replaced',
    adopted: showTime(first * HOUR),
    unadopted: after === undefined ? null : showTime(after * HOUR),
  };
}
