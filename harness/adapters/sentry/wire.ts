/** Sentry's answers: the fields that we read, renamed to our words. */
import { z } from 'zod';
import type { Breadcrumb, ExceptionValue, SentryEvent, StackFrame } from '../../model/issue.ts';
import type { ErrorEvent } from '../../model/red.ts';

const orAbsent = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? undefined);
const text = orAbsent(z.string());
const vague = <T extends z.ZodType>(schema: T) => orAbsent(schema).catch(undefined);
/** Sentry writes some numbers as text. */
const id = z.union([z.string(), z.number()]).transform(String);
const count = z.union([z.string(), z.number()]).transform(Number).pipe(z.int().nonnegative());
/** Discover writes `+00:00`, some servers leave the zone out. */
const time = z.string().transform((value, context) => {
  const at = Date.parse(/(?:z|[+-]\d\d:?\d\d)$/i.test(value) ? value : `${value}Z`);
  if (!Number.isNaN(at)) return new Date(at).toISOString();
  context.addIssue('must be a time');
  return z.NEVER;
});

/** What a list tells of an issue: the parts of model/issue.ts that need no event. */
export interface IssueSummary {
  readonly id: string;
  readonly shortId: string;
  readonly title: string;
  readonly culprit: string;
  readonly level: string;
  readonly permalink: string;
  readonly status: string;
  readonly substatus: string | undefined;
  readonly count: number;
  readonly userCount: number;
  readonly firstSeen: string;
  readonly lastSeen: string;
  /** Only known where one issue was asked for. */
  readonly firstRelease: string | undefined;
  readonly platform: string | undefined;
  readonly logger: string | undefined;
  readonly project: string;
}

export const WireIssue: z.ZodType<IssueSummary> = z.object({
  id,
  shortId: z.string(),
  title: z.string(),
  culprit: z
    .string()
    .nullish()
    .transform((value) => value ?? ''),
  level: z.string(),
  permalink: z.string(),
  status: z.string(),
  substatus: text,
  count,
  userCount: count,
  firstSeen: time,
  lastSeen: time,
  firstRelease: vague(z.object({ version: z.string() }).transform((release) => release.version)),
  platform: text,
  logger: text,
  project: z.object({ slug: z.string() }).transform((project) => project.slug),
});

export const WireIssues = z.array(WireIssue);

const position = vague(z.int().nonnegative());

const WireFrame: z.ZodType<StackFrame> = z
  .object({
    filename: text,
    absPath: text,
    module: text,
    function: text,
    lineNo: position,
    colNo: position,
    inApp: vague(z.boolean()),
    context: vague(z.array(z.tuple([z.number(), z.string().nullable()]))),
    vars: vague(z.record(z.string(), z.unknown())),
  })
  .transform((frame) => ({
    file: frame.filename ?? frame.absPath ?? frame.module ?? '',
    inApp: frame.inApp ?? false,
    ...present({
      absPath: frame.absPath,
      module: frame.module,
      function: frame.function,
      line: frame.lineNo,
      column: frame.colNo,
      contextLine: frame.context?.find(([line]) => line === frame.lineNo)?.[1] ?? undefined,
      vars: frame.vars,
    }),
  }));

const WireStack = orAbsent(z.object({ frames: orAbsent(z.array(WireFrame)) }));

const WireException: z.ZodType<ExceptionValue> = z
  .object({
    type: text,
    value: text,
    mechanism: vague(z.object({ type: text, handled: vague(z.boolean()) })),
    stacktrace: WireStack,
  })
  .transform(({ type, value, mechanism, stacktrace }) => ({
    type: type ?? '',
    value: value ?? '',
    frames: stacktrace?.frames ?? [],
    ...present({
      mechanism: mechanism?.type,
      handled: mechanism?.handled,
    }),
  }));

const WireCrumb: z.ZodType<Breadcrumb> = z
  .object({
    category: text,
    message: text,
    level: text,
    timestamp: vague(z.string()),
    data: vague(z.record(z.string(), z.unknown())),
  })
  .transform(({ timestamp, ...rest }) => present({ ...rest, at: timestamp }));

const WireRequest = z.object({ method: text, url: text }).transform(present);

/** An entry of another type, or of a shape that we do not know, says nothing to us. */
const WireEntries = z.array(z.object({ type: z.string(), data: z.unknown() })).transform((entries) => ({
  exceptions: dataOf(entries, 'exception', z.object({ values: z.array(WireException.nullable()) }))?.values,
  stack: dataOf(entries, 'stacktrace', z.object({ frames: z.array(WireFrame) }))?.frames,
  breadcrumbs: dataOf(entries, 'breadcrumbs', z.object({ values: z.array(WireCrumb) }))?.values,
  request: dataOf(entries, 'request', WireRequest),
  message: dataOf(entries, 'message', z.object({ formatted: text, message: text })),
}));

function dataOf<T>(
  entries: readonly { type: string; data?: unknown }[],
  type: string,
  schema: z.ZodType<T>,
): T | undefined {
  const entry = entries.find((one) => one.type === type);
  if (entry === undefined) return undefined;
  const parsed = schema.safeParse(entry.data);
  return parsed.success ? parsed.data : undefined;
}

const Tag = z.object({ key: z.string(), value: z.string().nullable() });

/** A full event. The user is told by id or name only: addresses are nobody's business here. */
export const WireEvent: z.ZodType<SentryEvent> = z
  .object({
    eventID: z.string(),
    title: text,
    message: text,
    platform: text,
    dateCreated: orAbsent(time),
    dateReceived: orAbsent(time),
    entries: WireEntries,
    tags: z.array(Tag),
    contexts: vague(z.object({ trace: vague(z.object({ trace_id: text })) })),
    user: vague(z.object({ id: text, username: text })),
    sdk: vague(z.object({ name: text, version: text })),
    release: vague(z.object({ version: text })),
  })
  .transform((event) => {
    const tags = Object.fromEntries(event.tags.map(({ key, value }) => [key, value ?? '']));
    const exceptions = (event.entries.exceptions ?? []).flatMap((one) => one ?? []);
    const formatted = event.entries.message?.formatted ?? event.entries.message?.message;
    return {
      id: event.eventID,
      at: event.dateCreated ?? event.dateReceived ?? '',
      platform: event.platform ?? 'other',
      level: tags.level ?? 'error',
      message: event.message || formatted || event.title || '',
      exceptions,
      breadcrumbs: event.entries.breadcrumbs ?? [],
      tags,
      ...present({
        logger: tags.logger,
        request: event.entries.request,
        transaction: tags.transaction,
        traceId: event.contexts?.trace?.trace_id,
        release: event.release?.version ?? tags.release,
        environment: tags.environment,
        sdk: event.sdk?.name === undefined ? undefined : [event.sdk.name, event.sdk.version].filter(Boolean).join(' '),
        user: event.user?.id ?? event.user?.username,
      }),
    };
  });

/** Fields of the discover call, in the order in which they are asked for. */
export const ERROR_FIELDS = [
  'id',
  'issue',
  'issue.id',
  'title',
  'timestamp',
  'trace',
  'url',
  'transaction',
  'level',
  'platform',
] as const;

export const WireErrorEvents = z.object({
  data: z.array(
    z
      .object({
        id: z.string(),
        issue: text,
        'issue.id': orAbsent(id),
        title: text,
        timestamp: time,
        trace: text,
        url: text,
        transaction: text,
        level: text,
        platform: text,
      })
      .transform(
        (row): ErrorEvent => ({
          eventId: row.id.replaceAll('-', ''),
          issueId: row['issue.id'] ?? '',
          shortId: row.issue ?? '',
          title: row.title ?? '',
          at: row.timestamp,
          level: row.level,
          platform: row.platform,
          traceId: row.trace || undefined,
          url: row.url || undefined,
          transaction: row.transaction || undefined,
        }),
      ),
  ),
});

export const WireEventIssue = z
  .object({ groupId: id, eventId: z.string(), event: vague(z.object({ eventID: z.string() })) })
  // Sentry's own eventId here is sometimes the row's, not the event's.
  .transform(({ groupId, eventId, event }) => ({
    issueId: groupId,
    eventId: (event?.eventID ?? eventId).replaceAll('-', ''),
  }));

export const WireHashes = z.array(z.object({ id: z.string() }));

export const WireNotes = z.array(z.object({ type: text, data: vague(z.object({ text })) }));

export const WireProject = z.object({ id, slug: z.string(), name: text, platform: text });

export const WireKeys = z.array(z.object({ isActive: vague(z.boolean()), dsn: z.object({ public: z.string() }) }));

/** For answers of which only the status matters. */
export const WireAnything = z.unknown();

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Leaves the absent members out, as the strict records of model/ want it. */
function present<T extends object>(record: T): Present<T> {
  const kept: Present<T> = {};
  for (const key in record) {
    const value = record[key];
    if (isPresent(value)) kept[key] = value;
  }
  return kept;
}

function isPresent<T>(value: T): value is Exclude<T, undefined> {
  return value !== undefined;
}
