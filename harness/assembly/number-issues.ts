/** Which issues of several shards are one, and the short id that each gets: that of a run in one process. */
import type { IssueFacts, ShardRecording } from '../model/shard.ts';
import { formatShortId, parseShortId } from '../sentry-server/storage/short-id.ts';

export interface MergedIssue {
  readonly facts: IssueFacts;
  readonly hashes: readonly string[];
  /** Index of each shard that saw it, and its id there. */
  readonly parts: readonly { readonly shard: number; readonly id: string }[];
}

interface Group {
  hashes: Set<string>;
  parts: { shard: number; facts: IssueFacts; isNew: boolean; reportedFor: string | undefined }[];
}

/**
 * Issues that share a grouping hash are one. Where all shards wrote into one Sentry, its ids stand. Where each had an
 * embedded one of its own, what was known before keeps its short id, and new issues are numbered in the order of the
 * shards and of their coming: as one process would have numbered them, had it run the shards one after the other.
 */
export function numberIssues(shards: readonly ShardRecording[], { isShared }: { isShared: boolean }): MergedIssue[] {
  const groups: Group[] = [];
  for (const [shard, recording] of shards.entries()) {
    const { issues, startedAt } = recording;
    const inOrder = [...issues].sort((a, b) => numberOf(a.facts) - numberOf(b.facts));
    for (const { facts, hashes } of inOrder) {
      const part = {
        shard,
        facts,
        isNew: Date.parse(facts.firstSeen) >= Date.parse(startedAt),
        reportedFor: reportedFor(recording, facts),
      };
      const same = groups.filter((group) => isSame(group, { facts, hashes, isShared }));
      const [first, ...others] = same;
      const group = first ?? { hashes: new Set<string>(), parts: [] };
      if (first === undefined) groups.push(group);
      group.parts.push(part);
      for (const hash of hashes) group.hashes.add(hash);
      for (const other of others) absorb(groups, group, other);
    }
  }
  return isShared ? groups.map((group) => merged(group, first(group).shortId)) : numbered(groups);
}

function isSame(
  group: Group,
  { facts, hashes, isShared }: { facts: IssueFacts; hashes: readonly string[]; isShared: boolean },
): boolean {
  if (isShared) return group.parts.some((part) => part.facts.id === facts.id);
  return hashes.some((hash) => group.hashes.has(hash));
}

function absorb(groups: Group[], into: Group, other: Group): void {
  for (const hash of other.hashes) into.hashes.add(hash);
  into.parts.push(...other.parts);
  groups.splice(groups.indexOf(other), 1);
}

function numbered(groups: readonly Group[]): MergedIssue[] {
  const known = groups.filter(({ parts }) => parts.some(({ isNew }) => !isNew));
  const taken = new Set<string>();
  const ids = new Map<Group, string>();
  for (const group of known) {
    const id = (group.parts.find(({ isNew }) => !isNew) ?? group.parts[0])?.facts.shortId;
    // Two shards that began with different files may mean different issues by one id: the second counts as new.
    if (id === undefined || taken.has(id)) continue;
    taken.add(id);
    ids.set(group, id);
  }
  // The harness reports when all scenarios have run, one after the other.
  const fresh = groups.filter((group) => !ids.has(group)).sort((a, b) => reportOf(a).localeCompare(reportOf(b)));
  let next = Math.min(...fresh.flatMap(({ parts }) => parts.map(({ facts }) => numberOf(facts))));
  for (const group of fresh) {
    const { slug } = parseShortId(first(group).shortId) ?? { slug: 'app' };
    while (taken.has(formatShortId(slug, next))) next++;
    const id = formatShortId(slug, next);
    taken.add(id);
    ids.set(group, id);
  }
  return groups.map((group) => merged(group, ids.get(group) ?? first(group).shortId));
}

function merged({ parts, hashes }: Group, shortId: string): MergedIssue {
  const all = parts.map(({ facts }) => facts);
  const [one] = all;
  if (one === undefined) throw new Error('An issue of no shard.');
  const isOne = new Set(all.map(({ id, permalink }) => `${id} ${permalink}`)).size === 1;
  return {
    facts: {
      ...one,
      shortId,
      count: isOne ? Math.max(...all.map(({ count }) => count)) : all.reduce((sum, { count }) => sum + count, 0),
      userCount: Math.max(...all.map(({ userCount }) => userCount)),
      firstSeen: all.map(({ firstSeen }) => firstSeen).sort()[0] ?? one.firstSeen,
      lastSeen:
        all
          .map(({ lastSeen }) => lastSeen)
          .sort()
          .at(-1) ?? one.lastSeen,
    },
    hashes: [...hashes],
    parts: parts.map(({ shard, facts }) => ({ shard, id: facts.id })),
  };
}

/** The scenario for which the harness reported the issue; undefined where the app sent an event of it. */
function reportedFor({ events, findings }: ShardRecording, { id }: IssueFacts): string | undefined {
  const own = events.filter(({ issueId }) => issueId === id);
  const reports = findings.filter(({ eventId }) => own.some((event) => event.eventId === eventId));
  return own.length > reports.length ? undefined : reports.map(({ scenario }) => scenario).sort()[0];
}

/** Sorts by when it was reported; empty for what the app sent. */
function reportOf({ parts }: Group): string {
  if (parts.some((part) => part.reportedFor === undefined)) return '';
  return parts.flatMap((part) => part.reportedFor ?? []).sort((a, b) => a.localeCompare(b))[0] ?? '';
}

function first({ parts: [part] }: Group): IssueFacts {
  if (part === undefined) throw new Error('An issue of no shard.');
  return part.facts;
}

function numberOf({ shortId }: IssueFacts): number {
  return parseShortId(shortId)?.number ?? 0;
}
