import { expect, test } from 'vitest';
import { patchOf } from '../../../test/ladder/scripted-trial.ts';
import type { Patch } from '../../model/patch.ts';
import { switchedTree } from './switched-tree.ts';

type Change = readonly [find: string, text: string];

function patchOn(text: string, id: string, changes: readonly Change[], file: string): Patch {
  return patchOf(id, {
    edits: changes.map(([find, put]) => {
      const start = text.indexOf(find);
      return { file, start, end: start + find.length, text: put };
    }),
  });
}

function treeOf(text: string, patches: readonly (readonly Change[])[], file = 'src/a.ts') {
  return switchedTree(
    patches.map((changes, index) => patchOn(text, `p${index}`, changes, file)),
    () => text,
  );
}

const ASKED = (number: number): string => `Reflect.get(globalThis, '__mendwright')?.(${number})`;

test('writes the body of a function once for each patch', () => {
  const text = 'function f(a) {\n  return a.b;\n}\n';
  const { files, shared, places, probes } = treeOf(text, [
    [['a.b', 'a?.b']],
    [['return', 'if (!a) return 0;\n  return']],
  ]);

  expect(shared.map(({ id }) => id)).toEqual(['p0', 'p1']);
  expect(places).toEqual([[0, 1]]);
  expect(files.get('src/a.ts')).toBe(
    `function f(a) {if (${ASKED(0)}) {\n  return a?.b;\n\n} else if (${ASKED(1)}) {\n  if (!a) return 0;\n  return a.b;\n\n} else {\n  return a.b;\n\n}}\n\n;${ASKED(1_000_000)};\n`,
  );
  expect(probes.get('src/a.ts')).toBe(1_000_000);
});

test('keeps a patch of an inner function out of a patch of the outer one', () => {
  const text = 'function f(rows) {\n  return rows.map((row) => row.a.b);\n}\n';
  const { files, places } = treeOf(text, [[['row.a.b', 'row.a?.b']], [['rows.map', '(rows ?? []).map']]]);

  expect(places).toEqual([[0], [1]]);
  expect(files.get('src/a.ts')).toContain(`if (${ASKED(1)}) {\n  return (rows ?? []).map((row) => row.a.b);\n\n}`);
  expect(files.get('src/a.ts')).toContain(`(row) => (${ASKED(0)} ? (row.a?.b\n) : (row.a.b\n))`);
});

test('brings imports that nobody else would notice', () => {
  const text = "import { pad } from './pad.ts';\nexport const f = (a) => pad(a);\n";
  const { files, apart } = treeOf(text, [
    [
      ["from './pad.ts';", "from './pad.ts';\nimport { trim } from './trim.ts';"],
      ['pad(a)', 'pad(trim(a))'],
    ],
  ]);

  expect(apart).toEqual([]);
  expect(files.get('src/a.ts')).toMatch(/^import \{ trim \} from '\.\/trim\.ts';$/m);
});

test.each<[string, string, readonly Change[], RegExp, string?]>([
  [
    'an import that all would notice',
    'show(pad(1));',
    [['show', "import { pad } from './pad.ts';\nshow"]],
    /change the others/,
  ],
  ['an import for what it does', 'f(() => a.b);', [['f', "import './a.ts';\nf"]], /change the others/],
  [
    'an import of a taken name',
    'const pad = 1;\nexport const f = () => 2;',
    [
      ['const pad', "import { pad } from './pad.ts';\nconst pad"],
      ['2', '3'],
    ],
    /does not parse|name that is taken/,
  ],
  ['another parameter', 'function f(a) {\n  return b;\n}', [['(a)', '(a, b)']], /more than statements/],
  ['a declaration', 'const a = 1;', [['const a', 'const c = 2;\nconst a']], /more than statements/],
  ['a text that does not parse', 'f(() => a.b);', [['a.b', 'a.(b']], /does not parse/],
  ['another language', 'a = b.c', [['b.c', 'b and b.c']], /no script of its own/, 'a.py'],
  ['a file with scripts inside', '<script>a.b;</script>', [['a.b', 'a?.b']], /no script of its own/, 'a.vue'],
])('leaves %s to a tree of its own', (_, text, changes, why, file) => {
  const { shared, apart, files } = treeOf(text, [changes], file);

  expect(shared).toEqual([]);
  expect(files.size).toBe(0);
  expect(apart[0]?.why).toMatch(why);
});

test('leaves a patch that brings a file to a tree of its own', () => {
  const patch = patchOf('p', { newFiles: [{ file: 'src/b.ts', text: '' }] });

  expect(switchedTree([patch], () => '').apart).toEqual([{ patch, why: 'it brings a new file' }]);
});

test('leaves edits of types out: nothing that runs is changed', () => {
  const text = 'interface Cart {\n  total: number;\n}\nexport const f = (cart: Cart) => cart.total;\n';
  const { files, places, apart } = treeOf(text, [
    [['  total: number;\n', '']],
    [
      ['total: number', 'total?: number'],
      ['cart.total', 'cart.total ?? 0'],
    ],
  ]);

  expect(apart).toEqual([]);
  expect(places).toEqual([[1]]);
  expect(files.get('src/a.ts')).toContain('  total: number;\n');
});
