/** An event as an SDK sends it: every field is optional, wrong ones are dropped, long ones cut. */
import { isRecord } from '../../model/is-record.ts';
import { limits } from '../limits.ts';
import {
  anything,
  fields,
  flag,
  line,
  list,
  looseFields,
  type Reader,
  record,
  text,
  time,
  values,
  whole,
} from './lenient.ts';

const CONTEXT_CHARS = 2000;

export type Frame = NonNullable<ReturnType<typeof readFrame>>;
const readFrame = fields({
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
  context_line: line(CONTEXT_CHARS),
  pre_context: list(line(CONTEXT_CHARS)),
  post_context: list(line(CONTEXT_CHARS)),
  vars: record,
  data: record,
});

const frames = list(readFrame);

/** Of a very long stack the outermost and the innermost half are kept. */
const stacktrace: Reader<{ frames: Frame[] }> = (input) => {
  if (!isRecord(input)) return undefined;
  const found = frames(input.frames) ?? [];
  if (found.length <= limits.frames) return { frames: found };
  return { frames: [...found.slice(0, limits.frames / 2), ...found.slice(-limits.frames / 2)] };
};

const mechanism = fields({
  type: text(128),
  handled: flag,
  synthetic: flag,
  is_exception_group: flag,
  exception_id: whole,
  parent_id: whole,
  source: text(256),
  data: record,
});

export type Exception = NonNullable<ReturnType<typeof readException>>;
const readException = fields({
  type: text(256),
  value: text(limits.messageChars),
  module: text(256),
  thread_id: text(128),
  stacktrace,
  raw_stacktrace: stacktrace,
  mechanism,
});

const thread = fields({
  id: text(128),
  name: text(256),
  crashed: flag,
  current: flag,
  stacktrace,
  raw_stacktrace: stacktrace,
});

/** What went wrong while an event was processed; the other fields depend on the type. */
const readProcessingError = looseFields({ type: text(64) });
export type ProcessingError = Record<string, unknown> & { readonly type: string };
const processingError: Reader<ProcessingError> = (input) => {
  const read = readProcessingError(input);
  return read?.type === undefined ? undefined : { ...read, type: read.type };
};

const crumb = fields({
  type: text(128),
  category: text(256),
  message: text(limits.messageChars),
  level: text(32),
  timestamp: time,
  data: record,
});

const logEntry = fields({ message: text(limits.messageChars), formatted: text(limits.messageChars), params: anything });
const logEntryOrText: Reader<NonNullable<ReturnType<typeof logEntry>>> = (input) =>
  logEntry(typeof input === 'string' ? { formatted: input } : input);

const tag: Reader<[string, string]> = (pair) => {
  if (!Array.isArray(pair) || pair.length !== 2) return undefined;
  const [key, value] = pair;
  if (typeof key !== 'string' || key.trim() === '' || key.trim().length > 200) return undefined;
  if (typeof value === 'number' ? !Number.isFinite(value) : typeof value !== 'string' && typeof value !== 'boolean')
    return undefined;
  return [key.trim(), String(value).trim().slice(0, 200)];
};

const pairs = list(tag, limits.tags);

/** Pairs, in the order of the sender; a key's last value wins. */
const tags: Reader<[string, string][]> = (input) => {
  if (input === undefined || Array.isArray(input)) return pairs(input);
  return pairs(isRecord(input) ? Object.entries(input) : []);
};

const headers: Reader<[string, string][]> = (input) => {
  const found: readonly unknown[] | undefined = Array.isArray(input)
    ? input
    : isRecord(input)
      ? Object.entries(input)
      : undefined;
  if (found === undefined) return undefined;
  const shown: [string, string][] = [];
  for (const pair of found) {
    if (!Array.isArray(pair) || pair.length !== 2 || typeof pair[0] !== 'string') return undefined;
    if (shown.length < 100) shown.push([pair[0], textOfAny(pair[1]).slice(0, 2000)]);
  }
  return shown;
};

function textOfAny(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOfAny).join(',');
  return isRecord(value) ? JSON.stringify(value) : String(value);
}

const request = fields({
  url: text(2048),
  method: text(32),
  query_string: anything,
  headers,
  cookies: headers,
  data: anything,
  env: record,
});

const user = looseFields({
  id: text(128),
  email: text(128),
  username: text(128),
  ip_address: text(64),
  name: text(128),
});

const fingerprintPart: Reader<string> = (input) =>
  typeof input === 'string' || typeof input === 'boolean' || (typeof input === 'number' && Number.isFinite(input))
    ? String(input)
    : undefined;

/** A violated Content Security Policy, as the browser reports it. */
const cspReport = fields({
  effective_directive: text(128),
  violated_directive: text(2048),
  blocked_uri: text(2048),
  document_uri: text(2048),
});
export type CspReport = NonNullable<ReturnType<typeof cspReport>>;

const readPayload = fields({
  event_id: text(64),
  type: text(32),
  timestamp: time,
  platform: text(64),
  level: text(32),
  logger: text(128),
  transaction: text(512),
  release: text(250),
  dist: text(64),
  environment: text(64),
  server_name: text(256),
  message: logEntryOrText,
  logentry: logEntryOrText,
  exception: values(readException, limits.exceptions),
  threads: values(thread),
  stacktrace,
  raw_stacktrace: stacktrace,
  breadcrumbs: values(crumb, limits.breadcrumbs),
  request,
  user,
  tags,
  contexts: record,
  extra: record,
  modules: record,
  sdk: looseFields({ name: text(128), version: text(64) }),
  fingerprint: list(fingerprintPart, 50),
  checksum: text(128),
  csp: cspReport,
  template: fields({ filename: text(1024), context_line: text(2000) }),
  debug_meta: record,
  errors: list(processingError, limits.tags),
  _meta: record,
});

export type EventPayload = Omit<NonNullable<ReturnType<typeof readPayload>>, 'message'>;

export const EventPayload = {
  /** Undefined where the input is no object. */
  read(input: unknown): EventPayload | undefined {
    const read = readPayload(input);
    if (read === undefined) return undefined;
    const { message, ...payload } = read;
    if (payload.logentry === undefined && message !== undefined) payload.logentry = message;
    return payload;
  },
  /** What is no object is an event without fields. */
  parse(input: unknown): EventPayload {
    return EventPayload.read(input) ?? {};
  },
} as const;
