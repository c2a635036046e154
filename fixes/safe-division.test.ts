import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './safe-division.ts';

const INFINITE = 'Invalid count value: Infinity';

fixerTable(fixer, {
  cures: [
    ['a value that is returned', INFINITE, 'const f = (a, b) => a / b;', 'const f = (a, b) => b === 0 ? 0 : a / b;'],
    [
      'a division further up in the function',
      { message: INFINITE, line: 3 },
      'function bar(hours, row) {\n  const share = hours / row.open;\n  return mark.repeat(share);\n}',
      'function bar(hours, row) {\n  const share = row.open === 0 ? 0 : hours / row.open;\n  return mark.repeat(share);\n}',
    ],
    [
      'a part of a calculation',
      'Invalid array length',
      'const rows = new Array(1 + (sum / list.length) * 2);',
      'const rows = new Array(1 + (list.length === 0 ? 0 : sum / list.length) * 2);',
    ],
    [
      'an operand',
      'expected 4, received NaN',
      'const total = base + sum / count;',
      'const total = base + (count === 0 ? 0 : sum / count);',
    ],
    [
      'a remainder by what was seen to be 0',
      { message: INFINITE, values: { row: { size: 0 } } },
      'const place = index % row.size;',
      'const place = row.size === 0 ? 0 : index % row.size;',
    ],
  ],
  leaves: [
    ['another error', 'rows is not defined', 'const f = (a, b) => a / b;'],
    ['a number that is written there', INFINITE, 'const f = (a) => a / 100;'],
    ['a divisor that is tested', INFINITE, 'const f = (a, b) => b === 0 ? 0 : a / b;'],
    ['a divisor that was seen to be another', { message: INFINITE, values: { b: 4 } }, 'const f = (a, b) => a / b;'],
    [
      'a divisor for which the function ends early',
      { message: INFINITE, line: 3 },
      'function f(a, b) {\n  if (!b) return 0;\n  return a / b;\n}',
    ],
    ['a divisor that is calculated', INFINITE, 'const f = (a, b) => a / (b - 1);'],
    [
      'another function',
      { message: INFINITE, line: 2 },
      'const f = (a, b) => a / b;\nconst g = (a) => mark.repeat(a);',
    ],
  ],
});
