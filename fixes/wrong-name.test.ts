import { expect, test } from 'vitest';
import { fixerTable, resultsOf } from '../harness/kit/fixer-table.ts';
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
  offers: [
    [
      'a name of which more are alike than anybody would try',
      { message: 'totl is not defined', line: 2 },
      'function f(total, totals, totalA, totalB, totalC, totalD) {\n  return totl;\n}',
    ],
    [
      'a line with a bound and a free use',
      { message: 'row is not defined', line: 2 },
      'const rows = [];\nrows.map((row) => row.a); show(row);',
    ],
    [
      'uses in two functions, one of which has the other name',
      { message: 'usr is not defined', line: 2 },
      'function f(user) {\n  return usr.name;\n}\nfunction g() {\n  return usr;\n}',
    ],
    [
      'a name that a recent change wrote out',
      {
        message: 'kind is not defined',
        line: 2,
        hunks: [
          { ...renamed, oldLines: ['show(kind);'], newLines: ['show(sort);'] },
          { ...renamed, oldLines: ['go(kind);'], newLines: ['go(elsewhere);'] },
        ],
      },
      'function f(sort) {\n  return kind;\n}',
    ],
    [
      'a short name and a long one that ends in it',
      { message: 'id is not defined', line: 2 },
      'function f(userId, paid, idle) {\n  return id;\n}',
    ],
    [
      'a name that others end in and begin with',
      { message: 'data is not defined', line: 2 },
      'function f(errorData, dataOfUser, update) {\n  return data;\n}',
    ],
    [
      'three patterns to take it out of, the last of the rest alone',
      { message: 'size is not defined', line: 6 },
      'function View(props, { a }) {\n  const { b } = readTheConfigurationOfTheWholeHouse(props.house.settings);\n  const { c, ...more } = props;\n  const { ...rest } = more;\n  const { d } = rest;\n  return size;\n}\nshow({ size: 1 });',
    ],
    [
      'a pattern of a parameter, and one of another function',
      { message: 'size is not defined', line: 5 },
      'function other() {\n  const { x } = y;\n}\nfunction View({ a }) {\n  return size;\n}',
    ],
    [
      'a pattern that comes too late',
      { message: 'size is not defined', line: 2 },
      'function View({ a }) {\n  show(size);\n  const { x } = y;\n}',
    ],
    [
      'a name that props have beside one that this has',
      { message: 'size is not defined', line: 3 },
      'class A {\n  go(props) {\n    return size + this.size + props.size;\n  }\n}',
    ],
    [
      'a name that props of another function have',
      { message: 'size is not defined', line: 2 },
      'function f(siz) {\n  return size;\n}\nfunction g(props) {\n  return props.size;\n}',
    ],
    [
      'three keys in doubt on one line',
      {
        message: "Cannot read properties of undefined (reading 'name')",
        others: { 'a.ts': 'export const a = { owner: { name: 1 } };' },
      },
      'show(a.ownr.name, b.ownr.name, c.ownr.name);',
    ],
    [
      'a name of a namespace among many, some of them in use',
      {
        message: 'dates.formatDy is not a function',
        line: 3,
        others: {
          'dates.ts':
            'export function formatDay() {}\nexport function formatDays() {}\nexport function parseDay() {}\nexport function addDay() {}\nexport function today() {}\nexport function formatMonth() {}',
          'other.ts': 'export function formatDy() {}',
        },
      },
      "import * as other from './other.ts';\nimport * as dates from './dates.ts';\nshow(dates.formatDy(1), dates.formatDay(2));",
    ],
    [
      'a key where another of the same object is used as a list',
      { message: 'cart.items.map is not a function', line: 2 },
      'show(cart.rows.filter(f), other.lines.map(g));\nshow(cart.items.map(f), cart.items.length);',
    ],
    [
      'a list that was seen one level deeper',
      {
        message: 'answer.data.map is not a function',
        values: { answer: { data: { items: [1], total: 1 } } },
        hunks: [renamed],
      },
      'show(answer.data.map(f));',
    ],
    [
      'a list that lies deeper since a recent change',
      { message: 'answer?.data is not iterable', hunks: [renamed] },
      'for (const one of answer?.data) show(one);',
    ],
    [
      'a key that was seen under another name, used in several places',
      {
        message: "Cannot read properties of undefined (reading 'map')",
        line: 2,
        values: { cart: { itms: [1], owner: 'a' } },
      },
      'show(cart.items, other.items);\nshow(cart.items.map(f), order.items);',
    ],
    [
      'a key that one place alone makes',
      {
        message: "Cannot read properties of undefined (reading 'map')",
        values: { cart: { itemz: [1] } },
        others: { 'cart.ts': 'export const cart = { itemz: [1], items2: 2 };', 'b.ts': 'export const b = { c: 1 };' },
      },
      'show(cart.items.map(f));',
    ],
    [
      'a member that a class declares, asked of the props',
      { message: 'this.props.load is not a function', line: 3 },
      'class A {\n  load() {}\n  go() { this.props.load(); this.state.load; }\n}',
    ],
    [
      'a member of the context',
      { message: "Cannot read properties of undefined (reading 'name')", line: 2 },
      'class A {\n  go() { return this.context.user.name + this.props.user; }\n}',
    ],
    [
      'names in reach of several uses',
      { message: 'usr is not defined', line: 2 },
      'function f(user, users) {\n  show(usr, usr.name);\n}',
    ],
    [
      'a use that is bound elsewhere',
      { message: 'data is not defined', line: 3 },
      'const errorData = 1;\nfunction g(data) { return data; }\nshow(data);',
    ],
    [
      'a key of props',
      { message: 'external is not defined', line: 3 },
      'function View(props) {\n  const { to } = props;\n  return external ? to : null;\n}',
    ],
    [
      'a member of this',
      { message: 'save is not defined', line: 3 },
      'class A {\n  save() { this.save(); }\n  go() { save(); }\n}',
    ],
    [
      'a member of props',
      { message: "Cannot read properties of undefined (reading 'request')", line: 3 },
      'class A {\n  b() { this.api.go(); const { api } = this.props; }\n  go() { this.props.api.request(); }\n}',
    ],
    [
      'a member of state that props have',
      { message: "Cannot read properties of undefined (reading 'map')", line: 2 },
      'class A {\n  a() { return this.state.rows.map(f); }\n  b() { return this.props.rows; }\n}',
    ],
    [
      'a name that is imported',
      { message: "Cannot read properties of undefined (reading 'get')", line: 2 },
      "import { api } from './api.ts';\nthis.api.get();",
    ],
    [
      'a method whose name differs in a letter',
      { message: 'cart.totl is not a function', others: { 'cart.ts': 'export const cart = { total() {} };' } },
      'show(cart.totl());',
    ],
    [
      'a function that nothing has',
      { message: 'formatPrize is not a function', line: 2 },
      'const formatPrice = 1;\nshow(formatPrize(2));',
    ],
    [
      'a list one level deeper',
      { message: 'answer.map is not a function', values: { answer: { items: [1] } }, hunks: [renamed] },
      'show(answer.map(f));',
    ],
    [
      'a list one level deeper, in a loop',
      { message: 'answer is not iterable', values: { answer: { items: [1] } }, hunks: [renamed] },
      'for (const one of answer) show(one);',
    ],
    [
      'keys that were seen',
      { message: "Cannot read properties of undefined (reading 'map')", values: { cart: { linesOf: [], items: [] } } },
      'show(cart.lines.map(f));',
    ],
    [
      'exports that are used here',
      {
        message: 'all.sumOf is not a function',
        line: 2,
        others: { 'all.ts': 'export const sum = 1;\nexport const sumAll = 2;\nexport default sum;\n' },
      },
      "import * as all from './all.ts';\nshow(all.sumAll, all.sumOf());",
    ],
  ],
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
    [
      'a name that ends alike',
      { message: 'data is not defined', at: 'data.text' },
      'request({\n  error: (errorData) => {\n    show(data.text);\n  },\n});',
      'request({\n  error: (errorData) => {\n    show(errorData.text);\n  },\n});',
    ],
    [
      'a member of another holder',
      { message: "Cannot read properties of undefined (reading 'request')", at: 'this.props.api' },
      'class P {\n  api = new Client();\n  load() {\n    this.props.api.request(1);\n  }\n}',
      'class P {\n  api = new Client();\n  load() {\n    this.api.request(1);\n  }\n}',
    ],
    [
      'a key of what is destructured',
      { message: 'size is not defined', at: 'return size' },
      'function P(props) {\n  const { color } = props;\n  return size;\n}',
      'function P(props) {\n  const { color, size } = props;\n  return size;\n}',
    ],
    [
      'a function that its file exports under another name now',
      {
        message: 'notices.noticesOn is not a function',
        line: 2,
        file: 'routes/house.js',
        others: { 'notices.js': 'export const TODAY = 1;\nexport function currentNotices() {}\n' },
      },
      "import * as notices from '../notices.js';\nshow(notices.TODAY, notices.noticesOn(date));",
      "import * as notices from '../notices.js';\nshow(notices.TODAY, notices.currentNotices(date));",
    ],
    [
      'the only list among the keys that were seen',
      { message: "Cannot read properties of undefined (reading 'map')", values: { day: { date: 'a', hours: [1] } } },
      'show(day.slots.map(f));',
      'show(day.hours.map(f));',
    ],
    [
      'the only other key that the file uses as a list',
      "Cannot read properties of undefined (reading 'map')",
      'show(day.slots.map(f));\nshow(day.hours.filter(g), day.date.trim());',
      'show(day.hours.map(f));\nshow(day.hours.filter(g), day.date.trim());',
    ],
  ],
  leaves: [
    [
      'a key where two others are used as lists',
      { message: 'cart.items.map is not a function', line: 2 },
      'show(cart.rows.filter(f), cart.lines.map(g));\nshow(cart.items.map(f));',
    ],
    [
      'a variable of the name of the key that is read',
      "Cannot read properties of undefined (reading 'totl')",
      'const total = 1;\nshow(totl, cart.totl);',
    ],
    [
      'a member whose holder is no part of a class',
      "Cannot read properties of undefined (reading 'name')",
      'show(xthis.user.name, this.b);',
    ],
    ['names that look nothing alike', 'zebra is not defined', 'const total = 3; show(zebra);'],
    ['a key without a relative', "Cannot read properties of undefined (reading 'name')", 'show(order.zebra.name);'],
    ['a line that does not use the name', { message: 'totl is not defined', line: 1 }, 'const total = 3;\nshow(totl);'],
    ['a missing variable that is read', "Cannot read properties of undefined (reading 'name')", 'show(order.name);'],
    ['a call without a relative', 'store.zap is not a function', 'store.zap();'],
    ['a message without a template', 'Payment declined', 'show(totl);'],
    [
      'a use of the name that another function declares',
      { message: 'data is not defined', line: 2 },
      'function f(data) {\n  return data;\n}',
    ],
    [
      'a key that was seen at the throw',
      { message: "Cannot read properties of undefined (reading 'a')", values: { cart: { itms: 1, items: 2 } } },
      'show(cart.itms.a);',
    ],
    ['a holder that nobody has', "Cannot read properties of undefined (reading 'go')", 'this.props.way.go();'],
    [
      'a function that its file exports',
      {
        message: 'notices.noticesOn is not a function',
        line: 2,
        others: { 'notices.js': 'export const noticesOn = 1;\nexport function currentNotices() {}\n' },
      },
      "import * as notices from './notices.js';\nshow(notices.noticesOn(date));",
    ],
    [
      'two lists among the keys that were seen',
      { message: "Cannot read properties of undefined (reading 'map')", values: { day: { xx: [1], yy: [2] } } },
      'show(day.slots.map(f));',
    ],
    [
      'another key that is used otherwise',
      "Cannot read properties of undefined (reading 'map')",
      'show(day.slots.map(f));\nshow(day.date.trim());',
    ],
  ],
});

const COUNT = {
  message: "Cannot read properties of undefined (reading 'toFixed')",
  values: { order: { articleCount: 3 } },
  file: 'list.ts',
};
const READ = 'show(order.itemCount.toFixed(0));';

test('calls a key that nobody reads as its reader calls it, where it is made', () => {
  const others = { 'server.ts': 'export const made = { articleCount: rows.length };\n' };

  const results = resultsOf(fixer, { ...COUNT, others }, READ);

  expect(results.map(({ file, text }) => [file, text])).toContainEqual([
    'server.ts',
    'export const made = { itemCount: rows.length };\n',
  ]);
});

test.each([
  ['somebody reads', 'export const made = { articleCount: 1 };\nshow(made.articleCount);\n'],
  ['is made in two places', 'export const made = { articleCount: 1 };\nexport const other = { articleCount: 2 };\n'],
])('leaves a key where it is made that %s', (_, server) => {
  const results = resultsOf(fixer, { ...COUNT, others: { 'server.ts': server } }, READ);

  expect(results.filter(({ file }) => file === 'server.ts')).toEqual([]);
});
