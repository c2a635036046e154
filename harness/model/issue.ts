/** An Issue: Sentry's group of events, with one full event. Everything in it is a stranger's text. */
import { z } from 'zod';

export const StackFrame = z.strictObject({
  /** Sentry's `filename`: a path, a URL path, or a module file. */
  file: z.string(),
  /** Sentry's `absPath`: often a URL or an absolute path. */
  absPath: z.string().optional(),
  module: z.string().optional(),
  function: z.string().optional(),
  /** 1-based. */
  line: z.int().nonnegative().optional(),
  /** 1-based. */
  column: z.int().nonnegative().optional(),
  inApp: z.boolean(),
  contextLine: z.string().optional(),
  /** Locals that the SDK sent, already bounded by it. */
  vars: z.record(z.string(), z.unknown()).optional(),
});
export type StackFrame = z.infer<typeof StackFrame>;

export const ExceptionValue = z.strictObject({
  type: z.string(),
  value: z.string(),
  /** Sentry's mechanism type, `onerror`, `auto.…`, `generic`. */
  mechanism: z.string().optional(),
  handled: z.boolean().optional(),
  /** Outermost caller first, throwing frame last: Sentry's order. */
  frames: z.array(StackFrame),
});
export type ExceptionValue = z.infer<typeof ExceptionValue>;

export const Breadcrumb = z.strictObject({
  category: z.string().optional(),
  message: z.string().optional(),
  level: z.string().optional(),
  at: z.string().optional(),
  data: z.record(z.string(), z.unknown()).optional(),
});
export type Breadcrumb = z.infer<typeof Breadcrumb>;

export const SentryEvent = z.strictObject({
  /** 32 hex digits. */
  id: z.string(),
  at: z.string(),
  platform: z.string(),
  level: z.string(),
  logger: z.string().optional(),
  message: z.string(),
  /** Chained causes first, the exception that was reported last: Sentry's order. */
  exceptions: z.array(ExceptionValue),
  breadcrumbs: z.array(Breadcrumb),
  request: z.strictObject({ method: z.string().optional(), url: z.string().optional() }).optional(),
  transaction: z.string().optional(),
  traceId: z.string().optional(),
  release: z.string().optional(),
  environment: z.string().optional(),
  sdk: z.string().optional(),
  user: z.string().optional(),
  tags: z.record(z.string(), z.string()),
});
export type SentryEvent = z.infer<typeof SentryEvent>;

/** Where the code that failed runs; `scenario` is the harness's own report of a failed assertion. */
export const Runtime = z.enum(['browser', 'server', 'scenario']);
export type Runtime = z.infer<typeof Runtime>;

export const Issue = z.strictObject({
  /** Sentry's numeric id, as text. */
  id: z.string(),
  /** `SHOP-4`; unique in the organisation. */
  shortId: z.string(),
  title: z.string(),
  culprit: z.string(),
  level: z.string(),
  permalink: z.string(),
  status: z.string(),
  count: z.int().nonnegative(),
  userCount: z.int().nonnegative(),
  firstSeen: z.string(),
  lastSeen: z.string(),
  firstRelease: z.string().optional(),
  /** md5 grouping hashes known for the issue; empty where the server does not tell. */
  hashes: z.array(z.string()),
  runtime: Runtime,
  /** True when the harness itself reported it, because the scenario sent nothing. */
  reportedByHarness: z.boolean(),
  /** Ids of the red scenarios of this run that caused it, sorted. */
  scenarios: z.array(z.string()),
  /** Ids of the events of this run. */
  eventIds: z.array(z.string()),
  event: SentryEvent,
  /** Short ids of issues that came after this one in the same scenarios and are held to be its consequence. */
  followers: z.array(z.string()),
  /** Ids of commits that Sentry suspects of it, strongest first, unproven; absent where it names none. */
  suspectCommits: z.array(z.string()).optional(),
});
export type Issue = z.infer<typeof Issue>;
