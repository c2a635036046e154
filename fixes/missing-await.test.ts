import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './missing-await.ts';

const LOAD = 'async function load() {\n  return [];\n}\n';
const READ_LENGTH = "Cannot read properties of undefined (reading 'length')";

fixerTable(fixer, {
  offers: [
    [
      'a promise in a condition',
      { message: READ_LENGTH, at: 'rows.list' },
      `${LOAD}async function f() {\n  const rows = load();\n  if (rows.list.length) go();\n}`,
    ],
    [
      'a promise of fetch',
      { message: 'answer.map is not a function', at: 'answer.map' },
      'async function f() {\n  const answer = fetch(url);\n  return answer.map(g);\n}',
    ],
    [
      'json of an answer',
      { message: 'rows.map is not a function', at: 'rows.map' },
      'async function f() {\n  const answer = await fetch(url);\n  const rows = answer.json();\n  return rows.map(g);\n}',
    ],
    [
      'a promise that is taken apart',
      { message: READ_LENGTH, at: 'list.length' },
      `${LOAD}async function f() {\n  const { list } = load();\n  return list.length;\n}`,
    ],
    [
      'an arrow',
      { message: 'rows.map is not a function', at: 'rows.map' },
      `${LOAD}const f = () => {\n  const rows = load();\n  return rows.map(g);\n};`,
    ],
    [
      'an arrow of one parameter',
      { message: 'rows.map is not a function', at: 'rows.map' },
      `${LOAD}const f = a => {\n  const rows = load(a);\n  return rows.map(g);\n};`,
    ],
    [
      'a method',
      { message: 'rows.map is not a function', at: 'rows.map' },
      `${LOAD}class A {\n  f() {\n    const rows = load();\n    return rows.map(g);\n  }\n}`,
    ],
    [
      'a list that is spread',
      { message: 'load(...) is not iterable', at: '...load' },
      `${LOAD}async function f() {\n  return [...load()];\n}`,
    ],
  ],
  cures: [
    [
      'a value that is declared',
      { message: READ_LENGTH, at: 'show' },
      `${LOAD}async function f() {\n  const rows = load();\n  show(rows.list.length);\n}`,
      `${LOAD}async function f() {\n  const rows = await load();\n  show(rows.list.length);\n}`,
    ],
    [
      'a method of a promise',
      { message: 'rows.map is not a function', at: 'show' },
      `${LOAD}async function f() {\n  const rows = load();\n  show(rows.map(name));\n}`,
      `${LOAD}async function f() {\n  const rows = await load();\n  show(rows.map(name));\n}`,
    ],
    [
      'a function that has to become async',
      { message: 'rows.map is not a function', at: 'show' },
      `${LOAD}function f() {\n  const rows = load();\n  show(rows.map(name));\n}`,
      `${LOAD}async function f() {\n  const rows = await load();\n  show(rows.map(name));\n}`,
    ],
  ],
  leaves: [
    [
      'a promise that is awaited',
      { message: READ_LENGTH, at: 'show' },
      `${LOAD}async function f() {\n  const rows = await load();\n  show(rows.list.length);\n}`,
    ],
    [
      'a function that is not async',
      { message: READ_LENGTH, at: 'show' },
      'function load() {}\nasync function f() {\n  const rows = load();\n  show(rows.list.length);\n}',
    ],
    [
      'a promise that is waited for with others',
      { message: READ_LENGTH, at: 'Promise' },
      `${LOAD}async function f() {\n  const [rows] = await Promise.all([load(), load()]);\n}`,
    ],
    [
      'a promise that is handed on',
      { message: READ_LENGTH, at: 'return load' },
      `${LOAD}function f() {\n  return load();\n}`,
    ],
    [
      'what a server answers',
      { message: READ_LENGTH, at: 'sent' },
      'async function f(response) {\n  const sent = response.json(rows);\n}',
    ],
    [
      'a value that was seen, and is no promise',
      { message: READ_LENGTH, at: 'show', values: { rows: { list: '<undefined>' } } },
      `${LOAD}async function f() {\n  const rows = load();\n  show(rows.list.length);\n}`,
    ],
    [
      'a component, which cannot be async',
      { message: 'rows.map is not a function', at: '<p>' },
      `${LOAD}function P() {\n  const rows = load();\n  return <p>{rows.map(name)}</p>;\n}`,
    ],
  ],
});
