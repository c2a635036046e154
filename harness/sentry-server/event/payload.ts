/** An event as an SDK sends it: every field is optional, wrong ones are dropped, long ones cut. */
import { z } from 'zod';
import { limits } from '../limits.ts';

const lenient = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

/** Numbers and booleans become text, as Relay does it. */
const text = (max: number) =>
  lenient(z.union([z.string(), z.number(), z.boolean()]).transform((value) => String(value).slice(0, max))).transform(
    (value) => (value === '' ? undefined : value),
  );

const whole = lenient(
  z.union([
    z.int(),
    z
      .string()
      .regex(/^\d{1,9}$/)
      .transform(Number),
  ]),
);
const flag = lenient(z.boolean());
const record = lenient(z.record(z.string(), z.unknown()));

/** Wrong members of a list are dropped, the rest stay. */
function list<T extends z.ZodType>(member: T) {
  return z.array(z.unknown()).transform((values) =>
    values.flatMap((value) => {
      const parsed = member.safeParse(value);
      return parsed.success ? [parsed.data] : [];
    }),
  );
}

/** `{values: […]}`, a bare list, or (in old SDKs) the only member itself. */
function values<T extends z.ZodType>(member: T) {
  return lenient(
    z
      .preprocess((input) => {
        if (Array.isArray(input) || typeof input !== 'object' || input === null) return input;
        return 'values' in input ? (input.values ?? []) : [input];
      }, list(member))
      .transform((found) => (found.length === 0 ? undefined : found)),
  );
}

/** Of a very long stack the outermost and the innermost half are kept. */
function trimFrames<T>(frames: readonly T[]): T[] {
  if (frames.length <= limits.frames) return [...frames];
  return [...frames.slice(0, limits.frames / 2), ...frames.slice(-limits.frames / 2)];
}

export const Frame = z.object({
  filename: text(1024),
  abs_path: text(2048),
  module: text(512),
  function: text(512),
  raw_function: text(512),
  package: text(512),
  platform: text(64),
  lineno: whole,
  colno: whole,
  in_app: flag,
  context_line: lenient(z.string().transform((line) => line.slice(0, 2000))),
  pre_context: lenient(list(z.string().transform((line) => line.slice(0, 2000)))),
  post_context: lenient(list(z.string().transform((line) => line.slice(0, 2000)))),
  vars: record,
  data: record,
});
export type Frame = z.infer<typeof Frame>;

const Stacktrace = lenient(
  z
    .object({ frames: lenient(list(Frame).transform(trimFrames)) })
    .transform(({ frames }) => ({ frames: frames ?? [] })),
);

const Mechanism = lenient(
  z.object({
    type: text(128),
    handled: flag,
    synthetic: flag,
    is_exception_group: flag,
    exception_id: whole,
    parent_id: whole,
    source: text(256),
    data: record,
  }),
);

export const Exception = z.object({
  type: text(256),
  value: text(limits.messageChars),
  module: text(256),
  thread_id: text(128),
  stacktrace: Stacktrace,
  mechanism: Mechanism,
});
export type Exception = z.infer<typeof Exception>;

const Thread = z.object({ id: text(128), name: text(256), crashed: flag, current: flag, stacktrace: Stacktrace });

const Time = lenient(z.union([z.number(), z.string().max(64)]));

const Crumb = z.object({
  type: text(128),
  category: text(256),
  message: text(limits.messageChars),
  level: text(32),
  timestamp: Time,
  data: record,
});

const LogEntry = z.preprocess(
  (input) => (typeof input === 'string' ? { formatted: input } : input),
  z.object({ message: text(limits.messageChars), formatted: text(limits.messageChars), params: lenient(z.unknown()) }),
);

const tagText = z.union([z.string(), z.number(), z.boolean()]).transform((value) => String(value).trim().slice(0, 200));

/** Pairs, in the order of the sender; a key's last value wins. */
const Tags = lenient(
  z
    .preprocess(
      (input) => {
        if (Array.isArray(input)) return input;
        return typeof input === 'object' && input !== null ? Object.entries(input) : [];
      },
      list(z.tuple([z.string().trim().min(1).max(200), tagText])),
    )
    .transform((pairs) => pairs.slice(0, limits.tags)),
);

/** `String(value)` would throw for an object with a `toString` of its own. */
function written(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

const pairs = lenient(
  z
    .union([
      z.record(z.string(), z.unknown()).transform((found) => Object.entries(found)),
      z.array(z.tuple([z.string(), z.unknown()])),
    ])
    .transform((found) =>
      found.slice(0, 100).map(([key, value]): [string, string] => [key, written(value).slice(0, 2000)]),
    ),
);

const Request = lenient(
  z.object({
    url: text(2048),
    method: text(32),
    query_string: lenient(z.unknown()),
    headers: pairs,
    cookies: pairs,
    data: lenient(z.unknown()),
    env: record,
  }),
);

const User = lenient(
  z.looseObject({ id: text(128), email: text(128), username: text(128), ip_address: text(64), name: text(128) }),
);

const Payload = z.object({
  event_id: text(64),
  type: text(32),
  timestamp: Time,
  platform: text(64),
  level: text(32),
  logger: text(128),
  transaction: text(512),
  release: text(250),
  dist: text(64),
  environment: text(64),
  server_name: text(256),
  message: lenient(LogEntry),
  logentry: lenient(LogEntry),
  exception: values(Exception).transform((found) => found?.slice(-limits.exceptions)),
  threads: values(Thread),
  stacktrace: Stacktrace,
  breadcrumbs: values(Crumb).transform((found) => found?.slice(-limits.breadcrumbs)),
  request: Request,
  user: User,
  tags: Tags,
  contexts: record,
  extra: record,
  modules: record,
  sdk: lenient(z.looseObject({ name: text(128), version: text(64) })),
  fingerprint: lenient(
    list(z.union([z.string(), z.number(), z.boolean()]).transform(String)).transform((found) => found.slice(0, 50)),
  ),
  checksum: text(128),
  debug_meta: record,
  _meta: record,
});

export const EventPayload = Payload.transform(({ message, logentry, ...rest }) => ({
  ...rest,
  logentry: logentry ?? message,
}));
export type EventPayload = z.infer<typeof EventPayload>;
