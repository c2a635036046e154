import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './browser-compat.ts';

const NO_REPLACE_ALL = 'text.replaceAll is not a function';

fixerTable(fixer, {
  cures: [
    ['replaceAll of a text', NO_REPLACE_ALL, "go(text.replaceAll('_', '-'));", "go(text.replace(/_/g, '-'));"],
    [
      'replaceAll of signs that patterns use',
      'name(...).replaceAll is not a function',
      "go(name().replaceAll('a/b.', ''));",
      "go(name().replace(/a\\/b\\./g, ''));",
    ],
    ['replaceAll of a pattern', NO_REPLACE_ALL, "go(text.replaceAll(/a/g, ''));", "go(text.replace(/a/g, ''));"],
    ['the last by at', 'rows.at is not a function', 'go(rows.at(-1).name);', 'go(rows[rows.length - 1].name);'],
    ['one by at', 'rows.at is not a function', 'go(rows.at(index));', 'go(rows[index]);'],
    [
      'hasOwn',
      'Object.hasOwn is not a function',
      'if (Object.hasOwn(row, key)) go();',
      'if (Object.prototype.hasOwnProperty.call(row, key)) go();',
    ],
    ['toSorted', 'rows.toSorted is not a function', 'go(rows.toSorted(byName));', 'go([...rows].sort(byName));'],
    [
      'findLast',
      'rows.findLast is not a function',
      'go(rows.findLast(isOpen));',
      'go([...rows].reverse().find(isOpen));',
    ],
    [
      'a copy',
      'structuredClone is not defined',
      'const copy = structuredClone(cart);',
      'const copy = JSON.parse(JSON.stringify(cart));',
    ],
    [
      'a function that may be missing',
      'requestIdleCallback is not defined',
      'requestIdleCallback(load);',
      "if (typeof requestIdleCallback !== 'undefined') requestIdleCallback(load);",
    ],
  ],
  leaves: [
    ['a function of the app', 'text.shout is not a function', "go(text.shout('_', '-'));"],
    ['what every browser has', 'text.replace is not a function', "go(text.replace('_', '-'));"],
    ['a pattern that nobody knows', NO_REPLACE_ALL, "go(text.replaceAll(sign, '-'));"],
    ['replaceAll of nothing', NO_REPLACE_ALL, "go(text.replaceAll('', '-'));"],
    ['a receiver that is calculated', 'load(...).at is not a function', 'go(load().at(-1));'],
    ['at without a place', 'rows.at is not a function', 'go(rows.at());'],
    ['hasOwn without a key', 'Object.hasOwn is not a function', 'if (Object.hasOwn(row)) go();'],
    ['a name of the app', 'loadRows is not defined', 'loadRows(3);'],
    ['a value that is needed', 'requestIdleCallback is not defined', 'const id = requestIdleCallback(load);'],
    ['another line', { message: NO_REPLACE_ALL, line: 1 }, "go();\ngo(text.replaceAll('_', '-'));"],
  ],
});
