import { expect, test } from 'vitest';
import { issueOf, runOf, type Script, scenario, scriptedTrial } from '../../test/ladder/scripted-trial.ts';
import type { Issue } from '../model/issue.ts';
import type { ScenarioRun } from '../model/scenario.ts';
import type { ScenarioHistory } from '../validation/find-wrong-expectation.ts';
import { type ReproduceTools, reproduceIssues } from './reproduce-issues.ts';

const PAYS = scenario('pays');
const GREEN_COMMIT = { sha: '3f2a91c0', subject: 'Show totals', author: 'Mara', at: '2026-01-01T00:00:00Z' };

function tools(script: Script, changes: Partial<ReproduceTools> = {}): ReproduceTools {
  return {
    openBase: async () => scriptedTrial(script, [PAYS]),
    progress: () => undefined,
    compare: async () => undefined,
    changedRecently: async () => false,
    scenarioHistory: async () => undefined,
    ...changes,
  };
}

async function reproduce(
  script: Script,
  changes: Partial<ReproduceTools> = {},
  issue: Issue = issueOf(),
  runs: ScenarioRun[] = [runOf(PAYS, { status: 'failed' })],
) {
  return reproduceIssues([issue], runs, tools(script, changes));
}

test('keeps what is red every time, with the tally of the base', async () => {
  const { items, signals } = await reproduce({ isRed: () => true });

  expect(items.map(({ issue, base }) => [issue.shortId, base])).toEqual([
    ['SHOP-1', [{ scenario: PAYS.id, green: 0, runs: 5 }]],
  ]);
  expect(signals?.controls).toEqual(['server']);
});

test('compares the red runs with good ones where the debugger saw no throw', async () => {
  const contrast = { against: 'neighbours' as const, redRuns: 1, greenRuns: 2, functions: [], answers: [] };
  const asked: string[][] = [];
  const compare: ReproduceTools['compare'] = async ({ issue }, { red }) => {
    asked.push([issue.shortId, ...red]);
    return contrast;
  };

  const { items } = await reproduce({ isRed: () => true }, { compare });

  expect(items.map((one) => one.contrast)).toEqual([contrast]);
  expect(asked).toEqual([['SHOP-1', PAYS.id]]);
});

test('asks the browser’s SDK for a control event beside the red scenarios, in the quickest green one that has it', async () => {
  const asked: string[][] = [];
  const openBase = async () => {
    const trial = scriptedTrial({ isRed: (title) => title === 'pays' }, [PAYS]);
    const { run } = trial;
    trial.run = (request) => {
      asked.push([`${request.only?.map(({ titlePath }) => titlePath[0])}`, `${request.controlEvent}`]);
      return run(request);
    };
    return trial;
  };
  const runs = [
    runOf(PAYS, { status: 'failed', browserSdk: true, durationMs: 1 }),
    runOf(scenario('browses'), { browserSdk: true, durationMs: 300 }),
    runOf(scenario('looks'), { browserSdk: true, durationMs: 200 }),
    runOf(scenario('bare'), { browserSdk: false, durationMs: 100 }),
  ];

  const { signals } = await reproduce({}, { openBase }, issueOf(), runs);

  expect(asked).toEqual([['looks,pays', 'mendwright control event base browser']]);
  expect(signals?.controls).toEqual(['browser', 'server']);
});

test.each<[string, (nth: number) => boolean, string, string]>([
  ['red in some runs only', (nth) => nth === 0, 'flaky', 'sometimes-green'],
  ['green in every further run', () => false, 'not-reproduced', 'green-again'],
])('settles what is %s', async (_, isRed, result, reason) => {
  const { items, skipped } = await reproduce({ isRed: (_title, nth) => isRed(nth) });

  expect(items).toEqual([]);
  expect(skipped).toMatchObject([{ subject: 'SHOP-1', result, reason }]);
});

test('takes a scenario that is red every time for the proof, beside one that may pass the error by', async () => {
  const passes = scenario('passes by');
  const issue = issueOf({ scenarios: [PAYS.id, passes.id] });
  const script: Script = { isRed: (title, nth) => title === 'pays' || nth === 0 };
  const openBase = async () => scriptedTrial(script, [PAYS, passes]);
  const runs = [runOf(PAYS, { status: 'failed' }), runOf(passes, { status: 'failed' })];

  const { items, skipped } = await reproduce({}, { openBase }, issue, runs);

  expect(skipped).toEqual([]);
  expect(items.map(({ scenarios, further }) => [scenarios, further])).toEqual([[[PAYS], [passes]]]);
  expect(items[0]?.base).toEqual([{ scenario: PAYS.id, green: 0, runs: 5 }]);
});

const AT = '2026-01-01T00:00:00.050Z';
const ANSWERED_500 = {
  method: 'GET',
  url: 'http://app/api/rates',
  status: 500,
  resourceType: 'fetch',
  at: AT,
  durationMs: 20,
};
const REFUSED = { method: 'GET', url: 'http://carrier.example/rates?zip=1', error: 'ECONNREFUSED', at: AT };

test.each<[string, Script]>([
  [
    'did not answer the server',
    { calls: [{ ...REFUSED, during: { method: 'GET', path: '/api/rates?x=1' } }], requests: [ANSWERED_500] },
  ],
  [
    'answered the server with 503',
    { calls: [{ ...REFUSED, error: undefined, status: 503 }], requests: [ANSWERED_500] },
  ],
  [
    'did not answer the page',
    { requests: [{ ...ANSWERED_500, url: REFUSED.url, status: undefined, failure: 'net::ERR_CONNECTION_REFUSED' }] },
  ],
])('settles an outage of a service that %s', async (_, script) => {
  const { skipped } = await reproduce({ isRed: () => true, ...script });

  expect(skipped).toMatchObject([
    { result: 'outage', reason: 'service-unavailable', detail: expect.stringContaining('carrier.example/rates') },
  ]);
});

test.each<[string, Script, Partial<ReproduceTools>, ScenarioRun[]]>([
  [
    'answers others',
    { calls: [REFUSED, { ...REFUSED, error: undefined, status: 200 }], requests: [ANSWERED_500] },
    {},
    [],
  ],
  [
    'the app was changed to call',
    { calls: [REFUSED], requests: [ANSWERED_500] },
    { changedRecently: async () => true },
    [],
  ],
  [
    'failed for another request',
    { calls: [{ ...REFUSED, during: { method: 'GET', path: '/api/other' } }], requests: [ANSWERED_500] },
    {},
    [],
  ],
  ['failed at another time', { calls: [{ ...REFUSED, at: '2026-01-01T01:00:00Z' }], requests: [ANSWERED_500] }, {}, []],
  [
    'green scenarios miss as well',
    { requests: [{ ...ANSWERED_500, url: REFUSED.url, status: undefined, failure: 'net::ERR_NAME_NOT_RESOLVED' }] },
    {},
    [
      runOf(scenario('browses'), {
        requests: [
          { method: 'GET', url: REFUSED.url, failure: 'net::ERR_NAME_NOT_RESOLVED', resourceType: 'script', at: AT },
        ],
      }),
    ],
  ],
  [
    'the browser itself refused',
    { requests: [{ ...ANSWERED_500, url: REFUSED.url, status: undefined, failure: 'net::ERR_ABORTED' }] },
    {},
    [],
  ],
])('does not blame a service that %s', async (_, script, changes, green) => {
  const { items } = await reproduce({ isRed: () => true, ...script }, changes, issueOf(), [
    runOf(PAYS, { status: 'failed' }),
    ...green,
  ]);

  expect(items).toHaveLength(1);
});

const ASSERTION = issueOf({ reportedByHarness: true, runtime: 'scenario', title: 'expect(locator).toHaveText' });

function history(changes: Partial<ScenarioHistory>): Partial<ReproduceTools> {
  const known = {
    green: GREEN_COMMIT,
    seen: true,
    sourcesChanged: false,
    changedSpecs: new Map<string, string>(),
    changedTogether: false,
  };
  return { scenarioHistory: async () => ({ ...known, ...changes }) };
}

const OLD_SPEC = new Map([[PAYS.file, 'old text']]);
/** Red four times as it is; the fifth run is that of the old scenario. */
const OLD_IS_GREEN: Script = { isRed: (_, nth) => nth < 4 };

test.each<[string, Script, Partial<ScenarioHistory>, string]>([
  ['nothing changed', { isRed: () => true }, {}, 'nothing-changed'],
  [
    'only the scenario changed',
    OLD_IS_GREEN,
    { changedSpecs: OLD_SPEC, specCommit: GREEN_COMMIT },
    'expectation-changed',
  ],
  [
    'the app changed, too, and still is as the old scenario has it',
    OLD_IS_GREEN,
    { changedSpecs: OLD_SPEC, sourcesChanged: true },
    'expectation-changed',
  ],
])('doubts the expectation where %s', async (_, script, changes, reason) => {
  const { skipped } = await reproduce(script, history(changes), ASSERTION);

  expect(skipped).toMatchObject([{ result: 'scenario-wrong', reason }]);
});

test.each<[string, Script, Partial<ScenarioHistory>, Issue]>([
  ['the old scenario is red as well', { isRed: () => true }, { changedSpecs: OLD_SPEC }, ASSERTION],
  ['one commit changed both', OLD_IS_GREEN, { changedSpecs: OLD_SPEC, changedTogether: true }, ASSERTION],
  ['the app changed and the scenario did not', { isRed: () => true }, { sourcesChanged: true }, ASSERTION],
  ['the app threw an error', OLD_IS_GREEN, { changedSpecs: OLD_SPEC }, issueOf()],
  ['nobody saw it green', { isRed: () => true }, { seen: false }, ASSERTION],
])('does not doubt the expectation where %s', async (_, script, changes, issue) => {
  const { skipped } = await reproduce(script, history(changes), issue);

  expect(skipped.map(({ result }) => result)).not.toContain('scenario-wrong');
});

test('judges followers with the issue that they follow', async () => {
  const leader = issueOf({ followers: ['SHOP-2'] });
  const follower = issueOf({ id: '2', shortId: 'SHOP-2' });

  const { items } = await reproduceIssues(
    [leader, follower],
    [runOf(PAYS, { status: 'failed' })],
    tools({ isRed: () => true }),
  );

  expect(items.map(({ issue }) => issue.shortId)).toEqual(['SHOP-1']);
});
