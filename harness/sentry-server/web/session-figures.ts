/** The fields of `sessions/`: sums, users and rates out of how sessions went. */
import { SESSION_STATES, type SessionState } from '../storage/count-sessions.ts';
import type { SessionTally } from '../storage/session-counts.ts';
import { badRequest } from './api-error.ts';

/** SDKs send no durations any more: `session.duration` is answered with null, as at Sentry. */
const FIELD =
  /^(?:(?<sum>sum\(session\)|count_unique\(user\))|(?<duration>(?:avg|p50|p75|p90|p95|p99|max)\(session\.duration\))|(?<anr>(?:foreground_)?anr_rate)\(\)|(?<rate>crash|crash_free|abnormal|errored|unhandled|unhealthy)_rate\((?:session|user)\))$/;

export interface SessionField {
  /** As it was asked for. */
  readonly name: string;
  readonly counts: 'sessions' | 'users';
  /** Of those states only; null without any session, and rates are between 0 and 1. */
  readonly figure: (tally: SessionTally | undefined, states: ReadonlySet<SessionState>) => number | null;
}

/** `byState` where sessions are told apart, or left out, by their state: a rate has no meaning there. */
export function parseSessionField(name: string, byState: 'Cannot group' | 'Cannot filter' | undefined): SessionField {
  const parts = FIELD.exec(name)?.groups;
  if (parts === undefined) throw badRequest(`Invalid field: ${JSON.stringify(name)}`);
  const counts = name.includes('user') || parts.anr !== undefined ? 'users' : 'sessions';
  if (parts.sum !== undefined) return { name, counts, figure: (tally, states) => sumOf(tally, states) };
  if (parts.duration !== undefined) return { name, counts, figure: () => null };
  if (byState !== undefined) throw badRequest(`${byState} field ${name} by session.status`);
  const share = shareOf(parts.anr ?? parts.rate ?? '');
  return {
    name,
    counts,
    figure: (tally) => (tally === undefined || totalOf(tally) === 0 ? null : share(tally)),
  };
}

export function totalOf(tally: SessionTally | undefined): number {
  return sumOf(tally, new Set(SESSION_STATES));
}

function sumOf(tally: SessionTally | undefined, states: ReadonlySet<SessionState>): number {
  if (tally === undefined) return 0;
  return SESSION_STATES.reduce((sum, state) => sum + (states.has(state) ? tally[state] : 0), 0);
}

function shareOf(rate: string): (tally: SessionTally) => number {
  switch (rate) {
    case 'crash':
      return (tally) => tally.crashed / totalOf(tally);
    case 'crash_free':
      return (tally) => 1 - tally.crashed / totalOf(tally);
    case 'abnormal':
      return (tally) => tally.abnormal / totalOf(tally);
    case 'errored':
      return (tally) => tally.errored / totalOf(tally);
    case 'unhandled':
      return (tally) => tally.unhandled / totalOf(tally);
    case 'anr_rate':
      return (tally) => tally.anr / totalOf(tally);
    case 'foreground_anr_rate':
      return (tally) => tally.foreground / totalOf(tally);
    default:
      return (tally) => 1 - tally.healthy / totalOf(tally);
  }
}
