import { expect, test } from 'vitest';
import { patchOf } from '../../test/ladder/scripted-trial.ts';
import { applyEdits } from '../kit/apply-edits.ts';
import { withoutValue } from './without-value.ts';

/** The text after a patch that turns `before` into `after`, as two edits at most, and again without its value. */
function without(before: string, edits: readonly (readonly [old: string, text: string])[], file = 'src/a.tsx') {
  const patch = patchOf('p', {
    edits: edits.map(([old, text]) => {
      const start = before.indexOf(old);
      return { file, start, end: start + old.length, text };
    }),
  });
  const undone = withoutValue(patch, () => before);
  return undone && applyEdits(before, undone.edits);
}

test.each<[string, string, [string, string][], string]>([
  ['a chain', 'show(cart.total.net, 1);', [['.total', '?.total']], 'show((undefined), 1);'],
  ['a default', 'const a = rows.map(f);', [['rows', '(rows ?? [])']], 'const a = (undefined);'],
  ['a name', 'const a = totl;', [['totl', 'total']], 'const a = (undefined);'],
  ['a part of a choice', 'const a = b ? c.d : e;', [['c.d', 'c?.d']], 'const a = b ? (undefined) : e;'],
  ['an argument more', 'const a = fee(1);', [['1', '1, day']], 'const a = (undefined);'],
  [
    'a returned value',
    'function f(a) {\n  return a.b;\n}',
    [['return', 'if (!a) return [];\n  return']],
    'function f(a) {\n  if (!a) return (undefined);\n  return a.b;\n}',
  ],
  [
    'two places',
    'show(a.b, c.d);',
    [
      ['a.b', 'a?.b'],
      ['c.d', 'c?.d'],
    ],
    'show((undefined), (undefined));',
  ],
  ['a child', 'const a = <p>{user.name}</p>;', [['user.name', 'user?.name']], 'const a = <p>{(undefined)}</p>;'],
  ['a callback', 'rows.map((row) => row.name);', [['row.name', 'row?.name']], 'rows.map((row) => (undefined));'],
])('takes away %s', (_, before, edits, after) => {
  expect(without(before, edits)).toBe(after);
});

test.each<[string, string, [string, string][], string?]>([
  ['an exit without a value', 'function f(a) {\n  go(a.b);\n}', [['go', 'if (!a) return;\n  go']]],
  ['a block around a deed', 'go(a.b);', [['go(a.b);', 'if (a) {\n  go(a.b);\n}']]],
  ['another language', 'a = b.c', [['b.c', 'b.c if b else None']], 'a.py'],
])('finds no value in %s', (_, before, edits, file) => {
  expect(without(before, edits, file)).toBeUndefined();
});
