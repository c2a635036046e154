/** What an event's exceptions contribute: causes first, groups reduced to what differs. */
import type { EventPayload, Exception } from '../event/payload.ts';
import { stacktraceValues, type VariantName } from './group-frames.ts';
import { groupableMessage } from './parameterize.ts';

export interface ExceptionValues {
  readonly values: string[];
  /** Whether a frame took part. */
  readonly hasFrames: boolean;
}

export function exceptionValues(event: EventPayload, variant: VariantName): ExceptionValues {
  const parts = relevantExceptions(event.exception ?? []).map((exception) => {
    const frames = stacktraceValues(exception.stacktrace?.frames ?? [], event.platform, variant);
    return { values: [...words(exception, frames.length > 0), ...frames], hasFrames: frames.length > 0 };
  });
  return { values: parts.flatMap((part) => part.values), hasFrames: parts.some((part) => part.hasFrames) };
}

/** The value says something new only where no frame does. */
function words(exception: Exception, hasFrames: boolean): string[] {
  const type = exception.mechanism?.synthetic === true ? undefined : exception.type;
  const value = hasFrames || exception.value === undefined ? undefined : groupableMessage(exception.value);
  return [type, value].flatMap((word) => word || []);
}

/** The exception that gives an event its title: the one that was reported last, or the one a group is about. */
export function mainException(exceptions: readonly Exception[]): Exception | undefined {
  const relevant = relevantExceptions(exceptions);
  const isReduced = relevant.length < exceptions.length && !relevant.some((one) => one.mechanism?.is_exception_group);
  return isReduced ? topOf(relevant) : exceptions.at(-1);
}

function topOf(path: readonly Exception[]): Exception | undefined {
  return [...path].sort((a, b) => (a.mechanism?.exception_id ?? 0) - (b.mechanism?.exception_id ?? 0))[0];
}

/**
 * An exception group (`AggregateError`, Python's `ExceptionGroup`) counts by its distinct top-level members: one
 * distinct member stands for the whole, several keep the group's root.
 */
function relevantExceptions(exceptions: readonly Exception[]): readonly Exception[] {
  const byId = new Map(exceptions.map((exception) => [exception.mechanism?.exception_id, exception]));
  const root = byId.get(0);
  if (exceptions.length < 2 || root === undefined || byId.has(undefined) || byId.size !== exceptions.length)
    return exceptions;
  if (!exceptions.some((exception) => exception.mechanism?.is_exception_group === true)) return exceptions;
  const children = (parent: Exception): Exception[] =>
    exceptions.filter(
      (one) => one !== parent && one !== root && one.mechanism?.parent_id === parent.mechanism?.exception_id,
    );
  const members = topLevel(root, children, 0);
  const distinct = [...new Map(members.map((member) => [identity(member), member])).values()];
  const [only] = distinct;
  if (only === undefined) return exceptions;
  if (distinct.length > 1) return exceptions.filter((one) => one === root || distinct.includes(one));
  const path = new Set(firstPath(only, children));
  return exceptions.filter((one) => path.has(one));
}

function topLevel(parent: Exception, children: (of: Exception) => Exception[], depth: number): Exception[] {
  if (depth > 50) return [];
  const below = children(parent);
  if (parent.mechanism?.is_exception_group !== true) return [parent];
  return below.flatMap((child) => topLevel(child, children, depth + 1));
}

function firstPath(from: Exception, children: (of: Exception) => Exception[]): Exception[] {
  const path: Exception[] = [];
  for (let at: Exception | undefined = from; at !== undefined && !path.includes(at); at = children(at)[0])
    path.push(at);
  return path;
}

function identity(exception: Exception): string {
  const frames = stacktraceValues(exception.stacktrace?.frames ?? [], undefined, 'system');
  return JSON.stringify([words(exception, frames.length > 0), frames]);
}
