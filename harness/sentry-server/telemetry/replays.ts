/** Session replays, put together from their segments. */
import { z } from 'zod';
import { parseJson } from '../ingest/parse-json.ts';
import { recordedEvents } from '../ingest/replay-recording.ts';
import { limits } from '../limits.ts';
import type { Database } from '../storage/database.ts';
import { type ItemRow, readItems } from '../storage/read-items.ts';
import { Instant, type Scalar, type TelemetryRow, TraceId } from './telemetry-row.ts';

const text = z.string().nullish().catch(undefined);
const named = z
  .object({ name: text, version: text, brand: text, model: text, family: text })
  .optional()
  .catch(undefined);

const Segment = z.object({
  replay_id: TraceId,
  segment_id: z.int().nonnegative().catch(0),
  timestamp: Instant,
  replay_start_timestamp: Instant.optional().catch(undefined),
  replay_type: z.string().catch('session'),
  urls: z.array(z.string()).catch([]),
  error_ids: z.array(TraceId).catch([]),
  trace_ids: z.array(TraceId).catch([]),
  platform: text,
  environment: text,
  release: text,
  dist: text,
  user: z
    .object({
      id: z.union([z.string(), z.number()]).transform(String).nullish(),
      username: text,
      email: text,
      ip_address: text,
      name: text,
    })
    .nullish()
    .catch(undefined),
  sdk: named,
  tags: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String)).catch({}),
  contexts: z.object({ os: named, browser: named, device: named }).partial().catch({}),
});
type Segment = z.infer<typeof Segment>;

export interface Replay {
  readonly id: string;
  readonly projectId: number;
  readonly startedAt: number;
  readonly finishedAt: number;
  readonly urls: readonly string[];
  readonly errorIds: readonly string[];
  readonly traceIds: readonly string[];
  readonly releases: readonly string[];
  /** Distinct segment numbers. */
  readonly segments: readonly number[];
  readonly tags: Readonly<Record<string, readonly string[]>>;
  /** What the newest segment says of user, SDK and machine. */
  readonly latest: Segment;
}

/** Newest first. */
export function readReplays(db: Database, scope: { projects?: readonly number[]; replayId?: string }): Replay[] {
  const items = readItems(db, {
    types: ['replay_event'],
    ...(scope.projects === undefined ? {} : { projects: scope.projects }),
    ...(scope.replayId === undefined ? {} : { eventId: scope.replayId }),
  });
  const segments = items.flatMap((item) => {
    const parsed = Segment.safeParse(parseJson(item.payload, limits.jsonDepth));
    return parsed.success ? [{ projectId: item.project_id, segment: parsed.data }] : [];
  });
  const groups = Map.groupBy(segments, ({ segment }) => segment.replay_id);
  const replays = [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined
      ? []
      : [
          join(
            first.projectId,
            group.map(({ segment }) => segment),
          ),
        ];
  });
  return replays.sort((a, b) => b.startedAt - a.startedAt || (a.id < b.id ? -1 : 1));
}

function join(projectId: number, unordered: readonly Segment[]): Replay {
  const segments = unordered.toSorted((a, b) => a.segment_id - b.segment_id);
  const latest = segments.at(-1) ?? unordered[0];
  if (latest === undefined) throw new Error('a replay without a segment');
  const tags = Map.groupBy(
    segments.flatMap((one) => Object.entries(one.tags)),
    ([key]) => key,
  );
  return {
    id: latest.replay_id,
    projectId,
    startedAt: Math.min(...segments.map((one) => one.replay_start_timestamp ?? one.timestamp)),
    finishedAt: Math.max(...segments.map((one) => one.timestamp)),
    urls: segments.flatMap((one) => one.urls),
    errorIds: distinct(segments.flatMap((one) => one.error_ids)),
    traceIds: distinct(segments.flatMap((one) => one.trace_ids)),
    releases: distinct(segments.flatMap((one) => one.release ?? [])),
    segments: [...new Set(segments.map((one) => one.segment_id))],
    tags: Object.fromEntries([...tags].map(([key, pairs]) => [key, distinct(pairs.map(([, value]) => value))])),
    latest,
  };
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}

/** A replay's fields for searches and sorts. */
export function replayRow(replay: Replay): TelemetryRow & { readonly replay: Replay } {
  const { latest } = replay;
  const fields: Record<string, Scalar> = {
    ...Object.fromEntries(Object.entries(replay.tags).map(([key, values]) => [key, values[0] ?? null])),
    id: replay.id,
    environment: latest.environment ?? null,
    release: replay.releases[0] ?? null,
    platform: latest.platform ?? null,
    started_at: replay.startedAt,
    finished_at: replay.finishedAt,
    duration: Math.round((replay.finishedAt - replay.startedAt) / 1000),
    count_errors: replay.errorIds.length,
    count_urls: replay.urls.length,
    count_segments: replay.segments.length,
    activity: activityOf(replay),
    url: replay.urls[0] ?? null,
    'user.id': latest.user?.id ?? null,
    'user.email': latest.user?.email ?? null,
    'user.username': latest.user?.username ?? null,
    'user.ip': latest.user?.ip_address ?? null,
    'browser.name': latest.contexts.browser?.name ?? null,
    'os.name': latest.contexts.os?.name ?? null,
  };
  return { projectId: replay.projectId, at: replay.startedAt, fields, replay };
}

/** 1 to 10: an error counts 25 and a page 5 of 100. */
export function activityOf({ errorIds, urls }: Replay): number {
  return Math.max(1, Math.round(Math.min(100, errorIds.length * 25 + urls.length * 5) / 10));
}

export interface Recording {
  readonly segmentId: number;
  readonly receivedAt: number;
  readonly item: ItemRow;
}

/** In the order of the segments. */
export function readRecordings(db: Database, projectId: number, replayId: string): Recording[] {
  return readItems(db, { types: ['replay_recording'], projects: [projectId], eventId: replayId })
    .map((item) => ({ segmentId: headOf(item).segmentId, receivedAt: item.received_at, item }))
    .sort((a, b) => a.segmentId - b.segmentId);
}

const Head = z.object({ segment_id: z.int().nonnegative() });
const RrwebEvents = z.array(z.record(z.string(), z.unknown()));

/** The recorder's events; empty where the body cannot be read. */
export function eventsOf({ item }: Recording): Record<string, unknown>[] {
  const { body } = headOf(item);
  const events = RrwebEvents.safeParse(recordedEvents(body));
  return events.success ? events.data : [];
}

/** A recording is a JSON line with the segment's number, then the events, mostly deflated. */
function headOf(item: ItemRow): { segmentId: number; body: Uint8Array } {
  const end = item.payload.indexOf(0x0a);
  const head = Head.safeParse(parseJson(item.payload.subarray(0, Math.max(0, end)), limits.jsonDepth));
  return { segmentId: head.success ? head.data.segment_id : 0, body: item.payload.subarray(end + 1) };
}
