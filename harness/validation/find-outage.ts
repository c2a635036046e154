/** Whether an issue comes from a service that the app calls and that does not answer, or answers with an error. */
import type { Case } from '../model/case.ts';
import type { Issue } from '../model/issue.ts';
import type { ScenarioRun } from '../model/scenario.ts';
import type { Skipped } from '../model/stage-result.ts';
import type { ServiceCall, Trial, TrialRun } from './trial.ts';

export interface OutageTools {
  /** Whether the app's sources changed a line that names this text since the scenario was last green. */
  changedRecently(scenario: string, text: string): Promise<boolean>;
}

export interface OutageEvidence {
  readonly runs: readonly ScenarioRun[];
  readonly reruns: readonly TrialRun[];
  readonly trial: Pick<Trial, 'serviceCalls' | 'url'>;
}

/** How far the clocks of browser and server may lie apart. */
const AFTER_MS = 1_000;

/** The settled outcome `outage`, or undefined where no failing service explains the issue. */
export async function findOutage(
  one: Case,
  evidence: OutageEvidence,
  tools: OutageTools,
): Promise<Skipped | undefined> {
  const call = guiltyCall(one, evidence);
  if (call === undefined) return undefined;
  const { host, pathname } = new URL(call.url);
  for (const { id } of one.scenarios) {
    // An app that was changed to call another address may simply call the wrong one: that can be mended.
    if (await tools.changedRecently(id, pathname.length > 1 ? pathname : host)) return undefined;
  }
  const answer =
    call.status === undefined ? `did not answer (${call.error ?? 'no connection'})` : `answered ${call.status}`;
  return {
    subject: one.issue.shortId,
    result: 'outage',
    reason: 'service-unavailable',
    detail: `${call.method} ${host}${pathname} ${answer}; no patch of the app mends that service.`,
  };
}

function guiltyCall(one: Case, { runs, reruns, trial }: OutageEvidence): ServiceCall | undefined {
  const own = new Set(one.scenarios.map(({ id }) => id));
  const redRuns = reruns.filter(({ run, red }) => red && own.has(run.scenario.id));
  const isOwn = (url: string): boolean => url.startsWith(`${trial.url}/`);
  const calls = trial.serviceCalls().filter((call) => !isOwn(call.url));
  const explained = redRuns.map(
    ({ run }) => failedServerCall(run, one.issue, calls) ?? failedPageCall(run, runs, isOwn),
  );
  const [first] = explained;
  if (first === undefined || explained.some((call) => call === undefined)) return undefined;
  const answersToo = calls.some((call) => !hasFailed(call) && sameService(call, first));
  return answersToo ? undefined : first;
}

/**
 * A call that failed while the server was answering a request of this run: one that it answered with an error, or any
 * where the issue itself speaks of the network.
 */
function failedServerCall(run: ScenarioRun, issue: Issue, calls: readonly ServiceCall[]): ServiceCall | undefined {
  const isNetwork = mentionsNetwork(issue);
  const answered = run.requests.filter(({ status }) => isNetwork || issue.reportedByHarness || (status ?? 0) >= 500);
  return calls.filter(hasFailed).find((call) => answered.some((request) => isDuring(call, request)));
}

function isDuring({ at, during }: ServiceCall, request: ScenarioRun['requests'][number]): boolean {
  const url = URL.parse(request.url);
  if (during && (during.method !== request.method || during.path.split('?')[0] !== url?.pathname)) return false;
  const start = Date.parse(request.at) - AFTER_MS;
  const end = Date.parse(request.at) + (request.durationMs ?? 0) + AFTER_MS;
  return Date.parse(at) >= start && Date.parse(at) <= end;
}

const NETWORK =
  /fetch failed|ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|UND_ERR|socket hang up|network|timed? ?out/i;

function mentionsNetwork(issue: Issue): boolean {
  return issue.event.exceptions.some(({ type, value }) => NETWORK.test(`${type} ${value}`));
}

/** A request of the page to somebody else's host that failed here and in no green scenario. */
function failedPageCall(
  run: ScenarioRun,
  base: readonly ScenarioRun[],
  isOwn: (url: string) => boolean,
): ServiceCall | undefined {
  const failed = run.requests.map(asCall).filter((call) => hasFailed(call) && !isOwn(call.url));
  const healthy = base.filter(({ status }) => status === 'passed').flatMap(({ requests }) => requests.map(asCall));
  return failed.find((call) => !healthy.some((other) => sameService(call, other) && hasFailed(other)));
}

function asCall(request: ScenarioRun['requests'][number]): ServiceCall {
  return { method: request.method, url: request.url, status: request.status, error: request.failure, at: request.at };
}

/** What the browser itself refused or gave up is not the service's doing. */
const OUR_OWN_DOING = /ERR_ABORTED|ERR_BLOCKED|BLOCKED_BY|csp/i;

function hasFailed({ status, error }: ServiceCall): boolean {
  if (status === undefined) return error !== undefined && !OUR_OWN_DOING.test(error);
  return status >= 500 || status === 429;
}

function sameService(a: ServiceCall, b: ServiceCall): boolean {
  const [x, y] = [URL.parse(a.url), URL.parse(b.url)];
  return x !== null && y !== null && a.method === b.method && x.host === y.host && x.pathname === y.pathname;
}
