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

/** Sentry puts null in the place of what it could not read. */
const listOf = <T>(schema: z.ZodType<T>) =>
  z.array(schema.nullable()).transform((all) => all.flatMap((one): T[] => (one === null ? [] : [one])));

const WireFrames = listOf(WireFrame);
const WireStack = orAbsent(z.object({ frames: orAbsent(WireFrames) }));

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

const WireExceptions = orAbsent(z.object({ values: orAbsent(listOf(WireException)) }));
const WireCrumbs = vague(z.object({ values: listOf(WireCrumb) }));
const WireMessage = vague(z.object({ formatted: text, message: text }));

/** An entry of another type says nothing to us; what was thrown must be readable, the rest may be of any shape. */
const WireEntries = z.array(z.object({ type: z.string(), data: z.unknown() })).transform((entries, context) => {
  const dataOf = <T>(type: string, schema: z.ZodType<T>): T | undefined => {
    const index = entries.findIndex((one) => one.type === type);
    const parsed = schema.safeParse(entries[index]?.data);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    const path = [index, 'data', ...(issue?.path ?? [])];
    context.addIssue({ code: 'custom', path, message: issue?.message ?? 'Invalid input' });
    return undefined;
  };
  return {
    exceptions: dataOf('exception', WireExceptions)?.values,
    breadcrumbs: dataOf('breadcrumbs', WireCrumbs)?.values,
    request: dataOf('request', vague(WireRequest)),
    message: dataOf('message', WireMessage),
  };
});

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
    const exceptions = event.entries.exceptions ?? [];
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
