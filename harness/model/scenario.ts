/** A scenario (one Playwright test) and what one run of it came to. */
import { z } from 'zod';
import { Sighting } from './sighting.ts';
import { ThrowState } from './throw-state.ts';
import { Witness } from './witness.ts';

/** Names one scenario in the repository, whatever commit is checked out. */
export const ScenarioRef = z.strictObject({
  /** `[project] file › describe › title`; equal on every machine and commit. */
  id: z.string(),
  /** Playwright project name, '' when the configuration has none. */
  project: z.string(),
  /** Spec file, relative to the app's root, with forward slashes. */
  file: z.string(),
  /** 1-based line of the `test(…)` call in the commit that was run. */
  line: z.int().positive(),
  /** Describe titles and the test's own title, outermost first. */
  titlePath: z.array(z.string()).min(1),
});
export type ScenarioRef = z.infer<typeof ScenarioRef>;

/** A request that the page made, as the browser saw it. */
export const RequestSeen = z.strictObject({
  method: z.string(),
  /** Absolute URL, query included, secrets removed. */
  url: z.string(),
  /** HTTP status; absent when no answer came. */
  status: z.int().optional(),
  /** Chromium's error text (`net::ERR_…`) when no answer came. */
  failure: z.string().optional(),
  resourceType: z.string(),
  at: z.iso.datetime(),
  /** Milliseconds until the answer's headers, or until it failed. */
  durationMs: z.number().nonnegative().optional(),
});
export type RequestSeen = z.infer<typeof RequestSeen>;

/** Each once, in the order in which they first come. */
export function distinctScenarios(refs: readonly ScenarioRef[]): ScenarioRef[] {
  return [...new Map(refs.map((ref) => [ref.id, ref])).values()];
}

export const ScenarioStatus = z.enum(['passed', 'failed', 'timed-out', 'skipped', 'interrupted']);
export type ScenarioStatus = z.infer<typeof ScenarioStatus>;

/** One execution of one scenario. Retries of Playwright's own are merged: `attempts` tells how many there were. */
export const ScenarioRun = z.strictObject({
  scenario: ScenarioRef,
  /** 0-based number of the repetition when the scenario was asked for several times. */
  repetition: z.int().nonnegative(),
  /** Playwright's word on the last attempt. */
  status: ScenarioStatus,
  attempts: z.int().positive(),
  startedAt: z.iso.datetime(),
  durationMs: z.number().nonnegative(),
  /** In the order in which they happened. */
  sightings: z.array(Sighting),
  /** Ids (32 hex digits) of Sentry events that left the page during this run. */
  eventIds: z.array(z.string()),
  /** Trace ids (32 hex digits) that the page's requests and envelopes carried. */
  traceIds: z.array(z.string()),
  /** Document, fetch and XHR requests, envelopes left out. */
  requests: z.array(RequestSeen),
  /** Hosts that its pages asked, without ports, sorted. */
  hosts: z.array(z.string()).optional(),
  /** Throws at which the debugger was asked to look. */
  throws: z.array(ThrowState).optional(),
  /** What it ran and was answered, where that was asked for. */
  witness: Witness.optional(),
  /** Whether a Sentry browser SDK was found in a page of this scenario; undefined when no page was opened. */
  browserSdk: z.boolean().optional(),
  /** Visible text of the last page when the scenario ended, collapsed, at most 4,000 characters. */
  pageText: z.string().optional(),
  /** Screenshot of the last page when the scenario went red: a file relative to the suite's folder, in records to the run's. */
  screenshot: z.string().optional(),
  /** Playwright's trace of it, where one was asked for: a zip, named like the screenshot. */
  trace: z.string().optional(),
  /** Ids of control events that the harness provoked in this run's pages; they are not among `eventIds`. */
  controlEventIds: z.array(z.string()),
  /** Whether the harness ended the run at the first return of the old error. */
  endedEarly: z.boolean(),
});
export type ScenarioRun = z.infer<typeof ScenarioRun>;
