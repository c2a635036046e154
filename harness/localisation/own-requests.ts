/** What the pages of red scenarios asked the app's own server for. */
import type { ScenarioRun } from '../model/scenario.ts';

const DATA = new Set(['fetch', 'xhr', 'document']);
const MOST = 6;

/** Of the runs of these scenarios, last first, each once; paths without the query. */
export function ownRequests(
  runs: readonly ScenarioRun[],
  appUrl: string,
): (scenarios: readonly string[]) => { readonly method: string; readonly path: string }[] {
  const origin = URL.parse(appUrl)?.origin;
  return (scenarios) => {
    const found = new Map<string, { method: string; path: string }>();
    for (const { scenario, requests } of runs) {
      if (!scenarios.includes(scenario.id)) continue;
      for (const { method, url, resourceType } of [...requests].reverse()) {
        const parsed = URL.parse(url);
        if (parsed === null || parsed.origin !== origin || !DATA.has(resourceType)) continue;
        found.set(`${method} ${parsed.pathname}`, { method, path: parsed.pathname });
      }
    }
    return [...found.values()].slice(0, MOST);
  };
}
