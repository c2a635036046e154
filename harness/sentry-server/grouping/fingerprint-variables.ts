/** The variables of fingerprints: https://docs.sentry.io/concepts/data-management/event-grouping/fingerprint-rules/ */
import type { EventPayload, Frame } from '../event/payload.ts';
import { parameterize } from './parameterize.ts';

type Reader = (event: EventPayload) => string | undefined;

interface Variable {
  readonly read: Reader;
  readonly otherwise: string;
}

const messageOf: Reader = (event) =>
  event.logentry?.formatted ?? event.logentry?.message ?? lastException(event)?.value;
const errorValueOf: Reader = (event) => lastException(event)?.value;

const TYPE: Variable = { read: (event) => lastException(event)?.type, otherwise: '<no-type>' };
const VALUE: Variable = { read: (event) => parameterized(errorValueOf(event)), otherwise: '<no-value>' };
const RAW_VALUE: Variable = { read: errorValueOf, otherwise: '<no-value>' };
const FUNCTION: Variable = { read: (event) => crashFrame(event)?.function, otherwise: '<no-function>' };
const MODULE: Variable = { read: (event) => crashFrame(event)?.module, otherwise: '<no-module>' };
const PACKAGE: Variable = {
  read: (event) => crashFrame(event)?.package?.split(/[/\\]/).at(-1),
  otherwise: '<no-package>',
};
const PATH: Variable = { read: (event) => pathOf(crashFrame(event)), otherwise: '<no-abs-path>' };

const VARIABLES: ReadonlyMap<string, Variable> = new Map([
  ['transaction', { read: ({ transaction }) => transaction, otherwise: '<no-transaction>' }],
  ['message', { read: (event) => parameterized(messageOf(event)), otherwise: '<no-message>' }],
  ['raw_message', { read: messageOf, otherwise: '<no-message>' }],
  ['type', TYPE],
  ['error.type', TYPE],
  ['value', VALUE],
  ['error.value', VALUE],
  ['raw_value', RAW_VALUE],
  ['error.raw_value', RAW_VALUE],
  ['function', FUNCTION],
  ['stack.function', FUNCTION],
  ['module', MODULE],
  ['stack.module', MODULE],
  ['package', PACKAGE],
  ['stack.package', PACKAGE],
  ['path', PATH],
  ['stack.abs_path', PATH],
  ['stack.filename', { read: (event) => fileOf(crashFrame(event)), otherwise: '<no-filename>' }],
  ['level', { read: ({ level }) => level, otherwise: '<no-level>' }],
  ['logger', { read: ({ logger }) => logger, otherwise: '<no-logger>' }],
] satisfies [string, Variable][]);

/** Never undefined: what the event does not have, and what nobody knows, has a value of its own. */
export function valueOfVariable(name: string, event: EventPayload): string {
  if (name.startsWith('tags.')) {
    const key = name.slice('tags.'.length);
    return tagOf(key, event) ?? `<no-value-for-tag-${key}>`;
  }
  const variable = VARIABLES.get(name);
  if (variable === undefined) return `<unrecognized-variable-${name}>`;
  return variable.read(event) ?? variable.otherwise;
}

/** Tags as they stand when Sentry groups: the sender's, and those derived from the event's own fields. */
export function tagOf(key: string, event: EventPayload): string | undefined {
  const own = event.tags?.find(([name]) => name === key)?.[1];
  if (own !== undefined) return own;
  const { transaction, release, environment, level } = event;
  return new Map(Object.entries({ transaction, release, environment, level })).get(key);
}

function lastException(event: EventPayload) {
  return event.exception?.at(-1);
}

/** The innermost frame of the app, else the innermost of all. */
function crashFrame(event: EventPayload): Frame | undefined {
  const [only, ...others] = event.threads ?? [];
  const frames =
    lastException(event)?.stacktrace?.frames ??
    event.stacktrace?.frames ??
    (others.length === 0 ? only?.stacktrace?.frames : undefined) ??
    [];
  return frames.findLast((frame) => frame.in_app === true) ?? frames.at(-1);
}

function pathOf(frame: Frame | undefined): string | undefined {
  return frame?.abs_path ?? frame?.filename;
}

function fileOf(frame: Frame | undefined): string | undefined {
  return frame?.filename ?? frame?.abs_path;
}

function parameterized(text: string | undefined): string | undefined {
  return text === undefined ? undefined : parameterize(text);
}
