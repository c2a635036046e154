/** Session replays: lists, details, counts per issue, and the recordings themselves. */
import type { Context } from 'hono';
import { Hono } from 'hono';
import { own } from '../own.ts';
import type { ServerParts } from '../server-parts.ts';
import { replayedEvents } from '../storage/replayed-events.ts';
import { matching } from '../telemetry/query-rows.ts';
import {
  activityOf,
  eventsOf,
  type Recording,
  type Replay,
  readRecordings,
  readReplays,
  replayRow,
} from '../telemetry/replays.ts';
import { badRequest, notFound } from './api-error.ts';
import { projectIds, timeRange } from './event-filter.ts';
import { projectOf } from './organization-routes.ts';
import { listAnswer, pageLink, readPage } from './pagination.ts';
import { parseExpression } from './search-expression.ts';
import { parseSearch } from './search-query.ts';
import { showTime } from './show-project.ts';

export function replayRoutes(parts: ServerParts): Hono {
  const app = new Hono();
  app.get('/organizations/:org/replays/', (c) => listReplays(parts, c));
  app.get('/organizations/:org/replays/:replay/', (c) => {
    const [replay] = readReplays(parts.db, { replayId: replayIdOf(c), projects: projectIds(parts, c) });
    if (replay === undefined) throw notFound();
    return c.json({ data: showReplay(replay) });
  });
  app.get('/organizations/:org/replay-count/', (c) => c.json(countReplays(parts, c)));
  app.get('/projects/:org/:project/replays/:replay/recording-segments/', (c) =>
    listAnswer(c, recordingsOf(parts, c), eventsOf),
  );
  app.get('/projects/:org/:project/replays/:replay/recording-segments/:segment/', (c) => {
    const recording = recordingsOf(parts, c).find(({ segmentId }) => String(segmentId) === c.req.param('segment'));
    if (recording === undefined) throw notFound();
    if (c.req.query('download') !== undefined) return c.json(eventsOf(recording));
    const { item, segmentId, receivedAt } = recording;
    return c.json({
      data: {
        replayId: item.event_id ?? '',
        segmentId,
        projectId: String(item.project_id),
        dateAdded: showTime(receivedAt),
      },
    });
  });
  return app;
}

function replayIdOf(c: Context): string {
  const id = (c.req.param('replay') ?? '').replaceAll('-', '').toLowerCase();
  if (!/^[0-9a-f]{32}$/.test(id)) throw notFound();
  return id;
}

/** 404 where nothing was recorded. */
function recordingsOf(parts: ServerParts, c: Context): Recording[] {
  const recordings = readRecordings(parts.db, projectOf(parts, c).id, replayIdOf(c));
  if (recordings.length === 0) throw notFound();
  return recordings;
}

function listReplays(parts: ServerParts, c: Context): Response {
  const page = readPage(c);
  const search = parseExpression(c.req.query('query') ?? '');
  const range = timeRange(parts, c);
  const environments = (c.req.queries('environment') ?? []).filter((name) => name !== '');
  const rows = readReplays(parts.db, { projects: projectIds(parts, c) })
    .map(replayRow)
    .filter(({ at }) => range.every((bound) => (bound.operator === '>=' ? at >= bound.at : at < bound.at)))
    .filter(({ fields }) => environments.length === 0 || environments.includes(String(fields.environment)));
  const found = matching(rows, search, parts.now().getTime());
  const sort = c.req.query('sort') ?? c.req.query('sortBy') ?? c.req.query('orderBy') ?? '-started_at';
  const field = sort.replace(/^-/, '');
  if (rows[0] !== undefined && !Object.hasOwn(rows[0].fields, field)) throw badRequest(`Invalid field: ${field}.`);
  const sign = sort.startsWith('-') ? -1 : 1;
  const key = (row: (typeof found)[number]) => own(row.fields, field) ?? '';
  const ordered = found.sort((a, b) => sign * (key(a) < key(b) ? -1 : Number(key(a) > key(b))));
  const shown = ordered.slice(page.offset, page.offset + page.limit + 1).map(({ replay }) => showReplay(replay));
  return c.json({ data: shown.slice(0, page.limit) }, 200, { link: pageLink(c, page, shown.length > page.limit) });
}

/** Per issue or transaction that the query names: how many replays saw its events, or which with `returnIds`. */
function countReplays(parts: ServerParts, c: Context): Record<string, number | string[]> {
  const { filters } = parseSearch(c.req.query('query') ?? '');
  const filter = filters.find(({ key }) => key === 'issue.id' || key === 'transaction' || key === 'replay_id');
  if (filter === undefined) throw badRequest('Must provide issue.id, transaction or replay_id in the query.');
  const replays = readReplays(parts.db, { projects: projectIds(parts, c) });
  const known = new Set(replays.map(({ id }) => id));
  const isIdWanted = ['true', '1'].includes(c.req.query('returnIds') ?? '');
  const answers = filter.values.map((value): [string, number | string[]] => {
    const ids = idsFor(parts, filter.key, value, replays).filter((id) => known.has(id));
    return [value, isIdWanted ? ids : ids.length];
  });
  return Object.fromEntries(answers);
}

function idsFor(parts: ServerParts, key: string, value: string, replays: readonly Replay[]): string[] {
  if (key === 'replay_id') return [value.replaceAll('-', '').toLowerCase()];
  const { replayIds, eventIds } = replayedEvents(parts.db, key === 'issue.id' ? 'issue_id' : 'transaction_name', value);
  const byError = replays.filter(({ errorIds }) => errorIds.some((id) => eventIds.has(id))).map(({ id }) => id);
  return [...new Set([...replayIds, ...byError])];
}

function showReplay(replay: Replay): Record<string, unknown> {
  const { latest } = replay;
  const { user, contexts } = latest;
  const named = (found: { name?: string | null | undefined; version?: string | null | undefined } | undefined) => ({
    name: found?.name ?? null,
    version: found?.version ?? null,
  });
  const { device } = contexts;
  return {
    id: replay.id,
    project_id: String(replay.projectId),
    trace_ids: replay.traceIds,
    error_ids: replay.errorIds,
    environment: latest.environment ?? null,
    tags: replay.tags,
    user: {
      id: user?.id ?? null,
      username: user?.username ?? null,
      email: user?.email ?? null,
      ip: user?.ip_address ?? null,
      display_name: user?.name ?? user?.username ?? user?.email ?? user?.id ?? user?.ip_address ?? null,
    },
    sdk: named(latest.sdk),
    os: named(contexts.os),
    browser: named(contexts.browser),
    device: {
      name: device?.name ?? null,
      brand: device?.brand ?? null,
      model: device?.model ?? null,
      family: device?.family ?? null,
    },
    is_archived: false,
    urls: replay.urls,
    clicks: [],
    count_dead_clicks: 0,
    count_rage_clicks: 0,
    count_errors: replay.errorIds.length,
    count_warnings: 0,
    count_infos: 0,
    count_urls: replay.urls.length,
    count_segments: replay.segments.length,
    duration: Math.round((replay.finishedAt - replay.startedAt) / 1000),
    started_at: showTime(replay.startedAt),
    finished_at: showTime(replay.finishedAt),
    activity: activityOf(replay),
    replay_type: latest.replay_type,
    platform: latest.platform ?? null,
    releases: replay.releases,
    dist: latest.dist ?? null,
    has_viewed: false,
  };
}
