/** What share of a release's sessions went without a crash, as the page says it. */
import type { ServerParts } from '../server-parts.ts';
import { listSessionGroups, sumSessions } from '../storage/session-counts.ts';
import { crashFree } from '../web/release-health.ts';

const HOUR = 3_600_000;

/** By release, over all sessions that are still kept; releases without sessions are left out. */
export function crashFreeSessions(
  parts: ServerParts,
  projectId: number,
  versions: readonly string[],
): ReadonlyMap<string, string> {
  const groups = listSessionGroups(parts.db, [projectId]).filter(({ release }) => versions.includes(release));
  const keys = new Map(groups.map(({ id, release }) => [id, versions.indexOf(release)]));
  const to = Math.floor(parts.now().getTime() / HOUR) + 1;
  const tallies = sumSessions(parts.db, { keys, from: 0, to });
  return new Map(tallies.map((tally) => [versions[tally.key] ?? '', percentText(crashFree(tally) ?? 0)]));
}

/** Never rounded up to all of them. */
function percentText(percent: number): string {
  return `${(Math.floor(percent * 10) / 10).toString()} %`;
}
