/** What Sentry says about an event at a glance: title, culprit, level, metadata, location, message. */
import { relevantExceptions } from '../grouping/exception-groups.ts';
import { platformFamily } from '../grouping/platform.ts';
import { own } from '../own.ts';
import type { EventPayload, Frame } from './payload.ts';

export interface Description {
  /** `generic` is what a user wrote: no error. */
  readonly type: 'error' | 'default' | 'generic';
  readonly title: string;
  readonly culprit: string;
  readonly level: Level;
  readonly metadata: Record<string, string>;
  readonly location: string | undefined;
  readonly message: string;
  readonly errorType: string | undefined;
  readonly errorValue: string | undefined;
  readonly isUnhandled: boolean;
}

export type Level = 'debug' | 'info' | 'warning' | 'error' | 'fatal';

const LEVELS: Readonly<Record<string, Level>> = {
  debug: 'debug',
  info: 'info',
  log: 'info',
  sample: 'info',
  warning: 'warning',
  warn: 'warning',
  error: 'error',
  fatal: 'fatal',
  critical: 'fatal',
};

const MAX_TITLE = 256;

/** The description of an event's stacks and message, made the event's own by its transaction and level. */
export function describeAs(common: Description, { transaction, level }: EventPayload): Description {
  return {
    ...common,
    culprit: transaction === undefined ? common.culprit : cut(transaction, 200),
    level: levelOf(level),
  };
}

function levelOf(level: string | undefined): Level {
  return own(LEVELS, level?.toLowerCase() ?? '') ?? 'error';
}

export function describeEvent(event: EventPayload): Description {
  const main = relevantExceptions(event).main;
  const frame = crashFrame(event);
  const message = event.logentry?.formatted ?? event.logentry?.message ?? '';
  const shared = {
    culprit: cut(event.transaction ?? culpritOf(frame, event.platform), 200),
    level: levelOf(event.level),
    message,
    isUnhandled: (event.exception ?? []).some((one) => one.mechanism?.handled === false),
  };
  if (main === undefined) {
    const title = cut(firstLine(message), MAX_TITLE) || '<unlabeled event>';
    return {
      ...shared,
      type: 'default',
      title,
      metadata: { title },
      location: undefined,
      errorType: undefined,
      errorValue: undefined,
    };
  }
  // A synthetic exception's type says how it was caught, not what went wrong.
  const type = main.mechanism?.synthetic === true ? undefined : (main.type ?? 'Error');
  const value = main.value ?? '';
  const metadata = {
    ...(type === undefined ? {} : { type: cut(type, 128) }),
    value: cut(value, 1024),
    ...(frame?.filename === undefined ? {} : { filename: frame.filename }),
    ...(frame?.function === undefined ? {} : { function: frame.function }),
  };
  const headline = cut(firstLine(value), MAX_TITLE);
  const title =
    type === undefined ? syntheticTitle(message, headline, frame) : headline === '' ? type : `${type}: ${headline}`;
  return {
    ...shared,
    type: 'error',
    title,
    metadata,
    location: frame?.filename,
    errorType: main.type,
    errorValue: main.value,
  };
}

/** A message sent with a stack comes as a synthetic exception; its own words say most. */
function syntheticTitle(message: string, headline: string, frame: Frame | undefined): string {
  const name = frame?.function === '?' ? undefined : frame?.function;
  return cut(firstLine(message), MAX_TITLE) || name || headline || '<unknown>';
}

/** The innermost frame of the app (as the stack rules see it, whose word stands in a normalised event), else of all. */
function crashFrame(event: EventPayload): Frame | undefined {
  const main = relevantExceptions(event).main;
  const frames = main?.stacktrace?.frames ?? event.stacktrace?.frames ?? [];
  return frames.findLast((frame) => frame.in_app === true) ?? frames.at(-1);
}

function culpritOf(frame: Frame | undefined, platform: string | undefined): string {
  if (frame === undefined) return '';
  const place = frame.module ?? frame.filename ?? '?';
  const name = frame.function ?? '?';
  if (platformFamily(frame.platform ?? platform) === 'javascript') return `${name}(${place})`;
  return frame.function === undefined ? place : `${place} in ${name}`;
}

function firstLine(text: string): string {
  return text.trimStart().split(/\r?\n/, 1)[0] ?? '';
}

function cut(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max - 3)}...`;
}
