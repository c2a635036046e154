/** When a cron monitor is due: by a crontab line or an interval, in UTC. */
import { z } from 'zod';
import { own } from '../own.ts';

const minutes = z.number().int().nonnegative().nullish().catch(null);

/** As SDKs send it (`{"schedule": {"type": "crontab", "value": "* * * * *"}}`), in the Web API's words. */
export const MonitorConfig = z
  .object({
    schedule: z
      .union([
        z.object({ type: z.literal('crontab'), value: z.string().max(128) }),
        z.object({
          type: z.literal('interval'),
          value: z.int().positive(),
          unit: z.enum(['year', 'month', 'week', 'day', 'hour', 'minute']),
        }),
      ])
      .optional()
      .catch(undefined),
    checkin_margin: minutes,
    max_runtime: minutes,
    timezone: z.string().max(64).nullish().catch(null),
    failure_issue_threshold: minutes,
    recovery_threshold: minutes,
  })
  .transform(({ schedule, ...rest }) => ({
    schedule_type: schedule?.type ?? 'interval',
    schedule:
      schedule === undefined
        ? [1, 'day']
        : schedule.type === 'crontab'
          ? schedule.value
          : [schedule.value, schedule.unit],
    checkin_margin: rest.checkin_margin ?? null,
    max_runtime: rest.max_runtime ?? null,
    timezone: rest.timezone ?? null,
    failure_issue_threshold: rest.failure_issue_threshold ?? null,
    recovery_threshold: rest.recovery_threshold ?? null,
    alert_rule_id: null,
  }));
export type MonitorConfig = z.infer<typeof MonitorConfig>;

const MINUTE = 60_000;
const UNITS: Readonly<Record<string, number>> = {
  minute: 1,
  hour: 60,
  day: 1440,
  week: 10_080,
  month: 43_200,
  year: 525_600,
};

/** The first time after `after` (milliseconds) at which a check-in is due. */
export function nextDue(config: MonitorConfig, after: number): number {
  if (typeof config.schedule !== 'string') {
    const [count, unit] = config.schedule;
    return after + Number(count) * (UNITS[String(unit)] ?? 1440) * MINUTE;
  }
  return nextOfCrontab(config.schedule, after) ?? after + 1440 * MINUTE;
}

const ALIASES: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};
const RANGES = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
] as const;
const NAMES = 'sun mon tue wed thu fri sat'.split(' ');
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** Undefined for a line that is none, or that no day of the next five years meets. */
function nextOfCrontab(line: string, after: number): number | undefined {
  const words = (own(ALIASES, line.trim().toLowerCase()) ?? line).trim().toLowerCase().split(/\s+/);
  const sets = RANGES.map(([least, most], index) => membersOf(words[index] ?? '', least, most, index));
  const [minute, hour, day, month, weekday] = sets;
  if (!minute?.size || !hour?.size || !day?.size || !month?.size || !weekday?.size || words.length !== 5)
    return undefined;
  // Where both days are restricted, either will do.
  const isEither = words[2] !== '*' && words[4] !== '*';
  const isDay = (date: Date) => {
    const byDate = day.has(date.getUTCDate());
    const byWeek = weekday.has(date.getUTCDay()) || (date.getUTCDay() === 0 && weekday.has(7));
    return month.has(date.getUTCMonth() + 1) && (isEither ? byDate || byWeek : byDate && byWeek);
  };
  const start = Math.floor(after / MINUTE) * MINUTE + MINUTE;
  for (let ahead = 0; ahead < 5 * 366; ahead += 1) {
    const midnight = Math.floor(start / (1440 * MINUTE)) * 1440 * MINUTE + ahead * 1440 * MINUTE;
    if (!isDay(new Date(midnight))) continue;
    for (const h of [...hour].sort((a, b) => a - b)) {
      for (const m of [...minute].sort((a, b) => a - b)) {
        const at = midnight + (h * 60 + m) * MINUTE;
        if (at >= start) return at;
      }
    }
  }
  return undefined;
}

/** Of one field: `*`, `5`, `1-5`, a step after either, and lists of them. */
function membersOf(word: string, least: number, most: number, index: number): Set<number> {
  const found = new Set<number>();
  for (const part of word.split(',')) {
    const parts = /^(?:\*|(?<from>\w+)(?:-(?<to>\w+))?)(?:\/(?<step>\d{1,2}))?$/.exec(part)?.groups;
    if (parts === undefined) return new Set();
    const from = parts.from === undefined ? least : numberOf(parts.from, index);
    const to =
      parts.to !== undefined ? numberOf(parts.to, index) : parts.from === undefined || parts.step ? most : from;
    const step = Number(parts.step ?? 1);
    if (!(from >= least && to <= most && step > 0)) return new Set();
    for (let value = from; value <= to; value += step) found.add(value);
  }
  return found;
}

function numberOf(word: string, index: number): number {
  const named = index === 4 ? NAMES.indexOf(word) : index === 3 ? MONTHS.indexOf(word) + 1 || -1 : -1;
  return named >= 0 ? named : /^\d{1,2}$/.test(word) ? Number(word) : Number.NaN;
}
