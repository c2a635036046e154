import { describe, expect, test } from 'vitest';
import { issueOf, runOf, scenario } from '../../test/ladder/scripted-trial.ts';
import type { ErrorEvent } from '../model/red.ts';
import type { ScenarioRun } from '../model/scenario.ts';
import type { Sighting } from '../model/sighting.ts';
import { type CollectTools, collectIssues, type Finding } from './collect-issues.ts';

const AT = '2026-01-01T00:00:00.050Z';

function sighting(changes: Partial<Sighting>): Sighting {
  return { id: 'abc', kind: 'exception', origin: 'app', message: 'boom', at: AT, ...changes };
}

function event(eventId: string, issue: number, changes: Partial<ErrorEvent> = {}): ErrorEvent {
  return {
    eventId,
    issueId: String(issue),
    shortId: `SHOP-${issue}`,
    title: `Error ${issue}`,
    at: AT,
    level: 'error',
    ...changes,
  };
}

function tools(events: ErrorEvent[], changes: Partial<CollectTools> = {}): CollectTools & { findings: Finding[] } {
  const findings: Finding[] = [];
  const all = [...events];
  return {
    findings,
    waitForEvent: async () => 1,
    readSuspectCommits: async () => [],
    isHosted: false,
    listErrorEvents: async () => all,
    readIssue: async (id) => {
      const {
        hashes: _h,
        runtime: _r,
        reportedByHarness: _b,
        scenarios: _s,
        eventIds: _e,
        event: _v,
        followers: _f,
        ...facts
      } = issueOf();
      return { ...facts, id, shortId: `SHOP-${id}` };
    },
    readEvent: async (issueId, id) => ({
      ...issueOf().event,
      id,
      platform: 'node',
      ...(issueId === '9' && { logger: 'mendwright' }),
    }),
    readHashes: async () => ['h'],
    reportFinding: async (finding) => {
      findings.push(finding);
      const id = `finding${findings.length}`;
      all.push(event(id, 9));
      return id;
    },
    appUrl: 'http://app',
    progress: () => undefined,
    ...changes,
  };
}

async function collect(runs: ScenarioRun[], given: CollectTools) {
  const { items, skipped, red } = await collectIssues(runs, given);
  return {
    issues: items.map(({ shortId, runtime, scenarios, followers }) => ({ shortId, runtime, scenarios, followers })),
    skipped,
    red,
  };
}

const PAYS = scenario('pays');
const BROWSES = scenario('browses');

test('ties browser events by id and server events by trace', async () => {
  const runs = [
    runOf(BROWSES, { eventIds: ['e1'], sightings: [sighting({})] }),
    runOf(PAYS, { traceIds: ['t1'], status: 'failed' }),
    runOf(scenario('logs in')),
  ];

  const { issues, red } = await collect(runs, tools([event('e1', 1), event('e2', 2, { traceId: 't1' })]));

  expect(issues).toEqual([
    { shortId: 'SHOP-1', runtime: 'browser', scenarios: [BROWSES.id], followers: [] },
    { shortId: 'SHOP-2', runtime: 'server', scenarios: [PAYS.id], followers: [] },
  ]);
  expect(red).toEqual([BROWSES.id, PAYS.id].sort());
});

test('ties a server event without trace by the answer that the page saw', async () => {
  const request = {
    method: 'GET',
    url: 'http://app/api/cart?x=1',
    status: 500,
    resourceType: 'fetch',
    at: AT,
    durationMs: 5,
  };
  const runs = [runOf(BROWSES), runOf(PAYS, { requests: [request], sightings: [sighting({ kind: 'server-error' })] })];

  const { issues } = await collect(runs, tools([event('e2', 2, { url: 'http://app/api/cart' })]));

  expect(issues).toMatchObject([{ shortId: 'SHOP-2', scenarios: [PAYS.id] }]);
});

test('counts a scenario red that Playwright passed but Sentry holds an error of', async () => {
  const { red } = await collect([runOf(PAYS, { eventIds: ['e1'] })], tools([event('e1', 1)]));

  expect(red).toEqual([PAYS.id]);
});

test('leaves a scenario green whose event is no error', async () => {
  const { red, issues } = await collect(
    [runOf(PAYS, { eventIds: ['e1'] })],
    tools([event('e1', 1, { level: 'info' })]),
  );

  expect([red, issues]).toEqual([[], []]);
});

test('holds what came later in the same scenario for a consequence', async () => {
  const late = '2026-01-01T00:00:01Z';
  const runs = [runOf(PAYS, { eventIds: ['e1', 'e2'], status: 'failed' })];

  const { issues } = await collect(runs, tools([event('e2', 2, { at: late }), event('e1', 1)]));

  expect(issues.map(({ shortId, followers }) => [shortId, followers])).toEqual([
    ['SHOP-1', ['SHOP-2']],
    ['SHOP-2', []],
  ]);
});

test('keeps an issue apart that comes first in another scenario', async () => {
  const late = '2026-01-01T00:00:01Z';
  const runs = [
    runOf(PAYS, { eventIds: ['e1', 'e2'], status: 'failed' }),
    runOf(BROWSES, { eventIds: ['e3'], status: 'failed' }),
  ];

  const { issues } = await collect(runs, tools([event('e1', 1), event('e2', 2, { at: late }), event('e3', 2)]));

  expect(issues.map(({ followers }) => followers)).toEqual([[], []]);
});

test('reports a failed assertion itself, so that it is an issue as well', async () => {
  const failed = sighting({
    kind: 'assertion',
    origin: 'scenario',
    message: 'expected 3, got 2',
    step: { title: 'expect', file: PAYS.file, line: 7 },
  });
  const given = tools([]);

  const { issues } = await collect([runOf(PAYS, { status: 'failed', sightings: [failed] })], given);

  expect(given.findings).toMatchObject([{ scenario: PAYS.id, message: 'expected 3, got 2', file: PAYS.file, line: 7 }]);
  expect(issues).toMatchObject([{ shortId: 'SHOP-9', runtime: 'scenario' }]);
});

test('reports what the app’s own policy blocked before the assertion that failed for it, but not what is blocked every day', async () => {
  const blocked = (host: string) =>
    sighting({
      kind: 'csp-violation',
      message: `Refused to connect to ${host}`,
      policy: { directive: 'connect-src', blocked: `https://${host}/x?at=${Math.random()}` },
    });
  const failed = sighting({ kind: 'assertion', origin: 'scenario', message: 'expected 3, got 2' });
  const given = tools([]);
  const runs = [
    runOf(BROWSES, { status: 'passed', sightings: [blocked('tracker.example')] }),
    runOf(PAYS, { status: 'failed', sightings: [blocked('tracker.example'), blocked('rates.example'), failed] }),
  ];

  await collect(runs, given);

  expect(given.findings).toMatchObject([{ scenario: PAYS.id, message: 'Refused to connect to rates.example' }]);
});

test('says that the pipeline is broken when an event left the page and never arrived', async () => {
  const given = tools([], { waitForEvent: async (id) => (id.startsWith('finding') ? 1 : undefined) });
  const run = runOf(PAYS, { eventIds: ['lost'], sightings: [sighting({})], browserSdk: true });

  const { skipped } = await collect([run], given);

  expect(skipped).toMatchObject([{ subject: 'SHOP-9', result: 'pipeline-broken', reason: 'event-never-arrived' }]);
});

test('gives a scenario the issue of its route when the SDK dropped its event as a repeat', async () => {
  const answered = (path: string) =>
    sighting({ kind: 'server-error', request: { method: 'GET', url: `http://app${path}`, status: 500 } });
  const runs = [
    runOf(BROWSES, { traceIds: ['t1'], sightings: [answered('/api/orders/1')] }),
    runOf(PAYS, { sightings: [answered('/api/orders/2')] }),
  ];

  const { issues } = await collect(
    runs,
    tools([event('e1', 1, { traceId: 't1', transaction: 'GET /api/orders/:id' })]),
  );

  expect(issues).toMatchObject([{ shortId: 'SHOP-1', scenarios: [BROWSES.id, PAYS.id].sort() }]);
});

test('takes issues with one message, thrown at one place of the app, for one error', async () => {
  const thrown = (library: string) => [
    {
      type: 'RangeError',
      value: 'Invalid time value',
      frames: [
        { file: 'src/orders.tsx', line: 40, inApp: true },
        { file: 'src/format.ts', line: 11, inApp: true },
        { file: library, line: 7, inApp: false },
      ],
    },
  ];
  const given = tools([event('e'.repeat(32), 1), event('f'.repeat(32), 2)]);

  const { items } = await collectIssues(
    [
      runOf(BROWSES, { status: 'failed', eventIds: ['e'.repeat(32)] }),
      runOf(PAYS, { status: 'failed', eventIds: ['f'.repeat(32)] }),
    ],
    {
      ...given,
      readEvent: async (issueId, id) => ({ ...issueOf().event, id, exceptions: thrown(`chunk-${issueId}.js`) }),
    },
  );

  expect(items.map(({ shortId, scenarios, followers }) => [shortId, scenarios, followers])).toEqual([
    ['SHOP-1', [BROWSES.id, PAYS.id].sort(), ['SHOP-2']],
    ['SHOP-2', [PAYS.id], []],
  ]);
});

describe('how long Sentry took', () => {
  const four = [runOf(PAYS, { status: 'failed', eventIds: ['a', 'b', 'c'] }), runOf(BROWSES, { eventIds: ['d'] })];
  const waiting = (waits: Readonly<Record<string, number | undefined>>) => async (id: string) => waits[id];
  const events = [event('a', 1), event('b', 1), event('c', 1)];

  test.each<[string, Readonly<Record<string, number | undefined>>, unknown]>([
    ['all', { a: 40, b: 10, c: 2500, d: 20 }, { events: 4, medianMs: 40, slowestMs: 2500, isHosted: true }],
    ['those that came', { a: 30, b: 10, c: 20 }, { events: 3, medianMs: 20, slowestMs: 30, isHosted: true }],
    ['none', {}, undefined],
  ])('is told of %s', async (_, waits, expected) => {
    const { ingestion } = await collectIssues(four, tools(events, { waitForEvent: waiting(waits), isHosted: true }));

    expect(ingestion).toEqual(expected);
  });

  test('counts from the same moment for all of them', async () => {
    const asked: string[] = [];
    const all = Promise.withResolvers<void>();
    const waitForEvent = async (id: string): Promise<number> => {
      asked.push(id);
      if (asked.length === 4) all.resolve();
      await all.promise;
      return 5;
    };

    await collectIssues(four, tools(events, { waitForEvent }));

    expect(asked.sort()).toEqual(['a', 'b', 'c', 'd']);
  });

  test('asks for at most eight at once', async () => {
    const eventIds = Array.from({ length: 30 }, (_, index) => `e${index}`);
    let running = 0;
    let most = 0;
    const waitForEvent = async (): Promise<number> => {
      running += 1;
      most = Math.max(most, running);
      await new Promise(setImmediate);
      running -= 1;
      return 1;
    };

    const { ingestion } = await collectIssues([runOf(BROWSES, { eventIds })], tools([], { waitForEvent }));

    expect([ingestion?.events, most]).toEqual([30, 8]);
  });
});

describe('the commits that Sentry suspects', () => {
  test('are asked for once per issue, of its event', async () => {
    const asked: string[] = [];
    const readSuspectCommits = async (id: string): Promise<string[]> => {
      asked.push(id);
      return id === 'a' ? ['c0ffee'] : [];
    };
    const runs = [runOf(PAYS, { status: 'failed', eventIds: ['a', 'b', 'c'] })];

    const { items } = await collectIssues(
      runs,
      tools([event('a', 1), event('b', 1), event('c', 2)], { readSuspectCommits }),
    );

    expect(asked).toEqual(['a', 'c']);
    expect(items.map(({ suspectCommits }) => suspectCommits)).toEqual([['c0ffee'], undefined]);
  });

  test('are not asked for where the harness reported the scenario itself', async () => {
    const given = tools([], { readSuspectCommits: async () => ['c0ffee'] });

    const { items } = await collectIssues([runOf(PAYS, { status: 'failed' })], given);

    expect(items.map(({ suspectCommits }) => suspectCommits)).toEqual([undefined]);
  });
});
