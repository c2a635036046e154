import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './type-coercion.ts';

const NO_JOIN = 'row.skills.join is not a function';

fixerTable(fixer, {
  best: [
    [
      'a list of the one text that was seen',
      { message: NO_JOIN, values: { row: { skills: 'film' } } },
      "show(row.skills.join(', '));",
      "show((Array.isArray(row.skills) ? row.skills : [row.skills]).join(', '));",
    ],
    [
      'the elements of the set that was seen',
      { message: NO_JOIN, values: { row: { skills: '<Set of 3>' } } },
      "show(row.skills.join(', '));",
      "show(Array.from(row.skills).join(', '));",
    ],
    [
      'an empty list where nobody saw anything',
      NO_JOIN,
      "show(row.skills.join(', '));",
      "show((Array.isArray(row.skills) ? row.skills : []).join(', '));",
    ],
  ],
  offers: [
    [
      'a list that was a text',
      { message: 'tags.map is not a function', values: { tags: 'a, b' } },
      'show(tags.map(f));',
    ],
    ['a list that was a number', { message: 'tags.map is not a function', values: { tags: 3 } }, 'show(tags.map(f));'],
    [
      'a list that was a set',
      { message: 'tags.map is not a function', values: { tags: '<Set(2)>' } },
      'show(tags.map(f));',
    ],
    [
      'a list that was an object',
      { message: 'tags.map is not a function', values: { tags: { a: 1 } } },
      'show(tags.map(f));',
    ],
    ['a list that is spread', 'tags is not iterable', 'const all = [...tags];'],
    [
      'a list from a call',
      { message: 'rows.map is not a function', line: 2 },
      'const rows = load();\nshow(rows.map(f));',
    ],
    [
      'a list from a key',
      { message: 'rows.map is not a function', line: 2 },
      'const rows = data.rows;\nshow(rows.map(f));',
    ],
    [
      'a list that is written',
      { message: 'rows.map is not a function', line: 2 },
      'const rows = { a: 1 };\nshow(rows.map(f));',
    ],
    ['a text', 'code.trim is not a function', 'show(code.trim());'],
    [
      'a text by its other reads',
      { message: 'code.slice is not a function', line: 1 },
      'show(code.slice(1));\nshow(code.trim());',
    ],
    ['a date', 'due.getTime is not a function', 'show(due.getTime());'],
    ['a sum', 'sum.toFixed is not a function', 'show((a + b).toFixed(2), sum.toFixed(1));'],
    [
      'text that is an object already',
      'Unexpected token o in JSON, "[object Object]" is not valid JSON',
      'const a = JSON.parse(data);',
    ],
    ['what a call gives', 'load(...).map is not a function', 'show(load().map(f));'],
    [
      'a function that leaves for another reason',
      { message: 'model.split is not a function', line: 3 },
      'function f(model, a) {\n  if (!a && !model) return null;\n  return model.split(1);\n}',
    ],
  ],
  cures: [
    [
      'a number that came as text',
      'o.price.toFixed is not a function',
      'show(order.price.toFixed(2));',
      'show(Number(order.price).toFixed(2));',
    ],
    [
      'a text that came as a number',
      'x.code.trim is not a function',
      'show(input.code.trim());',
      'show(String(input.code).trim());',
    ],
    [
      'a date that came as text',
      'at.getTime is not a function',
      'show(at.getTime());',
      'show(new Date(at).getTime());',
    ],
    [
      'an object that is walked like a list',
      'rows.map is not a function',
      'show(rows.map(name));',
      'show(Object.values(rows).map(name));',
    ],
    [
      'a single value that is walked like a list',
      'rows.map is not a function',
      'show(rows.map(name));',
      'show((Array.isArray(rows) ? rows : [rows]).map(name));',
    ],
    ['what is spread', 'i is not iterable', 'show([...rows]);', 'show([...Array.from(rows)]);'],
    [
      'a list that may be none',
      'rows.map is not a function',
      'show(rows.map(name));',
      'show((Array.isArray(rows) ? rows : []).map(name));',
    ],
    [
      'what was parsed already',
      '"[object Object]" is not valid JSON',
      'const data = JSON.parse(body);',
      "const data = typeof body === 'string' ? JSON.parse(body) : body;",
    ],
    [
      'a function that leaves where there is none',
      { message: 'model.split is not a function', line: 3 },
      "function read(model) {\n  if (!model) return null;\n  return model.split(' ')[0];\n}",
      "function read(model) {\n  if (typeof model !== 'string') return null;\n  return model.split(' ')[0];\n}",
    ],
    [
      'a list, where one of two reasons to leave asks for it',
      { message: 'rows.map is not a function', line: 3 },
      'function read(rows, busy) {\n  if (busy || !rows) return [];\n  return rows.map(show);\n}',
      'function read(rows, busy) {\n  if (busy || !Array.isArray(rows)) return [];\n  return rows.map(show);\n}',
    ],
    [
      'an object by its keys and values',
      { message: 'floors.map is not a function', values: { floors: { a: [1] } } },
      'const all = floors.map(({ floor, rooms }) => show(floor, rooms));',
      'const all = Object.entries(floors).map(([floor, rooms]) => show(floor, rooms));',
    ],
  ],
  leaves: [
    ['a method of nobody’s type', 'cart.clear is not a function', 'cart.clear();'],
    ['another error', "Cannot read properties of undefined (reading 'map')", 'show(rows.map(name));'],
    ['another line', { message: 'rows.map is not a function', line: 2 }, 'show(rows.map(name));\ngo();'],
    ['a function that is called by itself', 'map is not a function', 'show(map(rows));'],
    ['a line that spreads nothing', 'i is not iterable', 'show(rows);'],
    ['a message without a template', 'Payment declined', 'show(rows.map(name));'],
    ['a list that was checked', 'rows.map is not a function', 'show((Array.isArray(rows) ? rows : []).map(name));'],
    ['a parser of something else', '"[object Object]" is not valid JSON', 'const data = YAML.parse(body);'],
    ['a date that is one', 'due.getTime is not a function', 'const at = new Date(due).getTime();'],
    ['a function of the app', 'model.split is no member', 'const at = model.split(2);'],
    [
      'a list that was seen',
      'floors.map is no function of mine',
      'const all = floors.map(({ floor, rooms }) => show(floor, rooms));',
    ],
  ],
});
