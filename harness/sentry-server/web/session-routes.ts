/** `sessions/`: how many sessions a release had, how they went, and how many users. */
import type { Context } from 'hono';
import { Hono } from 'hono';
import { own } from '../own.ts';
import type { ServerParts } from '../server-parts.ts';
import { listProjects } from '../storage/projects.ts';
import { matching } from '../telemetry/query-rows.ts';
import { readSessions, type SessionCount } from '../telemetry/sessions.ts';
import { badRequest } from './api-error.ts';
import { projectIds } from './event-filter.ts';
import { readPage } from './pagination.ts';
import { parseExpression } from './search-expression.ts';
import { isoSeconds } from './stats-routes.ts';
import { bucketAt, bucketsOf } from './time-buckets.ts';

const HOUR = 3_600_000;

const GROUPS: Readonly<Record<string, (session: SessionCount) => string | number>> = {
  project: (session) => session.projectId,
  release: (session) => session.release,
  environment: (session) => session.environment,
  'session.status': (session) => session.state,
};

/** SDKs send no durations any more: `session.duration` is answered with null, as at Sentry. */
const FIELD =
  /^(?:sum\(session\)|count_unique\(user\)|(?:avg|p50|p75|p90|p95|p99|max)\(session\.duration\)|(?:crash|crash_free|anr|foreground_anr|abnormal|errored|unhandled|unhealthy)_rate\((?:session|user)\))$/;

export function sessionRoutes(parts: ServerParts): Hono {
  const app = new Hono();
  app.get('/organizations/:org/sessions/', (c) => c.json(sessionStats(parts, c)));
  return app;
}

function sessionStats(parts: ServerParts, c: Context): Record<string, unknown> {
  const fields = c.req.queries('field') ?? [];
  if (fields.length === 0) throw badRequest('Request is missing a "field"');
  const wrong = fields.find((field) => !FIELD.test(field));
  if (wrong !== undefined) throw badRequest(`Invalid field: ${JSON.stringify(wrong)}`);
  const groupBy = c.req.queries('groupBy') ?? [];
  const unknown = groupBy.find((name) => own(GROUPS, name) === undefined);
  if (unknown !== undefined) throw badRequest(`Invalid groupBy: ${JSON.stringify(unknown)}`);
  const buckets = bucketsOf(parts, c, HOUR, c.req.query('interval') ?? '1h');
  const sessions = sessionsAsked(parts, c).filter(({ startedAt: at }) => at >= buckets.start && at < buckets.end);
  const groups = Map.groupBy(sessions, (session) =>
    JSON.stringify(groupBy.map((name) => own(GROUPS, name)?.(session))),
  );
  const answers = [...groups.values()].map((members) => {
    const [first] = members;
    const perBucket = Map.groupBy(members, ({ startedAt }) => bucketAt(buckets, startedAt));
    const series = (field: string) => buckets.starts.map((_, index) => figureOf(field, perBucket.get(index) ?? []));
    return {
      by: first === undefined ? {} : Object.fromEntries(groupBy.map((name) => [name, own(GROUPS, name)?.(first)])),
      totals:
        c.req.query('includeTotals') === '0'
          ? {}
          : Object.fromEntries(fields.map((field) => [field, figureOf(field, members)])),
      series:
        c.req.query('includeSeries') === '0' ? {} : Object.fromEntries(fields.map((field) => [field, series(field)])),
    };
  });
  const order = c.req.query('orderBy') ?? '';
  const sign = order.startsWith('-') ? -1 : 1;
  const key = (answer: (typeof answers)[number]) => own(answer.totals, order.replace(/^-/, '')) ?? 0;
  return {
    start: isoSeconds(buckets.start),
    end: isoSeconds(buckets.end),
    intervals: buckets.starts.map(isoSeconds),
    groups: (order === '' ? answers : answers.sort((a, b) => sign * (key(a) - key(b)))).slice(0, readPage(c).limit),
    query: c.req.query('query') ?? '',
  };
}

function sessionsAsked(parts: ServerParts, c: Context): SessionCount[] {
  const slugs = new Map(listProjects(parts.db).map(({ id, slug }) => [id, slug]));
  const environments = (c.req.queries('environment') ?? []).filter((name) => name !== '');
  const rows = readSessions(parts.db, { projects: projectIds(parts, c) })
    .filter(({ environment }) => environments.length === 0 || environments.includes(environment))
    .map((session) => ({
      session,
      projectId: session.projectId,
      at: session.startedAt,
      fields: {
        release: session.release,
        environment: session.environment,
        'session.status': session.state,
        project: slugs.get(session.projectId) ?? null,
      },
    }));
  const search = parseExpression(c.req.query('query') ?? '');
  return matching(rows, search, parts.now().getTime()).map(({ session }) => session);
}

/** Rates are between 0 and 1, and null without sessions. */
function figureOf(field: string, sessions: readonly SessionCount[]): number | null {
  const count = field.includes('(user)') ? countUsers : countSessions;
  const all = count(sessions);
  const share = (...states: SessionCount['state'][]) =>
    all === 0 ? null : count(sessions.filter(({ state }) => states.includes(state))) / all;
  switch (field.slice(0, field.indexOf('('))) {
    case 'sum':
    case 'count_unique':
      return all;
    case 'crash_rate':
      return share('crashed');
    case 'crash_free_rate': {
      const rate = share('crashed');
      return rate === null ? null : 1 - rate;
    }
    case 'abnormal_rate':
    case 'anr_rate':
    case 'foreground_anr_rate':
      return share('abnormal');
    case 'errored_rate':
      return share('errored');
    case 'unhandled_rate':
      return share('unhandled');
    case 'unhealthy_rate':
      return share('errored', 'unhandled', 'crashed', 'abnormal');
    default:
      return null;
  }
}

function countSessions(sessions: readonly SessionCount[]): number {
  return sessions.reduce((sum, { count }) => sum + count, 0);
}

function countUsers(sessions: readonly SessionCount[]): number {
  return new Set(sessions.flatMap(({ user }) => user ?? [])).size;
}
