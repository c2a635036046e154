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
    [
      'a rejection that a setter can show',
      { message: 'Payment declined', at: '  save' },
      'async function save() {}\nfunction P() {\n  const [error, setError] = useState();\n  save();\n}',
      'async function save() {}\nfunction P() {\n  const [error, setError] = useState();\n  save().catch((error) => setError(error instanceof Error ? error.message : String(error)));\n}',
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
      'a component, which cannot be async',
      { message: 'rows.map is not a function', at: '<p>' },
      `${LOAD}function P() {\n  const rows = load();\n  return <p>{rows.map(name)}</p>;\n}`,
    ],
    [
      'a rejection that nothing could show',
      { message: 'Payment declined', at: '  save' },
      'async function save() {}\nfunction P() {\n  save();\n}',
    ],
  ],
});
