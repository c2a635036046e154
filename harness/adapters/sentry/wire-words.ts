/** Small shapes of Sentry's answers: what may be absent, written as text, or of no use. */
import { z } from 'zod';

export const orAbsent = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? undefined);
export const text = orAbsent(z.string());
export const vague = <T extends z.ZodType>(schema: T) => orAbsent(schema).catch(undefined);
/** Sentry writes some numbers as text. */
export const id = z.union([z.string(), z.number()]).transform(String);
export const count = z.union([z.string(), z.number()]).transform(Number).pipe(z.int().nonnegative());
/** Discover writes `+00:00`, some servers leave the zone out. */
export const time = z.string().transform((value, context) => {
  const at = Date.parse(/(?:z|[+-]\d\d:?\d\d)$/i.test(value) ? value : `${value}Z`);
  if (!Number.isNaN(at)) return new Date(at).toISOString();
  context.addIssue('must be a time');
  return z.NEVER;
});

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Leaves the absent members out, as the strict records of model/ want it. */
export function present<T extends object>(record: T): Present<T> {
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
