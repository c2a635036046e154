import { expect, test } from 'vitest';
import { openProject } from '../kit/project.ts';
import type { Change } from './rank-changes.ts';
import { originsOf } from './value-origins.ts';

const READ = (name: string): string => `Cannot read properties of undefined (reading '${name}')`;

interface Row {
  files: Record<string, string>;
  /** The text in a.js whose end is where it was thrown. */
  at: string;
  message: string;
  values?: Record<string, unknown>;
  stack?: { file: string; line: number }[];
  requests?: { method: string; path: string }[];
  /** Lines of a.js that are new, from the first on, and what stood there. */
  change?: { newLines: number; oldLines: string[] };
  origins: string[];
}

function changeOf(text: string, { newLines, oldLines }: NonNullable<Row['change']>): Change {
  const commit = { sha: 'b'.repeat(40), subject: 'Add a day', author: 'Mara', at: '2026-01-02T00:00:00Z' };
  const added = text.split('\n').slice(0, newLines);
  return { commit, hunk: { commit: commit.sha, file: 'a.js', oldStart: 1, oldLines, newStart: 1, newLines: added } };
}

test.each<[string, Row]>([
  [
    'the caller that a new parameter forgot',
    {
      files: {
        'a.js': 'export function price(room, day) {\n  return room.cents * day.share;\n}',
        'b.js': 'price(room, new Date());\n\n\nprice(room);',
      },
      at: 'day.share',
      message: READ('share'),
      change: { newLines: 2, oldLines: ['export function price(room) {', '  return room.cents;'] },
      origins: [
        'b.js:4 `day` is new, and this call hands over nothing for it: price(room);',
        'b.js:1 The value is handed over here: price(room, new Date());',
      ],
    },
  ],
  [
    'no caller that never handed it over',
    {
      files: {
        'a.js': 'export function price(room, day) {\n  return room.cents * day.share;\n}',
        'b.js': 'price(room);',
      },
      at: 'day.share',
      message: READ('share'),
      change: { newLines: 2, oldLines: ['export function price(room, day) {', '  return room.cents;'] },
      origins: [],
    },
  ],
  [
    'a table of the file that lacks what it was asked for',
    {
      files: {
        'a.js': 'const KINDS = {\n  room: { icon: 1 },\n  member: { icon: 2 },\n};\nshow(KINDS[result.kind].icon);',
      },
      at: 'KINDS[result.kind].icon',
      message: READ('icon'),
      values: { result: { kind: 'notice' } },
      origins: ['a.js:3 `KINDS` has no entry for “notice”.', 'a.js:1 The value is set here: const KINDS = {'],
    },
  ],
  [
    'a map elsewhere that may lack it',
    {
      files: {
        'a.js': "import { RATES } from './b.js';\nexport const net = (country) => RATES.get(country).net;",
        'b.js': "export const RATES = new Map([\n  ['de', { net: 1 }],\n]);",
      },
      at: 'RATES.get(country).net',
      message: READ('net'),
      origins: ['b.js:2 `RATES` may have no entry for what it was asked for.'],
    },
  ],
  [
    'a table that has the entry only as to any other value',
    {
      files: { 'a.js': 'const KINDS = {\n  room: null,\n};\nshow(KINDS[result.kind].icon);' },
      at: 'KINDS[result.kind].icon',
      message: READ('icon'),
      values: { result: { kind: 'room' } },
      origins: ['a.js:1 The value is set here: const KINDS = {'],
    },
  ],
  [
    'a parameter, at its callers',
    {
      files: {
        'a.js': 'export function f(cart) {\n  return cart.items.map(g);\n}',
        'b.js': 'f(undefined);\nf({ id });',
      },
      at: 'cart.items.map',
      message: READ('items'),
      origins: [
        'b.js:1 The value is handed over here: f(undefined);',
        'b.js:2 The value is handed over here: f({ id });',
      ],
    },
  ],
  [
    'the caller that the stack names',
    {
      files: {
        'a.js': 'export function f(cart) {\n  return cart.items.map(g);\n}',
        'b.js': 'f(undefined);\n\n\nf({ id });',
      },
      at: 'cart.items.map',
      message: READ('items'),
      stack: [
        { file: 'a.js', line: 2 },
        { file: 'b.js', line: 4 },
      ],
      origins: ['b.js:4 The value is handed over here: f({ id });'],
    },
  ],
  [
    'a variable, through what a function of another file returns',
    {
      files: {
        'a.js': "import { find } from './b.js';\nfunction f() {\n  const cart = find(1);\n  return cart.items;\n}",
        'b.js': 'export function find(id) {\n  if (!id) return;\n  return carts.get(id);\n}',
      },
      at: 'cart.items',
      message: READ('items'),
      origins: [
        'a.js:3 The value is set here: const cart = find(1);',
        'b.js:3 The value is returned here: return carts.get(id);',
      ],
    },
  ],
  [
    'a property, at the object that has the other keys seen at the throw',
    {
      files: {
        'a.js': 'export const f = (cart) => cart.items.length;',
        'b.js': 'export const load = () => ({ id: 1, lines: [], total: 0 });\nexport const other = { id: 1, name: 2 };',
      },
      at: 'cart.items.length',
      message: READ('length'),
      values: { cart: { id: 1, lines: [], total: 0 } },
      origins: ['b.js:1 The object is made here: it gives no `items`'],
    },
  ],
  [
    'a property, at the object that has the keys which are read beside it',
    {
      files: {
        'a.js': 'export const f = (cart) => show(cart.items.length, cart.id, cart.total);',
        'b.js': 'export const load = () => ({ id: 1, items: rows, total: 0 });',
      },
      at: 'cart.items.length',
      message: READ('length'),
      origins: ['b.js:1 The object is made here: export const load = () => ({ id: 1, items: rows, total: 0 });'],
    },
  ],
  [
    'what the page asked for, at the route of the server',
    {
      files: {
        'a.js': 'export const f = (cart) => cart.items.length;',
        'server.js':
          "app.get('/health', ok);\nrouter.get('/carts/:id', (c) => c.json(find(c)));\nrouter.post('/carts/:id', save);",
      },
      at: 'cart.items.length',
      message: READ('length'),
      requests: [{ method: 'GET', path: '/api/carts/7' }],
      origins: ['server.js:2 The server answers GET /api/carts/7 here, which the page had asked for before it failed.'],
    },
  ],
  [
    'what is handed to a call, for errors of other kinds',
    {
      files: {
        'a.js': 'function f(order) {\n  const when = order.sent;\n  return new Intl.DateTimeFormat().format(when);\n}',
      },
      at: 'format(when)',
      message: 'Invalid time value',
      origins: ['a.js:2 The value is set here: const when = order.sent;'],
    },
  ],
  [
    'nothing, where nothing leads on',
    { files: { 'a.js': 'show(cart.items);' }, at: 'cart.items', message: READ('items'), origins: [] },
  ],
])('goes back to %s', (_, { files, at, message, values = {}, stack = [], requests = [], change, origins }) => {
  const project = openProject(new Map(Object.entries(files)));
  const source = project.source('a.js');
  if (source === undefined) throw new Error('no a.js');
  const end = source.text.indexOf(at) + at.length;
  const line = source.text.slice(0, end).split('\n').length;

  const found = originsOf(
    source,
    { message, line },
    {
      project,
      values,
      stack,
      requests,
      changes: change ? [changeOf(source.text, change)] : [],
    },
  );

  expect(found.map((origin) => `${origin.file}:${origin.line} ${origin.reason}`)).toEqual(origins);
  expect(found.every(({ weight }) => weight > 0 && weight <= 1)).toBe(true);
});
