import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './negated-operand.ts';

const NO_LIST = 'items.forEach is not a function';

fixerTable(fixer, {
  cures: [
    [
      'a question for the class',
      { message: NO_LIST, line: 3 },
      'function add(items) {\n  if (!items instanceof Array) items = [items];\n  items.forEach(put);\n}',
      'function add(items) {\n  if (!(items instanceof Array)) items = [items];\n  items.forEach(put);\n}',
    ],
    [
      'a question for the key',
      { message: "Cannot read properties of undefined (reading 'name')", line: 3 },
      'function show(key, rows) {\n  if (!key in rows) return;\n  print(rows[key].name);\n}',
      'function show(key, rows) {\n  if (!(key in rows)) return;\n  print(rows[key].name);\n}',
    ],
    [
      'the same slip in another function, when all are mended',
      { message: NO_LIST, line: 3 },
      'function add(items) {\n  if (!items instanceof Array) items = [items];\n  items.forEach(put);\n}\nfunction drop(one) {\n  return !one instanceof Item;\n}',
      'function add(items) {\n  if (!(items instanceof Array)) items = [items];\n  items.forEach(put);\n}\nfunction drop(one) {\n  return !(one instanceof Item);\n}',
    ],
    [
      'the function of the error alone',
      { message: NO_LIST, line: 3 },
      'function add(items) {\n  if (!items instanceof Array) items = [items];\n  items.forEach(put);\n}\nfunction drop(one) {\n  return !one instanceof Item;\n}',
      'function add(items) {\n  if (!(items instanceof Array)) items = [items];\n  items.forEach(put);\n}\nfunction drop(one) {\n  return !one instanceof Item;\n}',
    ],
  ],
  leaves: [
    ['a question in parentheses', { message: NO_LIST, line: 2 }, 'if (!(a instanceof B)) stop();\nitems.forEach(put);'],
    ['a question that is not negated', { message: NO_LIST, line: 2 }, 'if (a instanceof B) go();\nitems.forEach(put);'],
    ['a negation elsewhere', { message: NO_LIST, line: 2 }, 'if (!a && b in c) go();\nitems.forEach(put);'],
    [
      'a slip in another function only',
      { message: NO_LIST, line: 2 },
      'function add(items) {\n  items.forEach(put);\n}\nfunction drop(one) {\n  return !one instanceof Item;\n}',
    ],
  ],
});
