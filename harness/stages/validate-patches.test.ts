import { expect, test } from 'vitest';
import {
  caseOf,
  issueOf,
  patchOf,
  runOf,
  type Script,
  scenario,
  scriptedTrial,
} from '../../test/ladder/scripted-trial.ts';
import { Failure } from '../model/failure.ts';
import type { Patch } from '../model/patch.ts';
import type { ScenarioRef } from '../model/scenario.ts';
import type { Sighting } from '../model/sighting.ts';
import type { TrialRun } from '../validation/trial.ts';
import { type ValidateTools, validatePatches } from './validate-patches.ts';

const OLD = issueOf();
const GREEN = [scenario('browses'), scenario('logs in')];

function tools(
  scripts: Record<string, Script | Failure>,
  changes: Partial<ValidateTools> = {},
): ValidateTools & { opened: string[] } {
  const opened: string[] = [];
  let time = 0;
  return {
    opened,
    openTrial: async (patch: Patch) => {
      opened.push(patch.id);
      const script = scripts[patch.id] ?? {};
      if (script instanceof Failure) throw script;
      return scriptedTrial(script);
    },
    screenTogether: async () => new Map(),
    baseCheck: async () => 'green',
    checks: ['npm test'],
    now: () => {
      time += 10;
      return time;
    },
    passed: () => undefined,
    isSource: (file) => file.startsWith('src/'),
    readSource: () => 'cart.total;',
    base: {
      green: GREEN,
      controls: ['browser', 'server'],
      issues: [],
      baseRun: () => undefined,
      lastGreenPage: async () => undefined,
    },
    runOnBase: async () => [],
    budget: { candidates: 10, minutes: 10 },
    slots: 2,
    signal: new AbortController().signal,
    ...changes,
  };
}

async function verdictOn(script: Script | Failure, changes: Partial<ValidateTools> = {}) {
  const { items } = await validatePatches([caseOf()], [patchOf('p1')], tools({ p1: script }, changes));
  return items[0];
}

test('confirms a patch that turns red into green and breaks nothing', async () => {
  const verdict = await verdictOn({});

  expect(verdict).toMatchObject({
    kind: 'confirmed',
    rung: 'regress',
    base: [{ green: 0, runs: 5 }],
    patched: [{ green: 5, runs: 5 }],
    controls: ['browser', 'server'],
    others: 2,
    checks: [{ command: 'npm test', base: 'green', patched: 'green' }],
  });
  expect(verdict?.kind === 'confirmed' && verdict.pValue).toBeCloseTo(1 / 252);
});

test('keeps one green run for people, without what only the search needs', async () => {
  const verdict = await verdictOn({});
  const kept = verdict?.kind === 'confirmed' ? verdict.greenRun : undefined;

  expect(kept?.scenario.id).toBe(caseOf().scenarios[0]?.id);
  expect(Object.keys(kept ?? {})).not.toEqual(expect.arrayContaining(['throws']));
  expect(Object.keys(kept ?? {})).not.toEqual(expect.arrayContaining(['witness']));
});

test.each<[string, Script | Failure, object]>([
  ['does not build', new Failure('usage', 'app-build-failed', 'no'), { kind: 'unconfirmed', rung: 'build' }],
  ['stays red', { isRed: () => true }, { kind: 'unconfirmed', rung: 'screen' }],
  ['is green only sometimes', { isRed: (_, nth) => nth === 3 }, { kind: 'flaky', rung: 'confirm' }],
  [
    'loses the browser’s events',
    { lostControls: ['browser'] },
    { kind: 'hides-error', rung: 'oracle', rule: 'control-event' },
  ],
  ['loses the server’s events', { lostControls: ['server'] }, { kind: 'hides-error', rung: 'oracle' }],
  [
    'still sends the old error under other frames',
    { issues: () => [{ issueId: '9', shortId: 'T-1', title: OLD.title, hashes: ['b'.repeat(32)] }] },
    { kind: 'unconfirmed', rung: 'oracle' },
  ],
  [
    'sends a new error',
    { issues: () => [{ issueId: '9', shortId: 'T-1', title: 'RangeError: other', hashes: ['c'.repeat(32)] }] },
    { kind: 'regressed', reason: 'raised-new-issue' },
  ],
  [
    'breaks another scenario',
    { isRed: (title) => title === 'logs in' },
    { kind: 'regressed', reason: 'broke-other-scenario' },
  ],
  ['breaks a check', { checks: { 'npm test': 'red' } }, { kind: 'regressed', reason: 'broke-check' }],
])('refuses a patch that %s', async (_, script, expected) => {
  expect(await verdictOn(script)).toMatchObject(expected);
});

const EXCEPTION: Sighting = { id: '1', at: '', kind: 'exception', origin: 'app', message: 'x' };
const SEEN = { readSource: () => 'cart.total > 1;' };

test.each([
  ['strong', 'is red without the value that the patch wrote', true],
  ['weak', 'stays green without it', false],
])('calls a patch %s where the scenario %s', async (strength, _, isRed) => {
  const scripts = { p1: {}, 'p1-without': { isRed: () => isRed } };
  const own = tools(scripts, SEEN);

  const { items } = await validatePatches([caseOf()], [patchOf('p1')], own);

  expect(items).toMatchObject([{ kind: 'confirmed', strength }]);
  expect(own.opened).toEqual(['p1', 'p1-without']);
});

test('calls a patch weak without whose value the app itself breaks', async () => {
  const without: Script = { isRed: () => true, sightings: [EXCEPTION] };

  const { items } = await validatePatches([caseOf()], [patchOf('p1')], tools({ p1: {}, 'p1-without': without }, SEEN));

  expect(items).toMatchObject([{ kind: 'confirmed', strength: 'weak' }]);
});

test('calls a patch weak that cannot be built without its value', async () => {
  const scripts = { p1: {}, 'p1-without': new Failure('usage', 'app-build-failed', 'no') };

  const { items } = await validatePatches([caseOf()], [patchOf('p1')], tools(scripts, SEEN));

  expect(items).toMatchObject([{ kind: 'confirmed', strength: 'weak' }]);
});

test('looks for a strong patch behind a weak one, but not for ever', async () => {
  const patches = ['p1', 'p2', 'p3', 'p4', 'p5'].map((id) => patchOf(id));
  const red: Script = { isRed: () => true };

  const found = tools({ 'p2-without': red }, SEEN);
  const inVain = tools({}, SEEN);

  await validatePatches([caseOf()], patches, found);
  await validatePatches([caseOf()], patches, inVain);

  expect(found.opened.filter((id) => !id.includes('without'))).toEqual(['p1', 'p2']);
  expect(inVain.opened.filter((id) => !id.includes('without'))).toEqual(['p1', 'p2', 'p3']);
});

test('forgives another scenario that is red once and green again', async () => {
  expect(await verdictOn({ isRed: (title, nth) => title === 'logs in' && nth === 0 })).toMatchObject({
    kind: 'confirmed',
  });
});

test('lets a check stay red that was red before', async () => {
  const verdict = await verdictOn({ checks: { 'npm test': 'red' } }, { baseCheck: async () => 'red' });

  expect(verdict).toMatchObject({ kind: 'confirmed', checks: [{ base: 'red', patched: 'red' }] });
});

test('does not confirm what was not red often enough on the base', async () => {
  const rare = { ...caseOf(), base: [{ scenario: scenario('pays').id, green: 0, runs: 1 }] };

  const { items } = await validatePatches([rare], [patchOf('p1')], tools({}));

  expect(items[0]).toMatchObject({ kind: 'unconfirmed', rung: 'confirm' });
});

test('goes on to the next patch, and stops at the first that is confirmed', async () => {
  const given = tools({ p1: { isRed: () => true }, 'p2-without': { isRed: () => true } }, SEEN);

  const { items } = await validatePatches([caseOf()], [patchOf('p1'), patchOf('p2'), patchOf('p3')], given);

  expect(items.map(({ patch, kind }) => [patch, kind])).toEqual([
    ['p1', 'unconfirmed'],
    ['p2', 'confirmed'],
  ]);
  expect(given.opened).toEqual(['p1', 'p2', 'p2-without']);
});

test('starts no app for a patch that the guard refuses, and names the rule', async () => {
  const given = tools({});
  const bad = patchOf('p1', { edits: [{ file: 'src/cart.ts', start: 0, end: 0, text: 'try { go(); } catch {}\n' }] });

  const { items } = await validatePatches([caseOf()], [bad], given);

  expect(items[0]).toMatchObject({ kind: 'hides-error', rung: 'static', rule: 'empty-catch' });
  expect(given.opened).toEqual([]);
});

test('says how many candidates the budget left untried', async () => {
  const given = tools({ p1: { isRed: () => true } }, { budget: { candidates: 1, minutes: 10 } });

  const { skipped } = await validatePatches([caseOf()], [patchOf('p1'), patchOf('p2'), patchOf('p3')], given);

  expect(skipped).toEqual([{ subject: 'SHOP-1', reason: 'budget-spent', detail: '2 candidates were not tried.' }]);
});

test('closes a trial that fell over, and judges the next patch', async () => {
  const broken = scriptedTrial({});
  broken.run = () => Promise.reject(new Error('the browser is gone'));
  const given = tools({});
  const open = given.openTrial;

  const { items } = await validatePatches([caseOf()], [patchOf('p1'), patchOf('p2')], {
    ...given,
    openTrial: (patch) => (patch.id === 'p1' ? Promise.resolve(broken) : open(patch)),
  });

  expect(items.map(({ kind }) => kind)).toEqual(['errored', 'confirmed']);
  expect(broken.closed).toBe(true);
});

test('sees that a patch cures another issue as well, and judges no patch for that one', async () => {
  const other = caseOf(issueOf({ id: '2', shortId: 'SHOP-2', title: 'Error: other' }), [scenario('orders')]);
  const given = tools({}, { slots: 1 });

  const { items } = await validatePatches(
    [caseOf(), other],
    [patchOf('p1'), patchOf('p2', { issue: 'SHOP-2' })],
    given,
  );

  expect(items).toMatchObject([{ patch: 'p1', kind: 'confirmed', alsoCures: ['SHOP-2'] }]);
  expect(given.opened).toEqual(['p1']);
});

test.each([
  ['one after the other where they share a patch', 'p1', ['p1']],
  ['beside each other where they do not', 'p2', ['p1', 'p2']],
])('judges two issues %s', async (_, second, opened) => {
  const other = caseOf(issueOf({ id: '2', shortId: 'SHOP-2', title: 'Error: other' }), [scenario('orders')]);
  const given = tools({}, { slots: 2 });

  await validatePatches([caseOf(), other], [patchOf('p1'), patchOf(second, { issue: 'SHOP-2' })], given);

  expect(given.opened).toEqual(opened);
});

test('does not hold another issue’s red scenario against a patch', async () => {
  const other = caseOf(issueOf({ id: '2', shortId: 'SHOP-2', title: 'Error: other' }), [scenario('orders')]);
  const given = tools({ p1: { isRed: (title) => title === 'orders' } }, { slots: 1 });

  const { items } = await validatePatches([caseOf(), other], [patchOf('p1')], given);

  expect(items).toMatchObject([{ patch: 'p1', kind: 'confirmed', alsoCures: [] }]);
});

/** The page's text at the end of a run, by patch. */
function withPages(pages: Record<string, string>): ValidateTools & { opened: string[] } {
  const given = tools(
    {},
    {
      base: {
        green: [],
        controls: [],
        issues: [],
        baseRun: () => undefined,
        lastGreenPage: async () => ({ text: 'Total 12 Postcode 0150', writes: new Set<string>(), isComparable: true }),
      },
    },
  );
  const open = given.openTrial;
  return {
    ...given,
    openTrial: async (patch) => {
      const trial = await open(patch);
      const { run } = trial;
      trial.run = async (request) =>
        (await run(request)).map((one) => ({ ...one, run: { ...one.run, pageText: pages[patch.id] ?? '' } }));
      return trial;
    },
  };
}

test('prefers the patch after which the page is as it was when the scenario was green', async () => {
  const given = withPages({ p1: 'Total 12 Postcode', p2: 'Total 13 Postcode 0151' });

  const { items } = await validatePatches([caseOf()], [patchOf('p1'), patchOf('p2')], given);

  expect(items).toMatchObject([
    { patch: 'p1', kind: 'unconfirmed', rung: 'screen', why: expect.stringContaining('% like') },
    { patch: 'p2', kind: 'confirmed', likeness: 1 },
  ]);
});

test('takes the most alike of the green ones where none is quite alike', async () => {
  const given = withPages({ p1: 'Total', p2: 'Total 13 Postcode' });

  const { items } = await validatePatches([caseOf()], [patchOf('p1'), patchOf('p2')], given);

  expect(items).toMatchObject([
    { patch: 'p1', kind: 'unconfirmed' },
    { patch: 'p2', kind: 'confirmed', likeness: 0.75 },
  ]);
  expect(given.opened).toEqual(['p1', 'p2', 'p2']);
});

test('looks longer where all that is green shows a missing value', async () => {
  const spoilt = 'Total undefined Postcode 0150';
  const pages = { p1: spoilt, p2: spoilt, p3: spoilt, p4: spoilt, p5: 'Total' };
  const given = withPages(pages);

  const { items } = await validatePatches(
    [caseOf()],
    Object.keys(pages).map((id) => patchOf(id)),
    given,
  );

  expect(items.find(({ kind }) => kind === 'confirmed')?.patch).toBe('p5');
});

test('the guard looks at a patch once, screened together or not', async () => {
  const looked: string[] = [];
  const isSource = (file: string): boolean => {
    looked.push(file);
    return file.startsWith('src/');
  };
  const files = ['src/a.ts', 'src/b.ts', 'lib/c.ts', 'src/d.ts'];
  const patches = files.map((file) => patchOf(file, { edits: [{ file, start: 4, end: 5, text: '?.' }] }));
  const red = Object.fromEntries(files.map((file) => [file, { isRed: () => true }]));

  const { items } = await validatePatches([caseOf()], patches, tools(red, { isSource }));

  expect(items.map(({ rung }) => rung)).toEqual(['screen', 'screen', 'static', 'screen']);
  expect(looked.sort()).toEqual(files.toSorted());
});

test('opens no trial for what screening together showed to be red, and tries what it did not tell of', async () => {
  const ref = caseOf().scenarios[0] ?? scenario('pays');
  const red: TrialRun = { run: runOf(ref, { status: 'failed' }), events: [], red: true };
  const used = tools(
    { p0: { isRed: () => true }, p2: {}, p3: {} },
    {
      screenTogether: async (candidates) => {
        expect(candidates.map(({ patch }) => patch.id)).toEqual(['p1', 'p2', 'p3']);
        return new Map([['p1 SHOP-1', [red]]]);
      },
    },
  );

  const { items } = await validatePatches(
    [caseOf()],
    ['p0', 'p1', 'p2', 'p3'].map((id) => patchOf(id)),
    used,
  );

  expect(used.opened.slice(0, 2)).toEqual(['p0', 'p2']);
  expect(items[1]).toMatchObject({
    patch: 'p1',
    kind: 'unconfirmed',
    rung: 'screen',
    patched: [{ green: 0, runs: 1 }],
  });
  expect(items[2]).toMatchObject({ patch: 'p2', kind: 'confirmed' });
});

test('puts a patch back without a trial where the page it gave together is less like the last green one', async () => {
  const ref = caseOf().scenarios[0] ?? scenario('pays');
  const green = (pageText: string): TrialRun => ({ run: runOf(ref, { pageText }), events: [], red: false });
  const used = tools(
    { p0: { isRed: () => true }, p1: {}, p2: {} },
    {
      screenTogether: async () =>
        new Map([
          ['p1 SHOP-1', [green('Total')]],
          ['p2 SHOP-1', [green('Total of ten')]],
        ]),
      base: {
        green: GREEN,
        controls: ['browser', 'server'],
        issues: [],
        baseRun: () => undefined,
        lastGreenPage: async () => ({ text: 'Total of ten', writes: new Set<string>(), isComparable: true }),
      },
    },
  );

  const { items } = await validatePatches(
    [caseOf()],
    ['p0', 'p1', 'p2'].map((id) => patchOf(id)),
    used,
  );

  expect(used.opened).not.toContain('p1');
  expect(items[1]).toMatchObject({ patch: 'p1', kind: 'unconfirmed', rung: 'screen' });
});

test('takes a patch that is known to be strong before the weak ones that it would push back', async () => {
  const ref = caseOf().scenarios[0] ?? scenario('pays');
  const ran = (red: boolean): TrialRun[] => [{ run: runOf(ref), events: [], red }];
  const edits = [{ file: 'src/cart.ts', start: 9, end: 15, text: '?.total' }];
  const used = tools(
    { p0: { isRed: () => true } },
    {
      readSource: () => 'show(cart.total);',
      screenTogether: async (candidates) => {
        expect(candidates.map(({ patch, after }) => [patch.id, after])).toContainEqual(['p2-without', 'p2']);
        return new Map([
          ['p1 SHOP-1', ran(false)],
          ['p1-without SHOP-1', ran(false)],
          ['p2 SHOP-1', ran(false)],
          ['p2-without SHOP-1', ran(true)],
        ]);
      },
    },
  );
  const patches = ['p0', 'p1', 'p2'].map((id) => patchOf(id, { edits }));

  const { items } = await validatePatches([caseOf()], patches, used);

  expect(used.opened).toEqual(['p0', 'p2']);
  expect(items).toMatchObject([
    { patch: 'p0', kind: 'unconfirmed' },
    { patch: 'p2', kind: 'confirmed', strength: 'strong' },
  ]);
});

test('confirms no second weak patch: one without a value to miss, or one that is known to be weak', async () => {
  const ref = caseOf().scenarios[0] ?? scenario('pays');
  const ran = (red: boolean): TrialRun[] => [{ run: runOf(ref), events: [], red }];
  const asked: string[] = [];
  const source = 'function pay(cart) { show(cart.total); }';
  const editsOf = (at: string, text: string) => {
    const start = source.indexOf(at);
    return [{ file: 'src/cart.ts', start, end: start, text }];
  };
  const used = tools(
    {},
    {
      readSource: () => source,
      screenTogether: async (candidates) => {
        asked.push(...candidates.map(({ patch }) => patch.id));
        return new Map([
          ['p3 SHOP-1', ran(false)],
          ['p3-without SHOP-1', ran(false)],
          ['p4 SHOP-1', ran(true)],
          ['p5 SHOP-1', ran(false)],
          ['p5-without SHOP-1', ran(true)],
        ]);
      },
    },
  );
  const valueless = ['p1', 'p2'].map((id) => patchOf(id, { edits: editsOf('show', 'if (!cart) return; ') }));
  const valued = ['p3', 'p4', 'p5'].map((id) => patchOf(id, { edits: editsOf('.total', '?') }));

  const { items } = await validatePatches([caseOf()], [...valueless, ...valued], used);

  expect(asked.filter((id) => !id.includes('without'))).toEqual(['p3', 'p4', 'p5']);
  expect(used.opened).toEqual(['p1', 'p5']);
  expect(items.map(({ patch, kind }) => [patch, kind])).toEqual([
    ['p1', 'confirmed'],
    ['p5', 'confirmed'],
  ]);
});

test('screens nothing together where the best candidate is right', async () => {
  const edits = [{ file: 'src/cart.ts', start: 9, end: 15, text: '?.total' }];
  const used = tools(
    { 'p1-without': { isRed: () => true } },
    {
      readSource: () => 'show(cart.total);',
      screenTogether: async () => {
        throw new Error('asked');
      },
    },
  );

  const { items } = await validatePatches(
    [caseOf()],
    ['p1', 'p2'].map((id) => patchOf(id, { edits })),
    used,
  );

  expect(items).toMatchObject([{ patch: 'p1', kind: 'confirmed', strength: 'strong' }]);
});

const SENT = [{ method: 'POST', url: 'http://127.0.0.1:1/api/orders/7', resourceType: 'fetch', at: '', status: 201 }];
const PAGE = 'Your orders Delivered Arrives on Monday';

test.each<
  [string, { requests?: typeof SENT; pageText?: string }, { requests?: typeof SENT; pageText?: string }, string]
>([
  ['sends', { requests: SENT }, {}, 'request-gone'],
  ['shows', { pageText: PAGE }, { pageText: 'Your orders' }, 'page-gone'],
])('refuses a patch after which another scenario no longer %s what it did', async (_, before, after, rule) => {
  const given = (onBase: object): ValidateTools => {
    const own = tools({ p1: after });
    const base = { ...own.base, baseRun: (ref: ScenarioRef) => runOf(ref, before) };
    return {
      ...own,
      base,
      runOnBase: async (refs) => refs.map((ref) => ({ run: runOf(ref, onBase), events: [], red: false })),
    };
  };

  const refused = await validatePatches([caseOf()], [patchOf('p1')], given(before));
  const forgiven = await validatePatches([caseOf()], [patchOf('p1')], given(after));

  expect(refused.items).toMatchObject([{ kind: 'hides-error', rung: 'regress', rule }]);
  expect(forgiven.items).toMatchObject([{ kind: 'confirmed' }]);
});

test.each<[string, object, boolean, string]>([
  ['hides', { requests: SENT }, true, 'hides-error'],
  ['does not hide, where the scenario was another one then,', { requests: SENT }, false, 'confirmed'],
  ['does not hide, where the base never came so far,', {}, true, 'confirmed'],
])('a patch that leaves out what raised the error %s it', async (_, onBase, isComparable, kind) => {
  const own = tools({});
  const base = {
    ...own.base,
    baseRun: (ref: ScenarioRef) => (ref.id === scenario('pays').id ? runOf(ref, onBase) : undefined),
    lastGreenPage: async () => ({ text: '', writes: new Set(['POST /api/orders/<n>']), isComparable }),
  };

  const { items } = await validatePatches([caseOf()], [patchOf('p1')], { ...own, base });

  expect(items).toMatchObject([{ kind }]);
});
