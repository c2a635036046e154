/** How the requests of two runs of a scenario differ, whatever port each app had. */
import type { RequestSeen, ScenarioRun } from '../model/scenario.ts';

export interface RequestDifference {
  /** `POST /api/orders` */
  readonly request: string;
  /** Answers as words, in the order in which they came; empty where it was not sent. */
  readonly red: readonly string[];
  readonly green: readonly string[];
}

/** Requests that only one run sent, or that were answered otherwise; sorted as the red run sent them, then the green one. */
export function requestDifferences(
  red: Pick<ScenarioRun, 'requests'>,
  green: Pick<ScenarioRun, 'requests'>,
): RequestDifference[] {
  const [before, after] = [answersOf(red.requests), answersOf(green.requests)];
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((request) => ({ request, red: before.get(request) ?? [], green: after.get(request) ?? [] }))
    .filter((one) => one.red.join() !== one.green.join());
}

function answersOf(requests: readonly RequestSeen[]): Map<string, string[]> {
  const answers = new Map<string, string[]>();
  for (const { method, url, status, failure } of requests) {
    const name = `${method} ${placeless(url)}`;
    // Polling asks the same again and again: only how the answers change is told.
    const known = answers.get(name) ?? [];
    const answer = status === undefined ? (failure ?? 'no answer') : String(status);
    if (known.at(-1) !== answer) answers.set(name, [...known, answer]);
  }
  return answers;
}

/** Each trial's app has a port of its own. */
function placeless(address: string): string {
  const url = URL.parse(address);
  if (url === null) return address;
  return /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname) ? url.pathname : `${url.host}${url.pathname}`;
}
