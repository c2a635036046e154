import { expect, test } from 'vitest';
import { fixerTable, resultsOf } from '../harness/kit/fixer-table.ts';
import { fixer } from './wrong-operator.ts';

const FAILED = { message: 'expect(locator).toHaveText', errorType: '', runtime: 'scenario' as const };

fixerTable(fixer, {
  best: [
    [
      'a bound that the suspected commit wrote',
      {
        ...FAILED,
        line: 2,
        hunks: [{ commit: 'a', file: 'example.tsx', oldStart: 3, oldLines: [], newStart: 3, newLines: ['x'] }],
      },
      'function f(a) {\n  if (a > 1) go();\n  return a < 9;\n}',
      'function f(a) {\n  if (a > 1) go();\n  return a <= 9;\n}',
    ],
  ],
  cures: [
    ['a bound', FAILED, 'const fits = seats > wanted;', 'const fits = seats >= wanted;'],
    [
      'a bound that is one too many',
      FAILED,
      'for (let i = 0; i <= list.length; i++) show(i);',
      'for (let i = 0; i < list.length; i++) show(i);',
    ],
    ['a comparison', FAILED, 'const fits = seats < wanted;', 'const fits = seats > wanted;'],
    ['a question', FAILED, "if (kind === 'desk') show();", "if (kind !== 'desk') show();"],
    ['two reasons', FAILED, 'if (open && free) show();', 'if (open || free) show();'],
    ['a default', FAILED, 'const count = given || 3;', 'const count = given ?? 3;'],
    ['an order', FAILED, 'rows.sort((a, b) => a.on - b.on);', 'rows.sort((a, b) => b.on - a.on);'],
    ['all and any', FAILED, 'const is = rows.some(ready);', 'const is = rows.every(ready);'],
    ['a way to round', FAILED, 'const price = Math.floor(sum);', 'const price = Math.round(sum);'],
    ['a sum', FAILED, 'const day = start + 1;', 'const day = start - 1;'],
  ],
  leaves: [
    ['an error', { message: 'seats is not defined', errorType: 'ReferenceError' }, 'const fits = seats > wanted;'],
    ['texts that are joined', FAILED, "const label = 'a' + name;"],
    ['a question that stands in', FAILED, 'const name = given;'],
    ['a comparison in another function', { ...FAILED, line: 1 }, 'const a = 1;\nfunction f(b) {\n  return g(b);\n}'],
    ['a method that is not called', FAILED, 'const f = rows.some;'],
    ['another method', FAILED, 'const f = rows.map(show);'],
    ['a name', FAILED, 'const some = find;'],
    ['an assignment', FAILED, 'count = 3;'],
    ['an object', FAILED, 'const a = { some: 1 };'],
    ['a call', FAILED, 'some(rows);'],
  ],
});

test('leaves operators alone that stand beside others of their kind', () => {
  const texts = resultsOf(fixer, FAILED, 'if ((a && b) || c) go();').map(({ text }) => text);

  expect(texts).not.toContain('if ((a && b) ?? c) go();');
});
