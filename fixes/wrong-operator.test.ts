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
  offers: [
    [
      'a function of several lines, some of them written by the suspected commit',
      {
        ...FAILED,
        line: 3,
        hunks: [
          { commit: 'a', file: 'example.tsx', oldStart: 2, oldLines: [], newStart: 2, newLines: ['x'] },
          { commit: 'a', file: 'other.tsx', oldStart: 4, oldLines: [], newStart: 4, newLines: ['x', 'y'] },
        ],
      },
      'function f(a, b) {\n  const c = a < 1;\n  const d = b > 2;\n  const e = a + b;\n  return c === d || e >= 3;\n}\nconst z = z1 < z2;',
    ],
    [
      'a function where nobody knows what changed',
      { ...FAILED, line: 3 },
      'function f(a, b) {\n  const c = a - 1;\n  const d = b > 2;\n  return rows.some(g) && rows.find(c);\n}\nconst z = z1 < z2;',
    ],
    [
      'more than anybody would try',
      { ...FAILED, line: 2 },
      'function f(a) {\n  return [a < 1, a > 2, a <= 3, a >= 4, a < 5, a > 6, a <= 7, a >= 8, a < 9, a > 10];\n}',
    ],
    ['reasons beside each other', FAILED, 'const is = (a && b) || c < 1;'],
    ['a default beside a choice', FAILED, 'const a = b < 1 ? c || d : e;'],
    ['a default that is a choice', FAILED, 'const a = c || d ? 1 : 2;'],
    ['a question turned round', FAILED, 'const a = !(c || d);'],
    ['a sort with a third parameter', FAILED, 'rows.sort((a, b, c) => a.on - b.on);\nrows.map((a, b) => a.on + b.on);'],
    ['a difference that is no order', FAILED, 'rows.map((a) => a.on - a.off);'],
    ['a long comparison', FAILED, 'const is = theNumberOfSeatsThatTheRoomHas > theNumberOfSeatsThatSomebodyWants;'],
    [
      'what Playwright says itself',
      { message: 'expect(locator).toHaveText', errorType: 'Error', runtime: 'browser' as const },
      'const is = a < b;',
    ],
    ['methods with several others', FAILED, 'a.floor(b); a.startsWith(c); a.max(d); a.pop(); a.unshift(e);'],
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
    ['reasons within each other', FAILED, 'const is = a || b && c;\nconst n = d ?? e;'],
    [
      'an error that quotes Playwright',
      { message: 'I did not expect(that)', errorType: 'Error', runtime: 'browser' as const },
      'const is = a < b;',
    ],
    ['a method that every object has', FAILED, 'rows.constructor();'],
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
