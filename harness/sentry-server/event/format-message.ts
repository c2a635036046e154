/** Fills the parameters of a log message in, where the SDK leaves that to the server (sentry-cli and older SDKs do). */
import { limits } from '../limits.ts';
import type { EventPayload } from './payload.ts';

type LogEntry = NonNullable<EventPayload['logentry']>;

/** `%s`, `%5.2f`, `%(name)s`, `%%`, `{}`, `{0}` and `{name}`. */
const HOLE =
  /%(?:\((?<named>[^)]{1,100})\))?[-+ #0]{0,5}\d{0,3}(?:\.\d{1,3})?(?<kind>[%sdifeEgGrxXoc@])|\{(?<braced>\w{0,100})\}/g;

/** A formatted text that came along stands; so does a hole that nothing fills. */
export function formatMessage(entry: LogEntry | undefined): LogEntry | undefined {
  if (entry?.message === undefined || entry.formatted !== undefined) return entry;
  const { message, params } = entry;
  if (typeof params !== 'object' || params === null) return entry;
  const values = new Map<string, unknown>(Object.entries(params));
  let next = 0;
  const formatted = message.replaceAll(HOLE, (hole, named?: string, kind?: string, braced?: string) => {
    if (kind === '%') return '%';
    const name = named ?? (braced || String(next));
    if (named === undefined && !braced) next += 1;
    return values.has(name) ? textOf(values.get(name)) : hole;
  });
  return { ...entry, formatted: formatted.slice(0, limits.messageChars) };
}

function textOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
