import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './wrong-name.ts';

const renamed = {
  commit: 'c',
  file: 'api.ts',
  oldStart: 1,
  newStart: 1,
  oldLines: ['return { lines: all };'],
  newLines: ['return { items: all };'],
};

fixerTable(fixer, {
  cures: [
    [
      'a slip of the keyboard',
      { message: 'totl is not defined', line: 2 },
      'const total = 3;\nshow(totl);',
      'const total = 3;\nshow(total);',
    ],
    [
      'a key that looks alike',
      { message: "Cannot read properties of undefined (reading 'name')", line: 2 },
      'interface Order { customer: object }\nshow(order.custmer.name);',
      'interface Order { customer: object }\nshow(order.customer.name);',
    ],
    [
      'a key that a recent change renamed',
      { message: "Cannot read properties of undefined (reading 'map')", hunks: [renamed] },
      'show(cart.lines.map(row));',
      'show(cart.items.map(row));',
    ],
    [
      'a method that looks alike',
      { message: 'store.clera is not a function', line: 2 },
      'const store = { clear: () => 1 };\nstore.clera();',
      'const store = { clear: () => 1 };\nstore.clear();',
    ],
    [
      'a list that lies deeper since a recent change',
      {
        message: 'answer.map is not a function',
        hunks: [{ ...renamed, oldLines: ['return all;'], newLines: ['return { items: all };'] }],
      },
      'show(answer.map(row));',
      'show(answer.items.map(row));',
    ],
    [
      'a property of this',
      'count is not defined',
      'class A { f() { show(this.count); return count; } }',
      'class A { f() { show(this.count); return this.count; } }',
    ],
  ],
  leaves: [
    ['names that look nothing alike', 'zebra is not defined', 'const total = 3; show(zebra);'],
    ['a key without a relative', "Cannot read properties of undefined (reading 'name')", 'show(order.zebra.name);'],
    ['a line that does not use the name', { message: 'totl is not defined', line: 1 }, 'const total = 3;\nshow(totl);'],
    ['a missing variable that is read', "Cannot read properties of undefined (reading 'name')", 'show(order.name);'],
    ['a call without a relative', 'store.zap is not a function', 'store.zap();'],
    ['a message without a template', 'Payment declined', 'show(totl);'],
  ],
});
