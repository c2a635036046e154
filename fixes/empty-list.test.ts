import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './empty-list.ts';

const EMPTY = 'Reduce of empty array with no initial value';

fixerTable(fixer, {
  best: [
    [
      'a sum',
      EMPTY,
      'const sum = prices.reduce((all, one) => all + one);',
      'const sum = prices.reduce((all, one) => all + one, 0);',
    ],
  ],
  cures: [
    [
      'a text',
      EMPTY,
      "const text = names.reduce((all, one) => all + ', ' + one);",
      "const text = names.length > 0 ? names.reduce((all, one) => all + ', ' + one) : null;",
    ],
    [
      'a product',
      EMPTY,
      'const all = counts.reduce((all, one) => all * one);',
      'const all = counts.reduce((all, one) => all * one, 1);',
    ],
    [
      'lists of lists',
      EMPTY,
      'const all = rows.reduce((all, one) => all.concat(one));',
      'const all = rows.reduce((all, one) => all.concat(one), []);',
    ],
    [
      'lists',
      EMPTY,
      'const all = rows.reduce((all, one) => [...all, ...one]);',
      'const all = rows.reduce((all, one) => [...all, ...one], []);',
    ],
    [
      'objects',
      EMPTY,
      'const all = rows.reduce((all, one) => ({ ...all, ...one }));',
      'const all = rows.reduce((all, one) => ({ ...all, ...one }), {});',
    ],
    [
      'one of many, in a function that gives an object',
      { message: EMPTY, line: 2 },
      'function sum(rows) {\n  const last = rows.reduce((a, b) => (a.on > b.on ? a : b));\n  return { count: rows.length, share: all / rows.length, last };\n}',
      'function sum(rows) {\n  if (rows.length === 0) return { count: 0, share: null, last: null };\n  const last = rows.reduce((a, b) => (a.on > b.on ? a : b));\n  return { count: rows.length, share: all / rows.length, last };\n}',
    ],
  ],
  leaves: [
    ['a sum that begins', EMPTY, 'const sum = prices.reduce((all, one) => all + one, 0);'],
    [
      'a list that is known to have elements',
      EMPTY,
      'const one = rows.length > 0 ? rows.reduce((a, b) => best(a, b)) : null;',
    ],
    ['another error', 'prices is not defined', 'const sum = prices.reduce((all, one) => all + one);'],
    ['another call', EMPTY, 'const sum = prices.map((one) => one + 1);'],
    ['a call of no method', EMPTY, 'const sum = reduce((all, one) => best(all, one));'],
    [
      'a function that leaves before',
      { message: EMPTY, line: 3 },
      'function best(rows) {\n  if (!rows.length) return null;\n  return rows.reduce((a, b) => pick(a, b));\n}',
    ],
  ],
});
