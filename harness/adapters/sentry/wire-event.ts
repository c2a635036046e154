/** A full event of Sentry's, renamed to the words of model/issue.ts. */
import { z } from 'zod';
import type { Breadcrumb, ExceptionValue, SentryEvent, StackFrame } from '../../model/issue.ts';
import { orAbsent, present, text, time, vague } from './wire-words.ts';

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
