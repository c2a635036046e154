import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './missing-await.ts';

const LOAD = 'async function load() {\n  return [];\n}\n';
const READ_LENGTH = "Cannot read properties of undefined (reading 'length')";

fixerTable(fixer, {
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
