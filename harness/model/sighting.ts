/** A sighting: one error as a scenario saw it, before anyone knows what it means. */
import { z } from 'zod';

export const SightingKind = z.enum([
  'exception', // uncaught in a page, worker or frame
  'rejection', // unhandled promise rejection in a page
  'console-error',
  'request-failed', // no answer: refused, blocked, aborted, not resolved
  'server-error', // 5xx
  'client-error', // 4xx
  'csp-violation',
  'error-boundary', // caught by a framework's error boundary, which told the console
  'hang', // a page that no longer answers, or a request of a red scenario that was never answered
  'event-lost', // an event that left for Sentry and was not taken
  'page-crash',
  'assertion', // Playwright failed the scenario: expectation, timeout, thrown in the scenario
  'server-exception', // an error event of the app's server that Sentry holds for this scenario's trace
]);
export type SightingKind = z.infer<typeof SightingKind>;

/** Whose error it is. Third-party noise never turns a scenario red. */
export const SightingOrigin = z.enum(['app', 'third-party', 'scenario']);
export type SightingOrigin = z.infer<typeof SightingOrigin>;

export const Sighting = z.strictObject({
  /** 12 hex digits, a hash of scenario, kind, message and time. */
  id: z.string(),
  kind: SightingKind,
  origin: SightingOrigin,
  /** First line for people, at most 1,000 characters, control characters removed. A stranger's text. */
  message: z.string(),
  /** `TypeError` and the like, where the browser told. */
  errorType: z.string().optional(),
  /** As the browser printed it, at most 8,000 characters. */
  stack: z.string().optional(),
  /** URL of the page at that moment. */
  pageUrl: z.string().optional(),
  /** For request sightings. */
  request: z
    .strictObject({
      method: z.string(),
      url: z.string(),
      status: z.int().optional(),
      failure: z.string().optional(),
    })
    .optional(),
  /** For CSP violations. */
  policy: z.strictObject({ directive: z.string(), blocked: z.string() }).optional(),
  /** For failed assertions: what Playwright compared. */
  expected: z.string().optional(),
  received: z.string().optional(),
  /** The line of the scenario that was running, relative to the app's root. */
  step: z.strictObject({ title: z.string(), file: z.string(), line: z.int().positive() }).optional(),
  at: z.iso.datetime(),
});
export type Sighting = z.infer<typeof Sighting>;
