/** When a scenario is red, and which of Sentry's error events it caused. */
import type { ScenarioRun } from './scenario.ts';
import type { Sighting, SightingKind } from './sighting.ts';

/** An error event that Sentry holds, before its issue is read. */
export interface ErrorEvent {
  readonly eventId: string;
  readonly issueId: string;
  readonly shortId: string;
  readonly title: string;
  readonly at: string;
  readonly level?: string | undefined;
  readonly platform?: string | undefined;
  readonly traceId?: string | undefined;
  /** URL of the page, or of the request that the server was answering. */
  readonly url?: string | undefined;
  readonly transaction?: string | undefined;
}

const APP_ERRORS: ReadonlySet<SightingKind> = new Set([
  'exception',
  'rejection',
  'server-error',
  'page-crash',
  'error-boundary',
  'server-exception',
]);

/** Whether it turns its scenario red by itself: an error of the app, not of third parties. */
export function isAppError({ origin, kind }: Sighting): boolean {
  return origin === 'app' && APP_ERRORS.has(kind);
}

export function appErrors(run: ScenarioRun): Sighting[] {
  return run.sightings.filter(isAppError);
}

/** Red: Playwright failed it, or it caused an error of the app itself. Skipped scenarios are not red. */
export function isRed(run: ScenarioRun, events: readonly ErrorEvent[] = []): boolean {
  if (run.status === 'skipped') return false;
  if (run.status !== 'passed') return true;
  return appErrors(run).length > 0 || events.some(isError);
}

function isError(event: ErrorEvent): boolean {
  return event.level === undefined || event.level === 'error' || event.level === 'fatal';
}

/** How far the clocks of browser, server and harness may lie apart, and how long after an answer an SDK may send. */
const SLACK_MS = 2_000;

/**
 * Sorts error events to the scenario runs that caused them, oldest first: by the id of an envelope that left the page,
 * else by the trace that the page's requests carried, else, for servers that continue no trace, by the address of a
 * request that the scenario saw answered with 5xx at that time. An event that fits no run is left out.
 */
export function tieEvents(runs: readonly ScenarioRun[], events: readonly ErrorEvent[]): Map<ScenarioRun, ErrorEvent[]> {
  const tied = new Map<ScenarioRun, ErrorEvent[]>(runs.map((run) => [run, []]));
  for (const event of [...events].sort((a, b) => a.at.localeCompare(b.at) || a.eventId.localeCompare(b.eventId))) {
    const owner =
      runs.find((run) => run.eventIds.includes(event.eventId)) ??
      runs.find((run) => event.traceId !== undefined && run.traceIds.includes(event.traceId)) ??
      runs.find((run) => sawAnswer(run, event));
    if (owner) tied.get(owner)?.push(event);
  }
  return tied;
}

function sawAnswer(run: ScenarioRun, event: ErrorEvent): boolean {
  if (event.url === undefined) return false;
  const path = pathOf(event.url);
  const at = Date.parse(event.at);
  return run.requests.some((request) => {
    if ((request.status ?? 0) < 500 || pathOf(request.url) !== path) return false;
    const start = Date.parse(request.at);
    return at >= start - SLACK_MS && at <= start + (request.durationMs ?? 0) + SLACK_MS;
  });
}

function pathOf(url: string): string {
  return URL.parse(url)?.pathname ?? url;
}
