import { expect, test } from 'vitest';
import { issueOf, runOf, scenario } from '../../test/ladder/scripted-trial.ts';
import type { ErrorEvent } from '../model/red.ts';
import type { ScenarioRun } from '../model/scenario.ts';
import { ShardRecording } from '../model/shard.ts';
import type { BaseRun } from '../pipeline.ts';
import { type Collected, collectIssues } from '../stages/collect-issues.ts';
import { mergeShards, type Shard } from './merge-shards.ts';
import { recordShard } from './record-shard.ts';

const STARTED = '2026-01-01T00:00:00.000Z';
const SEEN = '2026-01-01T00:00:01.000Z';

/** An error of the app in the world of a test: what it is grouped by, and which scenario causes it. */
interface Fault {
  readonly scenario: string;
  readonly hash: string;
  /** How its event finds its scenario; a finding is what the harness reports itself. */
  readonly by: 'page' | 'trace' | 'time' | 'finding';
  /** When Sentry saw its issue first; tonight when left out. */
  readonly firstSeen?: string;
}

/** A Sentry that groups by hash and numbers in order, as an embedded one does; `known` are issues of earlier nights. */
function world(faults: readonly Fault[], { port, known = [] }: { port: number; known?: readonly string[] }): BaseRun {
  const url = `http://127.0.0.1:${port}`;
  const numbers = new Map<string, number>(known.map((hash, index) => [hash, index + 1]));
  const numberOf = (hash: string): number => {
    const number = numbers.get(hash) ?? numbers.size + 1;
    numbers.set(hash, number);
    return number;
  };
  const events: (ErrorEvent & { hash: string })[] = [];
  const put = ({ scenario: title, hash, by }: Fault): void => {
    const number = numberOf(hash);
    events.push({
      eventId: idOf(title, hash),
      issueId: String(number),
      shortId: `SHOP-${number}`,
      title: hash,
      at: SEEN,
      level: 'error',
      hash,
      ...(by === 'trace' && { traceId: `trace ${title}` }),
      ...(by === 'time' && { url: `${url}/api/cart` }),
    });
  };
  const runs = titles(faults).map((title): ScenarioRun => {
    const own = faults.filter((fault) => fault.scenario === title && fault.hash !== '');
    for (const fault of own.filter(({ by }) => by !== 'finding')) put(fault);
    return runOf(scenario(title), {
      status: own.some(({ by }) => by === 'finding') ? 'failed' : 'passed',
      eventIds: own.filter(({ by }) => by === 'page').map(({ hash }) => idOf(title, hash)),
      traceIds: [`trace ${title}`],
      requests: own
        .filter(({ by }) => by === 'time')
        .map(() => ({
          method: 'GET',
          url: `${url}/api/cart`,
          status: 500,
          resourceType: 'fetch',
          at: SEEN,
        })),
    });
  });
  const hashOf = (issueId: string): string => events.find((event) => event.issueId === issueId)?.hash ?? '';
  return {
    url,
    appUrl: url,
    runSuite: async () => runs,
    waitForEvent: async (id) => (id.startsWith('lost') ? undefined : 0),
    readSuspectCommits: async (id) => [`commit of ${id}`],
    isHosted: false,
    listErrorEvents: async () => events.map(({ hash: _, ...event }) => event),
    readIssue: async (id) => {
      const hash = hashOf(id);
      const firstSeen = known.includes(hash) ? '2025-12-01T00:00:00.000Z' : SEEN;
      const { title: _, ...facts } = issueOf();
      const { hashes: _h, runtime: _r, reportedByHarness: _b, scenarios: _s, eventIds: _e, event: _v, ...rest } = facts;
      const { followers: _f, ...told } = rest;
      return { ...told, id, shortId: `SHOP-${id}`, title: hash, firstSeen };
    },
    readEvent: async (_, id) => {
      const isFinding = faults.some(({ scenario: title, hash, by }) => by === 'finding' && idOf(title, hash) === id);
      return { ...issueOf().event, id, platform: 'node', ...(isFinding && { logger: 'mendwright' }) };
    },
    readHashes: async (id) => [hashOf(id)],
    reportFinding: async (finding) => {
      const fault = faults.find(({ scenario: title }) => scenario(title).id === finding.scenario);
      if (fault === undefined) throw new Error('Nothing to report.');
      put(fault);
      return idOf(fault.scenario, fault.hash);
    },
    progress: () => undefined,
    close: async () => undefined,
  };
}

function idOf(title: string, hash: string): string {
  return `${title} ${hash}`;
}

function titles(faults: readonly Fault[]): string[] {
  return [...new Set(faults.map((fault) => fault.scenario))];
}

async function collect(base: BaseRun): Promise<Collected & { runs: readonly ScenarioRun[] }> {
  const runs = [...(await base.runSuite())].sort((a, b) => a.scenario.id.localeCompare(b.scenario.id));
  return { ...(await collectIssues(runs, base)), runs };
}

/** One shard for each list, run and recorded as a night does it. */
async function shardsOf(parts: readonly (readonly Fault[])[], known: readonly string[] = []): Promise<Shard[]> {
  return Promise.all(
    parts.map(async (faults, index) => {
      let recording: ShardRecording | undefined;
      const about = { part: `${index + 1}/${parts.length}`, base: 'c1', startedAt: STARTED };
      const base = recordShard(world(faults, { port: 4001 + index, known }), about, (written) => {
        // Through the file's form and back.
        recording = ShardRecording.parse(JSON.parse(JSON.stringify(written)));
      });
      const { runs } = await collect(base);
      await base.close();
      if (recording === undefined) throw new Error('Nothing was recorded.');
      return { recording, runs };
    }),
  );
}

const A: Fault = { scenario: 'a', hash: 'total', by: 'page' };
const B: Fault = { scenario: 'b', hash: 'label', by: 'trace' };
const C: Fault = { scenario: 'c', hash: 'total', by: 'trace' };
const GREEN: Fault = { scenario: 'd', hash: '', by: 'page' };
const SILENT: Fault = { scenario: 'e', hash: 'assertion', by: 'finding' };
const TIMED: Fault = { scenario: 'b', hash: 'label', by: 'time' };
const TIMED_TOO: Fault = { scenario: 'c', hash: 'other', by: 'time' };

test.each<[string, Fault[][], string[]]>([
  ['one error in two shards', [[A], [B], [C, GREEN]], []],
  ['errors that were known before tonight', [[A], [B], [C, GREEN]], ['gone', 'label']],
  ['a failure that sent nothing', [[A], [B, SILENT], [GREEN]], []],
  ['failures that sent nothing in two shards', [[{ ...SILENT, scenario: 'a' }], [B], [GREEN, SILENT]], []],
  ['an issue that follows in one shard and comes first in another', [[A, { ...B, scenario: 'a' }], [B], [C]], []],
  [
    'an issue that follows everywhere',
    [
      [A, { ...B, scenario: 'a' }],
      [C, { ...B, scenario: 'c' }],
    ],
    [],
  ],
  ['a shard without scenarios', [[A], [B], []], []],
  ['nothing red', [[GREEN], [], []], []],
])('merges shards into what one process collects: %s', async (_, parts, known) => {
  const shards = await shardsOf(parts, known);

  const merged = await collect(mergeShards(shards, { isShared: false, progress: () => undefined }));

  const { runs: _runs, ...one } = await collect(world(parts.flat(), { port: 4001, known }));
  const { runs: _merged, ...seen } = merged;
  const issues = (all: Collected) => all.items.map(({ count: _count, id: _id, ...issue }) => issue);
  expect({ ...seen, items: issues(seen) }).toEqual({ ...one, items: issues(one) });
});

test('leaves an event that only its time tied with the shard that saw it', async () => {
  const shards = await shardsOf([[TIMED], [TIMED_TOO]]);

  const { items, red } = await collect(mergeShards(shards, { isShared: false, progress: () => undefined }));

  expect(items.map(({ shortId, title, scenarios }) => [shortId, title, scenarios])).toEqual([
    ['SHOP-1', 'label', [scenario('b').id]],
    ['SHOP-2', 'other', [scenario('c').id]],
  ]);
  expect(red).toEqual([scenario('b').id, scenario('c').id]);
});

test('names the app of all shards by one address', async () => {
  const shards = await shardsOf([[A], [TIMED]]);

  const { runs } = await collect(mergeShards(shards, { isShared: false, progress: () => undefined }));

  expect(runs.flatMap(({ requests }) => requests.map(({ url }) => url))).toEqual(['http://127.0.0.1:4001/api/cart']);
});

test('keeps the ids of a Sentry that all shards wrote into', async () => {
  const [first, second] = await shardsOf([[A], [B]], ['total', 'label']);
  if (first === undefined || second === undefined) throw new Error('Two shards were made.');
  // Both list what the other one sent.
  const events = [...first.recording.events, ...second.recording.events];
  const both = [first, second].map(({ recording, runs }) => ({ recording: { ...recording, events }, runs }));

  const { items } = await collect(mergeShards(both, { isShared: true, progress: () => undefined }));

  expect(items.map(({ shortId, scenarios }) => [shortId, scenarios])).toEqual([
    ['SHOP-1', [scenario('a').id]],
    ['SHOP-2', [scenario('b').id]],
  ]);
});
