import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './early-return.ts';

const READ_ID = "Cannot read properties of null (reading 'id')";

fixerTable(fixer, {
  cures: [
    [
      'a function without a value',
      { message: READ_ID, at: 'drop' },
      'function f(item) {\n  drop(item.id);\n}',
      'function f(item) {\n  if (!item) return;\n  drop(item.id);\n}',
    ],
    [
      'a component',
      { message: READ_ID, at: '<p>' },
      'function P({ item }) {\n  return <p>{item.id}</p>;\n}',
      'function P({ item }) {\n  if (!item) return null;\n  return <p>{item.id}</p>;\n}',
    ],
    [
      'a function that gives lists',
      { message: READ_ID, at: 'return' },
      'function f(item) {\n  return rows.filter((row) => row !== other).concat(item.id);\n}',
      'function f(item) {\n  if (!item) return [];\n  return rows.filter((row) => row !== other).concat(item.id);\n}',
    ],
    [
      'a loop',
      { message: READ_ID, at: 'drop' },
      'function f(items) {\n  for (const item of items) {\n    drop(item.id);\n  }\n}',
      'function f(items) {\n  for (const item of items) {\n    if (!item) continue;\n    drop(item.id);\n  }\n}',
    ],
    [
      'a handler that answers as its other checks do',
      { message: READ_ID, at: 'send(order.id)' },
      'function f(res, user) {\n  if (!user) return res.status(404).end();\n  const order = find(user);\n  return res.send(order.id);\n}',
      'function f(res, user) {\n  if (!user) return res.status(404).end();\n  const order = find(user);\n  if (!order) return res.status(404).end();\n  return res.send(order.id);\n}',
    ],
    [
      'a test that an empty list fails',
      { message: READ_ID, at: 'return' },
      'function f(rows): boolean {\n  return rows[0].id === 3;\n}',
      'function f(rows): boolean {\n  if (!rows.length) return false;\n  return rows[0].id === 3;\n}',
    ],
    [
      'a function that returns an object of plain values',
      { message: "Cannot read properties of undefined (reading 'provider')", line: 2 },
      "function f(list) {\n  const name = list.first.provider;\n  return { name: name ?? '', rows: list.rows.map(row) };\n}",
      "function f(list) {\n  if (!list.first) return { name: '', rows: [] };\n  const name = list.first.provider;\n  return { name: name ?? '', rows: list.rows.map(row) };\n}",
    ],
    [
      'a function that returns a tagged template',
      { message: "Cannot read properties of undefined (reading 'date')", line: 2 },
      'function f(next) {\n  const day = next.date;\n  return html`<p>${day}</p>`;\n}',
      "function f(next) {\n  if (!next) return '';\n  const day = next.date;\n  return html`<p>${day}</p>`;\n}",
    ],
    [
      'what is taken apart',
      { message: "Cannot destructure property 'id' of 'item' as it is undefined.", at: 'const { id }' },
      'function f(item) {\n  const { id } = item;\n  drop(id);\n}',
      'function f(item) {\n  if (!item) return;\n  const { id } = item;\n  drop(id);\n}',
    ],
    [
      'an element to be cloned',
      {
        message: 'React.cloneElement(...): The argument must be a React element, but you passed null.',
        at: 'cloneElement',
      },
      'function View({ children }) {\n  return React.cloneElement(children, { a: 1 });\n}',
      'function View({ children }) {\n  if (!children) return null;\n  return React.cloneElement(children, { a: 1 });\n}',
    ],
  ],
  leaves: [
    [
      'a template that reads nothing',
      { message: "Cannot read properties of undefined (reading 'date')", line: 1 },
      'const f = (next) => html`<p>${next}</p>`;',
    ],
    [
      'a line that reads nothing',
      { message: "Cannot read properties of undefined (reading 'zip')", at: 'go' },
      'function f(a) {\n  go(a.name);\n  return { name: a.b };\n}',
    ],
    ['module level', READ_ID, 'drop(item.id);'],
    [
      'hooks after the exit',
      { message: READ_ID, at: 'const id' },
      'function P({ item }) {\n  const id = item.id;\n  useEffect(() => go(id));\n  return <p>{id}</p>;\n}',
    ],
    [
      'a value that the statement itself declares',
      { message: READ_ID, at: 'const a' },
      'function f() {\n  const a = () => a.id;\n}',
    ],
    ['another error', { message: 'item is not defined', at: 'drop' }, 'function f(item) {\n  drop(item.id);\n}'],
    [
      'a value that an exit has tested',
      { message: READ_ID, at: 'drop' },
      'function f(item) {\n  if (!item) return;\n  drop(item.id);\n}',
    ],
    ['an arrow without a block', READ_ID, 'const f = (item) => drop(item.id);'],
    [
      'what is taken apart where it is there',
      { message: "Cannot destructure property 'id' of 'item' as it is undefined.", at: 'const { id }' },
      'function f(item) {\n  if (!item) return;\n  const { id } = item;\n}',
    ],
    [
      'what is taken apart outside of a function',
      "Cannot destructure property 'id' of 'item' as it is null.",
      'const { id } = item;',
    ],
  ],
});
