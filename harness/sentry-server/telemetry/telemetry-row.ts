/** One span, log line or metric as the Web API asks for it: fields by name. */
import { z } from 'zod';
import { parseJson } from '../ingest/parse-json.ts';
import { limits } from '../limits.ts';

export type Scalar = string | number | boolean | null;

export interface TelemetryRow {
  readonly projectId: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly fields: Readonly<Record<string, Scalar>>;
}

const Value = z.union([z.string(), z.number(), z.boolean()]);
const Typed = z.union([z.object({ value: z.unknown() }).transform(({ value }) => value), z.unknown()]);

/** Attributes as SDKs send them, `{"http.route": {"value": "/", "type": "string"}}` or plain; lists become JSON. */
export const Attributes = z
  .record(z.string(), Typed)
  .catch({})
  .transform((found) =>
    Object.fromEntries(
      Object.entries(found)
        .slice(0, 200)
        .map(([key, value]) => [key, scalar(value)]),
    ),
  );

function scalar(value: unknown): Scalar {
  const plain = Value.safeParse(value);
  if (plain.success) return typeof plain.data === 'string' ? plain.data.slice(0, limits.messageChars) : plain.data;
  return value === null || value === undefined ? null : JSON.stringify(value).slice(0, limits.messageChars);
}

/** 32 hex digits without dashes. */
export const TraceId = z.string().transform((id) => id.replaceAll('-', '').toLowerCase());

/** Seconds since 1970, or an ISO time, in milliseconds. */
export const Instant = z
  .union([z.number(), z.string()])
  .transform((time) => (typeof time === 'number' ? time * 1000 : Date.parse(time)))
  .refine((at) => Number.isFinite(at) && Math.abs(at) <= 8.64e15);

/** The members of an item's list that are what they should be; a bare object counts as its only member. */
export function readMembers<T>(payload: Uint8Array, member: z.ZodType<T>): T[] {
  const value = parseJson(payload, limits.jsonDepth);
  const list = z.object({ items: z.array(z.unknown()) }).safeParse(value);
  return (list.success ? list.data.items : [value]).flatMap((one) => {
    const parsed = member.safeParse(one);
    return parsed.success ? [parsed.data] : [];
  });
}
