import { describe, expect, test } from 'vitest';
import { applyEdits } from '../kit/apply-edits.ts';
import type { Alternative, Fixer, FixerEdit } from '../kit/fixer.ts';
import { Patch } from '../model/patch.ts';
import type { Suspect } from '../model/suspect.ts';
import { type ProposeTools, proposePatches } from './propose-patches.ts';

const FILE = 'src/cart.ts';
const TEXT = 'export const sum = cart.total;\n';
const END = TEXT.indexOf(';');

function suspectAt(place: Partial<Suspect> = {}): Suspect {
  return {
    id: 's1',
    issue: 'SHOP-1',
    file: FILE,
    line: 1,
    runtime: 'browser',
    errorType: 'TypeError',
    message: "Cannot read properties of undefined (reading 'total')",
    score: 0.9,
    reasons: [],
    stack: [],
    hunks: [],
    ...place,
  };
}

function fixerOf(id: string, offers: readonly (Alternative | readonly FixerEdit[])[]): Fixer {
  return { id, summary: `Fault: ${id}.`, example: { message: '', before: '', after: '' }, propose: () => offers };
}

function toolsWith(fixers: readonly Fixer[], texts: Readonly<Record<string, string>> = { [FILE]: TEXT }): ProposeTools {
  return { fixers, listFiles: async () => Object.keys(texts), readSource: async (file) => texts[file] };
}

const insert = (text: string, at = END): FixerEdit => ({ start: at, end: at, text });

test('makes a patch of a fixer’s edits, in the shape that travels on', async () => {
  const { items, skipped } = await proposePatches([suspectAt()], toolsWith([fixerOf('add-zero', [[insert(' ?? 0')]])]));

  expect(items.map((item) => Patch.parse(item))).toMatchObject([
    {
      issue: 'SHOP-1',
      suspect: 's1',
      fixer: 'add-zero',
      title: 'add-zero',
      edits: [{ file: FILE, start: END, end: END, text: ' ?? 0' }],
    },
  ]);
  expect(items[0]?.id).toMatch(/^[0-9a-f]{12}$/);
  expect(items[0]?.diff).toBe(
    '--- a/src/cart.ts\n+++ b/src/cart.ts\n@@ -1,1 +1,1 @@\n-export const sum = cart.total;\n+export const sum = cart.total ?? 0;\n',
  );
  expect(skipped).toEqual([]);
});

test('gives equal edits one id, in whatever order and form a fixer names them', async () => {
  const one = fixerOf('one', [[{ file: FILE, ...insert(' ?? 0') }, insert('/* a */ ', 0)]]);
  const other = fixerOf('other', [[insert('/* a */ ', 0), insert(' ?? 0')]]);

  const [first] = (await proposePatches([suspectAt()], toolsWith([one]))).items;
  const [second] = (await proposePatches([suspectAt()], toolsWith([other]))).items;

  expect(first?.id).toBe(second?.id);
});

describe('drops', () => {
  test.each<[string, Alternative | readonly FixerEdit[]]>([
    ['what does not parse', [insert(' ?? (')]],
    ['what changes nothing', [{ start: 0, end: 6, text: 'export' }]],
    [
      'edits that overlap',
      [
        { start: 0, end: 6, text: 'x' },
        { start: 3, end: 8, text: 'y' },
      ],
    ],
    ['edits outside of the text', [insert('x', 999)]],
    ['edits of a file that is not among the sources', [{ file: 'test/cart.spec.ts', ...insert('x') }]],
    ['a new file in the place of another', { edits: [], newFiles: [{ file: FILE, text: 'x' }] }],
    ['a new file outside of the app', { edits: [], newFiles: [{ file: '../x.ts', text: 'x' }] }],
    ['a patch without an edit', []],
  ])('%s', async (_, offer) => {
    const { items, skipped } = await proposePatches([suspectAt()], toolsWith([fixerOf('odd', [offer])]));

    expect(items).toEqual([]);
    expect(skipped).toMatchObject([{ subject: 'SHOP-1', reason: 'no-candidate' }]);
  });

  test('the worse of two that make the same program', async () => {
    const loose = fixerOf('loose', [{ edits: [insert('  ??  /* none */ 0')], confidence: 0.4 }]);
    const neat = fixerOf('neat', [{ edits: [insert(' ?? 0')], confidence: 0.6 }]);

    const { items } = await proposePatches([suspectAt()], toolsWith([loose, neat]));

    expect(items.map(({ fixer }) => fixer)).toEqual(['neat']);
  });

  test('the same patch from a second suspect', async () => {
    const tools = toolsWith([fixerOf('add-zero', [[insert(' ?? 0')]])]);

    const { items } = await proposePatches([suspectAt(), suspectAt({ id: 's2', score: 0.3 })], tools);

    expect(items.map(({ suspect }) => suspect)).toEqual(['s1']);
  });
});

test('keeps a patch of a file that had a syntax error before', async () => {
  const tools = toolsWith([fixerOf('add', [[insert('// x\n', 0)]])], { [FILE]: 'const a = ;\n' });

  expect((await proposePatches([suspectAt()], tools)).items).toHaveLength(1);
});

test('goes on when a fixer throws, and says which', async () => {
  const broken: Fixer = {
    ...fixerOf('broken', []),
    *propose() {
      yield [insert(' ?? 1')];
      throw new Error('no such node');
    },
  };

  const { items, skipped } = await proposePatches(
    [suspectAt()],
    toolsWith([broken, fixerOf('fine', [[insert(' ?? 0')]])]),
  );

  expect(items.map(({ fixer }) => fixer).toSorted()).toEqual(['broken', 'fine']);
  expect(skipped).toMatchObject([
    { subject: 'broken', reason: 'harness-failed', detail: expect.stringContaining('no such node') },
  ]);
});

test('stops listening to a fixer that never ends', async () => {
  const endless: Fixer = {
    ...fixerOf('endless', []),
    *propose() {
      for (let n = 0; ; n++) yield [insert(` + ${n}`)];
    },
  };

  const { items } = await proposePatches([suspectAt()], { ...toolsWith([endless]), limit: 100 });

  expect(items).toHaveLength(40);
});

test('puts the best first and cuts at the limit, for each issue alone', async () => {
  const offers = [0.2, 0.9, 0.5].map((confidence) => ({ edits: [insert(` + ${confidence}`)], confidence }));
  const tools = { ...toolsWith([fixerOf('add', offers)]), limit: 2 };

  const { items } = await proposePatches([suspectAt(), suspectAt({ id: 's2', issue: 'SHOP-2' })], tools);

  expect(items.map(({ issue, edits }) => [issue, edits[0]?.text])).toEqual([
    ['SHOP-1', ' + 0.9'],
    ['SHOP-1', ' + 0.5'],
    ['SHOP-2', ' + 0.9'],
    ['SHOP-2', ' + 0.5'],
  ]);
});

test('changes several files in one patch and writes new ones', async () => {
  const texts = { [FILE]: TEXT, 'src/a.ts': 'export const a = 1;\n' };
  const edits = [{ file: 'src/a.ts', start: 17, end: 18, text: '2' }, insert(' ?? a')];
  const newFiles = [{ file: 'src/b.ts', text: 'export const b = 1;\n' }];

  const { items } = await proposePatches([suspectAt()], toolsWith([fixerOf('both', [{ edits, newFiles }])], texts));

  expect(items[0]?.edits.map(({ file }) => file)).toEqual(['src/a.ts', FILE]);
  expect(applyEdits(texts['src/a.ts'], items[0]?.edits.filter(({ file }) => file === 'src/a.ts') ?? [])).toBe(
    'export const a = 2;\n',
  );
  expect(items[0]?.diff).toContain('--- /dev/null\n+++ b/src/b.ts\n');
});

test('says nothing of an issue whose suspects lie in no source', async () => {
  const { items, skipped } = await proposePatches(
    [suspectAt({ file: 'vendor.js' })],
    toolsWith([fixerOf('x', [[insert('y')]])]),
  );

  expect(items).toEqual([]);
  expect(skipped).toMatchObject([{ subject: 'SHOP-1', reason: 'no-candidate' }]);
});
