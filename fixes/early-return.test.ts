import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './early-return.ts';

const READ_ID = "Cannot read properties of null (reading 'id')";

fixerTable(fixer, {
  offers: [
    [
      'a value that is made further up',
      { message: READ_ID, at: 'drop(item.id)' },
      'function f() {\n  const item = find();\n  log(1);\n  drop(item.id);\n}',
    ],
    [
      'a value that is made right before',
      { message: READ_ID, at: 'drop(item.id)' },
      'function f() {\n  const item = find();\n  drop(item.id);\n}',
    ],
    [
      'an argument that is used further down',
      { message: READ_ID, at: 'drop(item.id)' },
      'function f(item) {\n  log(1);\n  drop(item.id);\n}',
    ],
    [
      'a part of an argument',
      { message: READ_ID, at: 'drop(item.id)' },
      'function f({ item }) {\n  log(1);\n  drop(item.id);\n}',
    ],
    [
      'an argument of the function around',
      { message: READ_ID, at: 'drop(item.id)' },
      'function f(item) {\n  return () => {\n    log(1);\n    drop(item.id);\n  };\n}',
    ],
    [
      'a loop',
      { message: READ_ID, at: 'drop(item.id)' },
      'function f(items) {\n  for (const item of items) {\n    drop(item.id);\n  }\n}',
    ],
    [
      'a loop around the function',
      { message: READ_ID, at: 'drop(item.id)' },
      'for (const item of items) {\n  later(() => {\n    drop(item.id);\n  });\n}',
    ],
    [
      'a loop that counts',
      { message: READ_ID, at: 'drop(items[i].id)' },
      'function f(items) {\n  for (let i = 0; i < 3; i++) {\n    drop(items[i].id);\n  }\n}',
    ],
    [
      'a component with hooks above',
      { message: READ_ID, at: 'item.id' },
      'function View({ item }) {\n  const [a] = React.useState(1);\n  const id = item.id;\n  return <p>{a}</p>;\n}',
    ],
    [
      'a component whose hooks are those of a part',
      { message: READ_ID, at: 'item.id' },
      'function View({ item }) {\n  const id = item.id;\n  const Part = () => { useState(1); return null; };\n  return <Part id={id} />;\n}',
    ],
    [
      'the first of a list',
      { message: "Cannot read properties of undefined (reading 'id')", at: 'rows[0].id' },
      'function f(rows) {\n  drop(rows[0].id);\n}',
    ],
    [
      'the second of a list',
      { message: "Cannot read properties of undefined (reading 'id')", at: 'rows[1].id' },
      'function f(rows) {\n  drop(rows[1].id);\n}',
    ],
    [
      'a value of this',
      { message: READ_ID, at: 'this.item.id' },
      'class A {\n  f() {\n    drop(this.item.id);\n  }\n}',
    ],
    [
      'an arrow with a block',
      { message: READ_ID, at: 'drop' },
      'const f = (item) => {\n  drop(item.id);\n  return [item.id];\n};',
    ],
    [
      'a case of a switch',
      { message: READ_ID, at: 'drop' },
      "function f(item, kind) {\n  switch (kind) {\n    case 'a':\n      drop(item.id);\n  }\n}",
    ],
  ],
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
      'a component with hooks below',
      { message: READ_ID, at: 'item.id' },
      'function View({ item }) {\n  const id = item.id;\n  const [a] = useState(id);\n  return <p>{a}</p>;\n}',
    ],
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
    [
      'a value that the statement itself makes',
      { message: READ_ID, at: 'const item' },
      'function f() {\n  const item = find(), id = item.id;\n}',
    ],
    ['an arrow without a block', READ_ID, 'const f = (item) => drop(item.id);'],
    [
      'a hook that needs it',
      { message: READ_ID, at: 'useItem' },
      'function View({ item }) {\n  useItem(item.id);\n  return null;\n}',
    ],
    [
      'this itself',
      { message: "Cannot read properties of undefined (reading 'id')", at: 'this.id' },
      'function f() {\n  drop(this.id);\n}',
    ],
  ],
});
