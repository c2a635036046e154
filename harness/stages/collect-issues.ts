/** Scenario runs in, Issues out: waits until their events are ingested, and reads the groups that they became. */
import type { Issue, Runtime, SentryEvent } from '../model/issue.ts';
import { appErrors, type ErrorEvent, isRed, tieEvents } from '../model/red.ts';
import type { Ingestion } from '../model/run-record.ts';
import type { ScenarioRun } from '../model/scenario.ts';
import type { Sighting } from '../model/sighting.ts';
import type { Skipped, StageResult } from '../model/stage-result.ts';
import { withoutVariables } from '../model/without-variables.ts';

/** What Sentry tells of an issue by itself. */
export type IssueFacts = Pick<
  Issue,
  | 'id'
  | 'shortId'
  | 'title'
  | 'culprit'
  | 'level'
  | 'permalink'
  | 'status'
  | 'count'
  | 'userCount'
  | 'firstSeen'
  | 'lastSeen'
  | 'firstRelease'
>;

/** A red scenario that sent nothing, as the harness reports it. */
export interface Finding {
  readonly scenario: string;
  readonly step: string;
  readonly title: string;
  readonly message: string;
  readonly type?: string;
  readonly stack?: string;
  readonly file?: string;
  readonly line?: number;
  readonly pageUrl?: string;
}

export interface CollectTools {
  /** Milliseconds until Sentry knew the event; undefined when it did not within a bounded time. */
  waitForEvent(eventId: string): Promise<number | undefined>;
  /** Every error event of the base run, whichever process sent it; asked again until `isEnough` or a bounded time has passed. */
  listErrorEvents(isEnough: (events: readonly ErrorEvent[]) => boolean): Promise<readonly ErrorEvent[]>;
  readIssue(issueId: string): Promise<IssueFacts>;
  readEvent(issueId: string, eventId: string): Promise<SentryEvent>;
  readHashes(issueId: string): Promise<readonly string[]>;
  /** Ids of the commits that Sentry suspects of the event, strongest first; none where it cannot tell. */
  readSuspectCommits(eventId: string): Promise<readonly string[]>;
  /** Sends it to Sentry in the harness's name and returns the event's id. */
  reportFinding(finding: Finding): Promise<string>;
  /** Whether that Sentry is not the embedded one. */
  readonly isHosted: boolean;
  /** Origin of the app in this run, which differs from night to night. */
  readonly appUrl: string;
  /** Told how far the waiting is, for the progress display. */
  progress(text: string): void;
}

export interface Collected extends StageResult<Issue> {
  /** Ids of red scenarios: Playwright failed them, or Sentry holds an error of theirs. */
  readonly red: readonly string[];
  /** Absent where no event was waited for, or none came. */
  readonly ingestion?: Ingestion;
}

/** So many events are waited for at once. */
const AT_ONCE = 8;

/** Issues sorted by short id; each red scenario belongs to at least one, or is named in `skipped`. */
export async function collectIssues(runs: readonly ScenarioRun[], tools: CollectTools): Promise<Collected> {
  const waits = await waitForEvents(runs, tools);
  const lost = lostRuns(runs, waits);
  const events = await tools.listErrorEvents((seen) => serversAnswered(runs, seen));
  const tied = tieEvents(runs, events);
  const skipped: Skipped[] = [];
  const passed = runs.filter(({ status }) => status === 'passed');
  const usual = new Set(
    passed.flatMap(({ sightings }) => sightings.filter(({ kind }) => kind === 'csp-violation').map(violationOf)),
  );
  const caused = new Map<ScenarioRun, ErrorEvent[]>();
  for (const run of runs) {
    const own = (tied.get(run) ?? []).filter(isError);
    if (!isRed(run, own)) continue;
    const twin = own.length > 0 ? undefined : sameRoute(run, events);
    const reported =
      own.length > 0 ? own : [twin ?? (await reportSilent(run, { isLost: lost.has(run), usual }, tools))];
    if (own.length === 0 && lost.has(run)) skipped.push(pipelineBroken(run, reported));
    caused.set(run, reported);
  }
  const items = withTwins(await readIssues(caused, tools));
  const red = [...caused.keys()].map((run) => run.scenario.id).sort();
  const ingestion = ingestionOf([...waits.values()], tools);
  return { items, skipped, red, ...(ingestion && { ingestion }) };
}

function isError(event: ErrorEvent): boolean {
  return event.level === undefined || event.level === 'error' || event.level === 'fatal';
}

/** Milliseconds by event, undefined for those that never came. One after the other, the last would seem to be known at once. */
async function waitForEvents(
  runs: readonly ScenarioRun[],
  tools: CollectTools,
): Promise<Map<string, number | undefined>> {
  const waits = new Map<string, number | undefined>();
  const left = new Set(runs.flatMap(({ eventIds }) => eventIds)).values();
  const lane = async (): Promise<void> => {
    for (const id of left) {
      tools.progress(`waiting for event ${id.slice(0, 8)}`);
      waits.set(id, await tools.waitForEvent(id));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return waits;
}

/** Runs of which at least one event left the page and never arrived. */
function lostRuns(runs: readonly ScenarioRun[], waits: ReadonlyMap<string, number | undefined>): Set<ScenarioRun> {
  const isLost = (run: ScenarioRun): boolean => {
    const uncaught = appErrors(run).some(({ kind }) => kind === 'exception' || kind === 'rejection');
    if (uncaught && run.browserSdk === true && run.eventIds.length === 0) return true;
    return run.eventIds.some((id) => waits.get(id) === undefined);
  };
  return new Set(runs.filter(isLost));
}

/** Of an even number the median is the later of the two in the middle. */
function ingestionOf(waits: readonly (number | undefined)[], { isHosted }: CollectTools): Ingestion | undefined {
  const known = waits.filter((wait) => wait !== undefined).sort((a, b) => a - b);
  const [medianMs, slowestMs] = [known[Math.floor(known.length / 2)], known.at(-1)];
  if (medianMs === undefined || slowestMs === undefined) return undefined;
  return { events: known.length, medianMs, slowestMs, isHosted };
}

/** Whether each run that saw a 5xx of the app has an event from the server. */
function serversAnswered(runs: readonly ScenarioRun[], events: readonly ErrorEvent[]): boolean {
  const tied = tieEvents(runs, events);
  return runs
    .filter((run) => run.sightings.some(({ kind, origin }) => kind === 'server-error' && origin === 'app'))
    .every((run) => (tied.get(run) ?? []).some((event) => !run.eventIds.includes(event.eventId)));
}

interface Known {
  readonly isLost: boolean;
  /** Violations of the policy in scenarios that passed: they do no harm. */
  readonly usual: ReadonlySet<string>;
}

async function reportSilent(run: ScenarioRun, { isLost, usual }: Known, tools: CollectTools): Promise<ErrorEvent> {
  const sighting = tellingSighting(run, usual);
  const step = sighting?.step ? `${sighting.step.file}:${sighting.step.title}` : (sighting?.kind ?? run.status);
  const message = (sighting?.message ?? `The scenario ended as ${run.status}.`).replaceAll(tools.appUrl, '');
  const eventId = await tools.reportFinding({
    scenario: run.scenario.id,
    step,
    title: isLost ? `Error never reached Sentry: ${message}` : message,
    message,
    ...(sighting?.errorType && { type: sighting.errorType }),
    ...(sighting?.stack && { stack: sighting.stack }),
    ...(sighting?.step && { file: sighting.step.file, line: sighting.step.line }),
    ...(sighting?.pageUrl && { pageUrl: sighting.pageUrl }),
  });
  await tools.waitForEvent(eventId);
  const [event] = (await tools.listErrorEvents((seen) => seen.some((one) => one.eventId === eventId))).filter(
    (one) => one.eventId === eventId,
  );
  if (event === undefined) throw new Error(`The harness's own event ${eventId} was ingested but is not listed.`);
  return event;
}

/**
 * An SDK drops an error that equals the one before: a second scenario that sees the same route answer 5xx then has no
 * event of its own, but the same issue.
 */
function sameRoute(run: ScenarioRun, events: readonly ErrorEvent[]): ErrorEvent | undefined {
  const failed = run.sightings.flatMap(({ kind, origin, request }) =>
    kind === 'server-error' && origin === 'app' && request ? [request] : [],
  );
  return events.find(
    (event) =>
      isError(event) && failed.some(({ method, url }) => answersOn(event, method, URL.parse(url)?.pathname ?? '')),
  );
}

/** `GET /api/orders/:id` and `/api/orders/1044` are one route; without a route's name, numbers are what varies. */
function answersOn({ transaction, url }: ErrorEvent, method: string, path: string): boolean {
  const [verb, route] = transaction?.split(' ') ?? [];
  if (verb === method && route !== undefined) {
    const pattern = route
      .split('/')
      .map((part) => (/^[:*{<[]/.test(part) ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
    if (new RegExp(`^${pattern.join('/')}$`).test(path)) return true;
  }
  const seen = url === undefined ? undefined : URL.parse(url)?.pathname;
  return seen !== undefined && withoutVariables(seen) === withoutVariables(path);
}

/** Directive and origin: addresses vary. */
function violationOf({ policy, message }: Sighting): string {
  if (policy === undefined) return message;
  return `${policy.directive} ${URL.parse(policy.blocked)?.origin ?? policy.blocked}`;
}

/**
 * The sighting that says most of why the run went red: an error of the app, else what its own policy kept from loading where
 * that does not happen to scenarios that pass, else the failed assertion.
 */
function tellingSighting(run: ScenarioRun, usual: ReadonlySet<string>): Sighting | undefined {
  return (
    appErrors(run)[0] ??
    run.sightings.find((one) => one.kind === 'csp-violation' && !usual.has(violationOf(one))) ??
    run.sightings.find(({ kind }) => kind === 'assertion') ??
    run.sightings.find(({ origin }) => origin === 'app')
  );
}

function pipelineBroken(run: ScenarioRun, [event]: readonly ErrorEvent[]): Skipped {
  return {
    subject: event?.shortId ?? run.scenario.id,
    result: 'pipeline-broken',
    reason: 'event-never-arrived',
    detail: `${run.scenario.id} caused an error, but its event never reached Sentry. Look at DSN, Content-Security-Policy and tunnel.`,
  };
}

async function readIssues(
  caused: ReadonlyMap<ScenarioRun, readonly ErrorEvent[]>,
  tools: CollectTools,
): Promise<Issue[]> {
  const byIssue = new Map<string, { events: ErrorEvent[]; scenarios: Set<string> }>();
  for (const [run, events] of caused) {
    for (const event of events) {
      const group = byIssue.get(event.issueId) ?? { events: [], scenarios: new Set() };
      group.events.push(event);
      group.scenarios.add(run.scenario.id);
      byIssue.set(event.issueId, group);
    }
  }
  const followers = findFollowers(caused);
  const issues: Issue[] = [];
  for (const [issueId, group] of byIssue) {
    const [first] = group.events;
    if (first === undefined) continue;
    const facts = await tools.readIssue(issueId);
    const event = await tools.readEvent(issueId, first.eventId);
    const reportedByHarness = event.logger === 'mendwright';
    // What the harness reported of a scenario was thrown by no commit's code.
    const suspectCommits = reportedByHarness ? [] : await tools.readSuspectCommits(first.eventId);
    issues.push({
      ...facts,
      hashes: [...(await tools.readHashes(issueId))],
      runtime: runtimeOf(event, first.eventId, caused, reportedByHarness),
      reportedByHarness,
      scenarios: [...group.scenarios].sort(),
      eventIds: group.events.map(({ eventId }) => eventId).sort(),
      event,
      followers: [...(followers.get(facts.shortId) ?? [])].sort(),
      ...(suspectCommits.length > 0 && { suspectCommits: [...suspectCommits] }),
    });
  }
  return issues.sort((a, b) => a.shortId.localeCompare(b.shortId));
}

function runtimeOf(
  event: SentryEvent,
  eventId: string,
  caused: ReadonlyMap<ScenarioRun, readonly ErrorEvent[]>,
  reportedByHarness: boolean,
): Runtime {
  const owner = [...caused].find(([, events]) => events.some((one) => one.eventId === eventId))?.[0];
  if (reportedByHarness) return owner && appErrors(owner).length > 0 ? 'browser' : 'scenario';
  return owner?.eventIds.includes(eventId) || event.platform === 'javascript' ? 'browser' : 'server';
}

/**
 * One error may become several issues: frames of libraries differ from page to page, and builds give them other names. Of
 * those with the same message, thrown at the same place of the app, the first takes the scenarios of the others, which
 * follow it.
 */
function withTwins(issues: readonly Issue[]): Issue[] {
  const leaders = new Map<string, Issue>();
  for (const issue of issues) {
    const key = placeAndMessage(issue);
    const leader = leaders.get(key ?? '');
    if (key !== undefined) leaders.set(key, leader ? leading(leader, issue) : issue);
  }
  const merged = new Map([...leaders.values()].map((leader) => [leader.shortId, leader]));
  const led = new Set([...merged.values()].flatMap(({ followers }) => followers));
  // A follower leads nobody: whoever followed it follows its leader.
  return issues.map(
    (issue) => merged.get(issue.shortId) ?? (led.has(issue.shortId) ? { ...issue, followers: [] } : issue),
  );
}

function leading(leader: Issue, twin: Issue): Issue {
  const followers = new Set([...leader.followers, twin.shortId, ...twin.followers]);
  followers.delete(leader.shortId);
  const scenarios = new Set([...leader.scenarios, ...twin.scenarios]);
  return { ...leader, scenarios: [...scenarios].sort(), followers: [...followers].sort() };
}

function placeAndMessage({ event, runtime, reportedByHarness }: Issue): string | undefined {
  const thrown = event.exceptions.at(-1);
  const frame = thrown?.frames.findLast(({ inApp }) => inApp);
  if (reportedByHarness || thrown === undefined || frame?.line === undefined) return undefined;
  return [runtime, thrown.type, withoutVariables(thrown.value), frame.file, frame.line].join(' ');
}

/** An issue that never comes first in any scenario follows the one that came first where it was seen. */
function findFollowers(caused: ReadonlyMap<ScenarioRun, readonly ErrorEvent[]>): Map<string, Set<string>> {
  const roots = new Set([...caused.values()].map(([first]) => first?.shortId));
  const followers = new Map<string, Set<string>>();
  for (const [first, ...rest] of caused.values()) {
    if (first === undefined) continue;
    for (const { shortId } of rest) {
      if (roots.has(shortId)) continue;
      const set = followers.get(first.shortId) ?? new Set();
      followers.set(first.shortId, set.add(shortId));
    }
  }
  return followers;
}
