/** Notes what the collect stage of a shard is told by Sentry, so that the shards can be merged where no Sentry of theirs answers. */
import type { SentryEvent } from '../model/issue.ts';
import type { ErrorEvent } from '../model/red.ts';
import type { IssueFacts, ShardRecording } from '../model/shard.ts';
import type { BaseRun } from '../pipeline.ts';

/** The file of a run folder that makes it a shard's. */
export const SHARD_FILE = 'shard.json';

/** `write` is called when the base run is closed, if the events were listed by then. */
export function recordShard(
  base: BaseRun,
  about: Pick<ShardRecording, 'part' | 'base' | 'startedAt'>,
  write: (recording: ShardRecording) => void,
): BaseRun {
  const lost = new Set<string>();
  const facts = new Map<string, IssueFacts>();
  const hashes = new Map<string, readonly string[]>();
  const read = new Map<string, SentryEvent>();
  const suspectCommits: ShardRecording['suspectCommits'] = {};
  const findings: ShardRecording['findings'] = [];
  let events: readonly ErrorEvent[] | undefined;
  return {
    ...base,
    isPart: true,
    waitForEvent: async (id) => {
      const came = await base.waitForEvent(id);
      if (came === undefined) lost.add(id);
      return came;
    },
    listErrorEvents: async (isEnough) => {
      events = await base.listErrorEvents(isEnough);
      return events;
    },
    readIssue: async (id) => {
      const told = await base.readIssue(id);
      facts.set(id, told);
      return told;
    },
    readEvent: async (issueId, eventId) => {
      const event = await base.readEvent(issueId, eventId);
      read.set(eventId, event);
      return event;
    },
    readHashes: async (id) => {
      const told = await base.readHashes(id);
      hashes.set(id, told);
      return told;
    },
    readSuspectCommits: async (id) => {
      const told = await base.readSuspectCommits(id);
      suspectCommits[id] = [...told];
      return told;
    },
    reportFinding: async (finding) => {
      const eventId = await base.reportFinding(finding);
      findings.push({ scenario: finding.scenario, eventId });
      return eventId;
    },
    close: async () => {
      if (events !== undefined) {
        write({
          version: 1,
          ...about,
          appUrl: base.url,
          lost: [...lost],
          events: [...events],
          issues: [...facts].map(([id, told]) => ({ facts: told, hashes: [...(hashes.get(id) ?? [])] })),
          read: [...read.values()],
          suspectCommits,
          isHosted: base.isHosted,
          findings,
        });
      }
      await base.close();
    },
  };
}
