import { expect, test } from 'vitest';
import { patchOf, runOf, scenario } from '../../../test/ladder/scripted-trial.ts';
import type { ScenarioRun } from '../../model/scenario.ts';
import type { Sighting } from '../../model/sighting.ts';
import type { TrialRun } from '../trial.ts';
import { type EndedTurn, ScreeningEvidence, type ServerSwitches } from './evidence.ts';

const BUYS = scenario('buys');
const PROBE = 1_000_000;
/** Three patches of one file: 0 and 1 at one place, 2 at another; 2 waits for 0. */
const PATCHES = ['a', 'b', 'c'].map((id) => patchOf(id, { edits: [{ file: 'src/a.ts', start: 0, end: 0, text: id }] }));

function evidenceOf({ hasReset = false, servers = [] }: { hasReset?: boolean; servers?: ServerSwitches[] } = {}) {
  const candidates = PATCHES.map((patch, number) => ({
    patch,
    issue: 'SHOP-1',
    scenarios: [BUYS],
    ...(number === 2 && { after: 'a' }),
  }));
  const tree = { shared: PATCHES, places: [[0, 1], [2]], probes: new Map([['src/a.ts', PROBE]]) };
  return { candidates, evidence: new ScreeningEvidence({ tree, candidates, servers: () => servers, hasReset }) };
}

function turn(number: number, changes: Partial<EndedTurn> = {}): EndedTurn {
  return { number, title: 'buys', red: true, wrote: false, asked: [], mixed: false, ...changes };
}

function ran(number: number, red: boolean, changes: Partial<ScenarioRun> = {}): TrialRun {
  return { run: runOf(BUYS, { repetition: number + 1, ...changes }), events: [], red };
}

const EXCEPTION: Sighting = { id: '1', at: '', kind: 'exception', origin: 'app', message: 'x' };

/** How candidate `number` came out, as far as it is told. */
function told(
  { candidates, evidence }: ReturnType<typeof evidenceOf>,
  number: number,
  runs: readonly TrialRun[],
): string | undefined {
  const candidate = candidates[number];
  const own = candidate && evidence.runsOf(candidate, runs);
  return own && (own.some(({ red }) => red) ? 'red' : 'green');
}

test('tells of a patch that ran', () => {
  const asked = evidenceOf();
  asked.evidence.ended(turn(0, { red: false, asked: [0, PROBE] }));

  expect(told(asked, 0, [ran(0, false)])).toBe('green');
  expect(told(asked, 1, [ran(1, false)])).toBeUndefined();
});

test('tells of a patch that a server ran', () => {
  const asked = evidenceOf({ servers: [{ reached: new Set([1]), asked: new Set([1]) }] });
  asked.evidence.ended(turn(1));

  expect(told(asked, 1, [ran(1, true)])).toBe('red');
});

test('tells nothing of a patch whose scenario did not run to its end', () => {
  const asked = evidenceOf();
  asked.evidence.ended(turn(0, { red: false, asked: [0] }));

  expect(told(asked, 0, [])).toBeUndefined();
});

test('lets a scenario go that is red without any patch and does not come by', () => {
  const asked = evidenceOf();
  asked.evidence.ended(turn(-1, { asked: [0, 1, PROBE] }));
  asked.evidence.ended(turn(0, { red: false, asked: [0, PROBE] }));

  expect(asked.evidence.isOpen(1, 'buys')).toBe(true);
  expect(asked.evidence.isOpen(2, 'buys')).toBe(false);
  expect(asked.evidence.isOpen(2, 'pays')).toBe(true);
  expect(told(asked, 2, [ran(-1, true)])).toBe('red');
});

test.each<[string, Partial<EndedTurn>, ServerSwitches[]]>([
  ['the scenario is green without it', { red: false }, []],
  ['its file is not loaded', { asked: [0, 1] }, []],
  ['pages have workers', { mixed: true }, []],
  ['a server came by', {}, [{ reached: new Set(), asked: new Set([2]) }]],
])('runs a patch that nobody came by where %s', (_, changes, servers) => {
  const asked = evidenceOf({ servers });
  asked.evidence.ended(turn(-1, { asked: [0, 1, PROBE], ...changes }));
  asked.evidence.ended(turn(0, { red: false, asked: [0] }));

  expect(asked.evidence.isOpen(2, 'buys')).toBe(true);
});

test('knows a file that a server alone has loaded', () => {
  const asked = evidenceOf({ servers: [{ reached: new Set(), asked: new Set([PROBE]) }] });
  asked.evidence.ended(turn(-1));

  expect(asked.evidence.isOpen(1, 'buys')).toBe(false);
});

test('asks no second scenario of a patch that ran and is red', () => {
  const { evidence } = evidenceOf();
  evidence.ended(turn(0, { asked: [0] }));
  evidence.ended(turn(1));

  expect(evidence.isOpen(0, 'pays')).toBe(false);
  expect(evidence.isOpen(1, 'pays')).toBe(true);
});

test('asks a patch that waits for another once that one is green', () => {
  const { evidence } = evidenceOf();
  expect(evidence.isOpen(2, 'buys')).toBe(false);
  evidence.ended(turn(0, { red: false, asked: [0] }));
  expect(evidence.isOpen(2, 'buys')).toBe(true);
  evidence.ended(turn(0, { red: true, asked: [0] }));
  expect(evidence.isOpen(2, 'buys')).toBe(false);
});

test.each<[string, Parameters<typeof ran>[2], { hasReset?: boolean }, string | undefined]>([
  ['an assertion that failed', {}, {}, undefined],
  ['an assertion that failed, where the data is put back', {}, { hasReset: true }, 'red'],
  ['an error of the app', { sightings: [EXCEPTION] }, {}, 'red'],
  ['an error that Sentry alone saw', { eventIds: ['e'] }, {}, 'red'],
])('where scenarios write, believes %s', (_, changes, options, expected) => {
  const asked = evidenceOf(options);
  asked.evidence.ended(turn(0, { wrote: true, asked: [0] }));

  expect(told(asked, 0, [ran(0, true, changes)])).toBe(expected);
});

test('tells nothing of a run in a page that ended with an earlier one', () => {
  const asked = evidenceOf();
  asked.evidence.ended(turn(0, { asked: [0, PROBE] }));
  const message = 'page.goto: Target page, context or browser has been closed';

  expect(told(asked, 0, [ran(0, true, { sightings: [{ ...EXCEPTION, kind: 'assertion', message }] })])).toBeUndefined();
});

test('believes a patch that nobody came by in a server that was started with it', () => {
  const servers = [{ reached: new Set<number>(), asked: new Set([2, PROBE]) }];
  const kept = evidenceOf({ servers });
  const fresh = evidenceOf({ servers });
  for (const { evidence } of [kept, fresh]) evidence.ended(turn(-1, { red: false }));
  fresh.evidence.startedWith(2);

  expect(told(kept, 2, [ran(2, true)])).toBeUndefined();
  expect(told(fresh, 2, [ran(2, true)])).toBe('red');
});

test('knows patches of a place at which a server keeps what it made', () => {
  const { evidence } = evidenceOf();
  evidence.madeOnce(evidence.placesOf(0));

  expect([0, 1, 2].map((number) => evidence.isMadeOnce(number))).toEqual([true, true, false]);
});

test('tells of a patch that changes nothing that runs as of none', () => {
  const candidates = [{ patch: patchOf('a'), issue: 'SHOP-1', scenarios: [BUYS] }];
  const tree = { shared: [patchOf('a')], places: [], probes: new Map() };
  const evidence = new ScreeningEvidence({ tree, candidates, servers: () => [], hasReset: false });
  evidence.ended(turn(-1));

  expect(evidence.isOpen(0, 'buys')).toBe(false);
  expect(told({ candidates, evidence }, 0, [ran(-1, true)])).toBe('red');
});

test('a patch of several places does not make one of them a server’s where the server came by another', () => {
  const patches = ['a', 'b'].map((id) => patchOf(id, { edits: [{ file: 'src/a.ts', start: 0, end: 0, text: id }] }));
  const candidates = patches.map((patch) => ({ patch, issue: 'SHOP-1', scenarios: [BUYS] }));
  // The second patch changes the server as well.
  const tree = { shared: patches, places: [[0, 1], [1]], probes: new Map([['src/a.ts', PROBE]]) };
  const servers = [{ reached: new Set<number>(), asked: new Set([1]) }];
  const evidence = new ScreeningEvidence({ tree, candidates, servers: () => servers, hasReset: false });
  evidence.ended(turn(-1, { asked: [PROBE] }));
  evidence.ended(turn(0, { asked: [PROBE] }));

  expect(told({ candidates, evidence }, 0, [ran(-1, true), ran(0, true)])).toBe('red');
  expect(told({ candidates, evidence }, 1, [ran(-1, true), ran(1, true)])).toBeUndefined();
});
