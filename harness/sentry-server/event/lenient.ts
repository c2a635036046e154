/**
 * Reads a stranger's JSON field by field: what has the wrong form is left out, what is too long is cut. The same rules as
 * schemas with a catch in every field, as plain functions: an event has hundreds of fields, and each one costs ingest.
 */
import { isRecord } from '../../model/is-record.ts';

/** Undefined where the input has not the form that is read. */
export type Reader<T> = (input: unknown) => T | undefined;

/** Numbers and booleans become text, as Relay does it; empty text says nothing. */
export function text(max: number): Reader<string> {
  return (input) => {
    if (typeof input === 'string') return input === '' ? undefined : input.length > max ? input.slice(0, max) : input;
    if (typeof input === 'boolean' || isNumber(input)) return String(input).slice(0, max) || undefined;
    return undefined;
  };
}

/** Text only, empty text too. */
export function line(max: number): Reader<string> {
  return (input) => (typeof input === 'string' ? input.slice(0, max) : undefined);
}

export const whole: Reader<number> = (input) => {
  if (typeof input === 'number') return Number.isSafeInteger(input) ? input : undefined;
  return typeof input === 'string' && /^\d{1,9}$/.test(input) ? Number(input) : undefined;
};

export const flag: Reader<boolean> = (input) => (typeof input === 'boolean' ? input : undefined);

export const record: Reader<Record<string, unknown>> = (input) => (isRecord(input) ? input : undefined);

/** Seconds since 1970, or a date in words. */
export const time: Reader<number | string> = (input) => {
  if (typeof input === 'string') return input.length <= 64 ? input : undefined;
  return isNumber(input) ? input : undefined;
};

export const anything: Reader<unknown> = (input) => input;

/** Wrong members are dropped, the rest stay; `last` keeps the end of a list that is longer than `max`. */
export function list<T>(
  member: Reader<T>,
  max = Number.POSITIVE_INFINITY,
  which: 'first' | 'last' = 'first',
): Reader<T[]> {
  return (input) => {
    if (!Array.isArray(input)) return undefined;
    const found: T[] = [];
    for (const value of input) {
      const read = member(value);
      if (read !== undefined) found.push(read);
    }
    if (found.length <= max) return found;
    return which === 'first' ? found.slice(0, max) : found.slice(-max);
  };
}

/** `{values: […]}`, a bare list, or (in old SDKs) the only member itself; undefined where no member is left. */
export function values<T>(member: Reader<T>, max = Number.POSITIVE_INFINITY): Reader<T[]> {
  const members = list(member, max, 'last');
  return (input) => {
    const bare = !isRecord(input) ? input : 'values' in input ? (input.values ?? []) : [input];
    const found = members(bare);
    return found === undefined || found.length === 0 ? undefined : found;
  };
}

type Shape = Readonly<Record<string, Reader<unknown>>>;
type Read<S extends Shape> = { [K in keyof S]?: Exclude<ReturnType<S[K]>, undefined> | undefined };

/** An object's known fields; others are dropped. */
export function fields<S extends Shape>(shape: S): Reader<Read<S>> {
  return reader(shape, () => ({}));
}

/** An object's fields, those that nobody reads included. */
export function looseFields<S extends Shape>(shape: S): Reader<Read<S> & Record<string, unknown>> {
  return reader(shape, (input) => ({ ...input }));
}

function reader<S extends Shape, R>(
  shape: S,
  start: (input: Record<string, unknown>) => Record<string, unknown>,
): Reader<R> {
  const names = Object.keys(shape);
  const readers = Object.values(shape);
  return (input) => {
    if (!isRecord(input)) return undefined;
    const read = start(input);
    for (let index = 0; index < names.length; index += 1) {
      const name = names[index] ?? '';
      if (!Object.hasOwn(input, name)) continue;
      const value = readers[index]?.(input[name]);
      if (value !== undefined) read[name] = value;
      else if (name in read) delete read[name];
    }
    // The loop has filled what the shape promises; the compiler cannot follow it.
    return read as R;
  };
}

function isNumber(input: unknown): input is number {
  return typeof input === 'number' && Number.isFinite(input);
}
