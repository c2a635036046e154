/** Shards in, one base run out: the collect stage asks it as it asks Sentry, and so comes to what one process would have come to. */
import { z } from 'zod';
import type { SentryEvent } from '../model/issue.ts';
import { type ErrorEvent, tieEvents } from '../model/red.ts';
import { ScenarioRun } from '../model/scenario.ts';
import { ShardRecording } from '../model/shard.ts';
import type { BaseRun } from '../pipeline.ts';
import { type MergedIssue, numberIssues } from './number-issues.ts';

export interface Shard {
  readonly recording: ShardRecording;
  readonly runs: readonly ScenarioRun[];
}

export interface MergeRequest {
  /** Whether all shards wrote into one Sentry, whose ids stand. */
  readonly isShared: boolean;
  progress(text: string): void;
}

type TiedEvent = ErrorEvent & { readonly isOwned: boolean };

interface Tied {
  readonly runs: readonly ScenarioRun[];
  readonly events: readonly TiedEvent[];
}

/** `shards` in the order of their parts. */
export function mergeShards(shards: readonly Shard[], { isShared, progress }: MergeRequest): BaseRun {
  const url = shards[0]?.recording.appUrl ?? '';
  const moved = shards.map((shard) => atOrigin(shard, url));
  const recordings = moved.map(({ recording }) => recording);
  const issues = numberIssues(recordings, { isShared });
  const tied = moved.map((shard, index) => tieWithin(shard, index, issues));
  const events = distinct(tied.flatMap((shard) => shard.events));
  const lost = new Set(recordings.flatMap((recording) => recording.lost));
  const read = new Map<string, SentryEvent>(
    recordings.flatMap((recording) => recording.read.map((event) => [event.id, event])),
  );
  const findings = new Map(
    recordings.flatMap((recording) => recording.findings.map(({ scenario, eventId }) => [scenario, eventId])),
  );
  const hidden = new Set(findings.values());
  const issueOf = (shortId: string): MergedIssue => {
    const found = issues.find(({ facts }) => facts.shortId === shortId);
    if (found === undefined) throw new Error(`No shard knows ${shortId}.`);
    return found;
  };
  return {
    url,
    appUrl: url,
    runSuite: async () => tied.flatMap(({ runs }) => runs),
    // It was waited for where it came.
    waitForEvent: async (id) => (lost.has(id) ? undefined : 0),
    // What the harness reported was not there before it had.
    listErrorEvents: async () => events.filter(({ eventId }) => !hidden.has(eventId)),
    readIssue: async (shortId) => issueOf(shortId).facts,
    readEvent: async (shortId, eventId) => {
      const event = read.get(eventId) ?? anyEventOf(shortId, events, read);
      if (event === undefined) throw new Error(`No shard has read event ${eventId} of ${shortId}.`);
      return event;
    },
    readSuspectCommits: async (eventId) => recordings.flatMap((one) => one.suspectCommits[eventId] ?? []),
    isHosted: recordings.some((one) => one.isHosted),
    readHashes: async (shortId) => issueOf(shortId).hashes,
    reportFinding: async ({ scenario }) => {
      const eventId = findings.get(scenario);
      if (eventId === undefined) throw new Error(`No shard has reported what ${scenario} came to.`);
      hidden.delete(eventId);
      return eventId;
    },
    progress,
    close: async () => undefined,
  };
}

/** Each shard's app had a port of its own: texts of all name the first one's. */
function atOrigin({ recording, runs }: Shard, url: string): Shard {
  const from = recording.appUrl;
  if (from === url) return { recording, runs };
  return {
    recording: ShardRecording.parse(renamed(recording, from, url)),
    runs: z.array(ScenarioRun).parse(renamed(runs, from, url)),
  };
}

/** The same value with one address for another in all its texts. */
function renamed(value: unknown, from: string, to: string): unknown {
  const origin = new RegExp(`${from.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?!\\d)`, 'g');
  const walk = (inner: unknown): unknown => {
    if (typeof inner === 'string') return inner.replace(origin, () => to);
    if (Array.isArray(inner)) return inner.map(walk);
    if (typeof inner !== 'object' || inner === null) return inner;
    return Object.fromEntries(Object.entries(inner).map(([key, one]) => [key, walk(one)]));
  };
  return walk(value);
}

/**
 * Sorts events to runs of their own shard for good. Times and paths tie what has no trace: shards ran at the same time,
 * so that another one's scenario might fit as well. Such an event gets its own id for a trace, and one that fits no run
 * of its shard a time at which nothing ran.
 */
function tieWithin({ recording, runs }: Shard, shard: number, issues: readonly MergedIssue[]): Tied {
  const owners = new Map<string, ScenarioRun>();
  for (const [run, own] of tieEvents(runs, recording.events)) for (const { eventId } of own) owners.set(eventId, run);
  const traces = new Map<ScenarioRun, string[]>();
  const events = recording.events.flatMap((event): TiedEvent[] => {
    const issue = issues.find(({ parts }) => parts.some((part) => part.shard === shard && part.id === event.issueId));
    // Nobody asked for its issue: it was no scenario's.
    if (issue === undefined) return [];
    const { shortId } = issue.facts;
    const named = { ...event, issueId: shortId, shortId };
    const owner = owners.get(event.eventId);
    if (owner === undefined) return [{ ...named, at: new Date(0).toISOString(), isOwned: false }];
    const isTraced = event.traceId !== undefined && owner.traceIds.includes(event.traceId);
    if (isTraced || owner.eventIds.includes(event.eventId)) return [{ ...named, isOwned: true }];
    traces.set(owner, [...(traces.get(owner) ?? []), event.eventId]);
    return [{ ...named, traceId: event.eventId, isOwned: true }];
  });
  return {
    events,
    runs: runs.map((run) => ({ ...run, traceIds: [...run.traceIds, ...(traces.get(run) ?? [])] })),
  };
}

/** Shards that share a Sentry list each other's events: the one whose scenario caused it knows best. */
function distinct(events: readonly TiedEvent[]): ErrorEvent[] {
  const byId = new Map<string, TiedEvent>();
  for (const event of events) {
    if (byId.get(event.eventId)?.isOwned !== true) byId.set(event.eventId, event);
  }
  return [...byId.values()].map(({ isOwned: _, ...event }) => event);
}

function anyEventOf(
  shortId: string,
  events: readonly ErrorEvent[],
  read: ReadonlyMap<string, SentryEvent>,
): SentryEvent | undefined {
  return events.flatMap((event) => (event.shortId === shortId ? (read.get(event.eventId) ?? []) : []))[0];
}
