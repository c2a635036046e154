/** Reads release health from envelope items: sessions one by one, as browsers send them, and counted, as servers do. */
import { z } from 'zod';
import { limits } from '../limits.ts';
import type { SessionState, Sessions } from '../storage/count-sessions.ts';
import { Instant } from './telemetry-row.ts';

const Attrs = z.object({
  // As Relay checks it: no line breaks, no slashes, no path.
  release: z
    .string()
    .max(250)
    .regex(/^(?!\.{1,2}$)[^\n\t\f\r/\\]+$/),
  environment: z.string().max(64).nullish().catch(undefined),
});

const User = z.union([z.string(), z.number()]).transform(String).nullish().catch(undefined);

const Update = z.object({
  sid: z.string().max(64).nullish().catch(undefined),
  did: User,
  started: Instant,
  status: z.string().catch('ok'),
  errors: z.number().catch(0),
  abnormal_mechanism: z.string().nullish().catch(undefined),
  attrs: Attrs,
});

const count = z.int().nonnegative().max(1e9).catch(0);
const Aggregates = z.object({
  attrs: Attrs,
  aggregates: z
    .array(
      z.object({
        started: Instant,
        did: User,
        exited: count,
        errored: count,
        crashed: count,
        abnormal: count,
        unhandled: count,
      }),
    )
    .max(limits.items),
});

/** Relay's defaults: an SDK with a wrong clock is not believed. */
const OLDEST_MS = 5 * 24 * 3_600_000;
const AHEAD_MS = 60_000;

/** What an item of that type tells; empty for other types and for what is no session. */
export function readSessions(type: string, value: unknown, now: number): Sessions[] {
  const found = type === 'session' ? ofUpdate(value) : type === 'sessions' ? ofAggregates(value) : [];
  return found.filter(({ startedAt }) => startedAt >= now - OLDEST_MS && startedAt <= now + AHEAD_MS);
}

function ofUpdate(value: unknown): Sessions[] {
  const update = Update.safeParse(value);
  if (!update.success) return [];
  const { sid, did, started, status, errors, abnormal_mechanism: mechanism, attrs } = update.data;
  const anr = /^anr_(?<where>foreground|background)$/.exec(mechanism ?? '')?.groups?.where;
  return [
    {
      startedAt: started,
      release: attrs.release,
      environment: attrs.environment ?? '',
      state: stateOf(status, errors),
      count: 1,
      user: did || undefined,
      sid: sid?.replaceAll('-', '').toLowerCase() || undefined,
      anr: anr === 'foreground' || anr === 'background' ? anr : undefined,
    },
  ];
}

function stateOf(status: string, errors: number): SessionState {
  if (status === 'crashed' || status === 'abnormal' || status === 'unhandled') return status;
  return errors > 0 || status === 'errored' ? 'errored' : 'healthy';
}

function ofAggregates(value: unknown): Sessions[] {
  const parsed = Aggregates.safeParse(value);
  if (!parsed.success) return [];
  const { attrs, aggregates } = parsed.data;
  return aggregates.flatMap(({ started, did, exited, ...bad }) => {
    const states: [SessionState, number][] = [
      ['healthy', exited],
      ['errored', bad.errored],
      ['crashed', bad.crashed],
      ['abnormal', bad.abnormal],
      ['unhandled', bad.unhandled],
    ];
    return states
      .filter(([, many]) => many > 0)
      .map(([state, many]) => ({
        startedAt: started,
        release: attrs.release,
        environment: attrs.environment ?? '',
        state,
        count: many,
        user: did || undefined,
        sid: undefined,
        anr: undefined,
      }));
  });
}
