import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './default-value.ts';

const READ_MAP = "Cannot read properties of undefined (reading 'map')";

const READ_SLICE = "Cannot read properties of undefined (reading 'slice')";

fixerTable(fixer, {
  offers: [
    [
      'a state that begins with nothing',
      { message: READ_MAP, at: 'rows.map' },
      'function View() {\n  const [rows, setRows] = useState();\n  return rows.map(f);\n}',
    ],
    [
      'a state that begins with undefined',
      { message: READ_MAP, at: 'rows.map' },
      'function View() {\n  const [rows, setRows] = React.useState(undefined);\n  return rows.map(f);\n}',
    ],
    [
      'a state that begins with something',
      { message: READ_MAP, at: 'rows.map' },
      'function View() {\n  const [rows, setRows] = useState(first);\n  return rows.map(f);\n}',
    ],
    [
      'an optional parameter',
      { message: READ_MAP, at: 'rows.map' },
      'function f(rows?: string[]) {\n  return rows.map(g);\n}',
    ],
    [
      'a typed parameter',
      { message: READ_MAP, at: 'rows.map' },
      'function f(rows: string[], a: number) {\n  return rows.map(g);\n}',
    ],
    ['a lone parameter of an arrow', { message: READ_MAP, at: 'rows.map' }, 'const f = rows => rows.map(g);'],
    [
      'a lone parameter of an async arrow',
      { message: READ_MAP, at: 'rows.map' },
      'const f = async (rows) => rows.map(g);',
    ],
    [
      'a destructured parameter',
      { message: READ_MAP, at: 'rows.map' },
      'function f({ rows, a: b }) {\n  return rows.map(g);\n}',
    ],
    ['an element of a list', { message: READ_MAP, at: 'row.map' }, 'rows.forEach((row) => row.map(g));'],
    [
      'a variable from a call',
      { message: READ_MAP, at: 'rows.map' },
      'function f() {\n  const rows = load();\n  return rows.map(g);\n}',
    ],
    [
      'a variable from a hook',
      { message: READ_MAP, at: 'rows.map' },
      'function f() {\n  const rows = useRows();\n  return rows.map(g);\n}',
    ],
    [
      'a variable from what is waited for',
      { message: READ_MAP, at: 'rows.map' },
      'async function f() {\n  const rows = await load();\n  return rows.map(g);\n}',
    ],
    [
      'a variable from a construction',
      { message: READ_MAP, at: 'rows.map' },
      'function f() {\n  const rows = new Rows();\n  return rows.map(g);\n}',
    ],
    [
      'a state of a class, first and later',
      { message: READ_MAP, at: 'rows.map' },
      'class A {\n  state = { rows: null };\n  load(data) { this.setState({ rows: data }); }\n  render() { return this.state.rows.map(f); }\n}',
    ],
    [
      'what others hand over',
      { message: READ_MAP, at: 'rows.map', others: { 'a.ts': 'list(data.rows);\nlist(null);\nlist([]);' } },
      'function list(rows) {\n  return rows.map(f);\n}',
    ],
    [
      'what a function returns',
      { message: READ_MAP, at: 'rows.map' },
      'function rowsOf(a) {\n  if (!a) return null;\n  return a.rows;\n}\nconst rows = rowsOf(b);\nshow(rows.map(f));',
    ],
    ['an object', "Cannot read properties of undefined (reading 'total')", 'show(cart.total);'],
    ['a text', "Cannot read properties of undefined (reading 'trim')", 'show(name.trim());'],
    ['a number', "Cannot read properties of undefined (reading 'toFixed')", 'show(sum.toFixed(2));'],
    ['a loop', 'rows is not iterable', 'for (const row of rows) show(row);'],
    [
      'keys of nothing',
      'Cannot convert undefined or null to object',
      'show(Object.keys(rows), Object.entries(other));',
    ],
    [
      'what is destructured as a list',
      'undefined is not iterable (cannot read property Symbol(Symbol.iterator))',
      'const [a] = pair;',
    ],
  ],
  cures: [
    ['a list where it is used', READ_MAP, 'show(cart.items.map(name));', 'show((cart.items ?? []).map(name));'],
    [
      'a text',
      "Cannot read properties of null (reading 'trim')",
      'show(user.name.trim());',
      "show((user.name ?? '').trim());",
    ],
    [
      'a destructured property',
      { message: READ_MAP, at: 'items.map' },
      'const { items } = cart;\nshow(items.map(name));',
      'const { items = [] } = cart;\nshow(items.map(name));',
    ],
    [
      'a parameter',
      { message: READ_MAP, at: 'items.map' },
      'function f(items: string[]) {\n  return items.map(name);\n}',
      'function f(items: string[] = []) {\n  return items.map(name);\n}',
    ],
    [
      'a state without a value',
      { message: READ_MAP, at: 'items.map' },
      'const [items, setItems] = useState();\nshow(items.map(name));',
      'const [items, setItems] = useState([]);\nshow(items.map(name));',
    ],
    [
      'a variable at its source',
      { message: READ_MAP, at: 'rows.map' },
      'const rows = table.get(key);\nshow(rows.map(name));',
      'const rows = table.get(key) ?? [];\nshow(rows.map(name));',
    ],
    ['a list that is spread', 'rest is not iterable', 'const all = [...rest];', 'const all = [...(rest ?? [])];'],
    [
      'what is destructured',
      "Cannot destructure property 'a' of 'x' as it is undefined.",
      'const { a } = options.more;',
      'const { a } = options.more ?? {};',
    ],
    [
      'keys of nothing',
      'Cannot convert undefined or null to object',
      'const keys = Object.keys(counts);',
      'const keys = Object.keys(counts ?? {});',
    ],
    [
      'the state that a component begins with',
      { message: READ_MAP, at: 'rows.map' },
      'class P extends React.Component {\n  state = { rows: null };\n  render() {\n    const { rows } = this.state;\n    return rows.map(name);\n  }\n}',
      'class P extends React.Component {\n  state = { rows: [] };\n  render() {\n    const { rows } = this.state;\n    return rows.map(name);\n  }\n}',
    ],
    [
      'what another file hands over',
      {
        message: "Cannot read properties of undefined (reading 'replace')",
        at: 'text.replace',
        others: { 'caller.ts': 'show(escape(nameOf(device)));' },
        file: 'escape.ts',
      },
      "export function escape(text) {\n  return text.replace('<', '');\n}",
      "export function escape(text = '') {\n  return text.replace('<', '');\n}",
    ],
    [
      'a list, told by what becomes of its slice',
      { message: READ_SLICE, at: 'tags.slice' },
      'const first = card.tags.slice(0, 2);\nshow(first.join(name));',
      'const first = (card.tags ?? []).slice(0, 2);\nshow(first.join(name));',
    ],
    [
      'a text, told by what is done to its slice',
      READ_SLICE,
      'show(card.title.slice(0, 2).trim());',
      "show((card.title ?? '').slice(0, 2).trim());",
    ],
    [
      'a list, told by its type in another file',
      {
        message: READ_SLICE,
        others: { 'types.ts': 'export interface Card { readonly tags: readonly string[] | null }' },
      },
      'show(card.tags.slice(0, 2));',
      'show((card.tags ?? []).slice(0, 2));',
    ],
    [
      'a text, told by how another file reads it',
      { message: READ_SLICE, others: { 'list.js': 'rows.map((row) => row.code.toUpperCase());' } },
      'show(card.code.slice(0, 2));',
      "show((card.code ?? '').slice(0, 2));",
    ],
    [
      'a list in a file that writes ||',
      READ_MAP,
      'show(cart.items.map(name)); const a = b || [];',
      'show((cart.items || []).map(name)); const a = b || [];',
    ],
    [
      'a parameter whose type says what it is',
      { message: "Cannot read properties of undefined (reading 'slice')", line: 2 },
      'function f(tags: Tag[]) {\n  return tags.slice(0, 3);\n}',
      'function f(tags: Tag[] = []) {\n  return tags.slice(0, 3);\n}',
    ],
    [
      'an argument that is taken apart',
      "Cannot destructure property 'name' of 'undefined' as it is undefined.",
      'const show = ({ name }) => print(name);',
      'const show = ({ name } = {}) => print(name);',
    ],
    [
      'an element that is taken apart',
      "Cannot read properties of undefined (reading 'id')",
      'const [{ id }, sender] = await load();',
      'const [{ id } = {}, sender] = await load();',
    ],
  ],
  leaves: [
    ['a method of an object', "Cannot read properties of undefined (reading 'total')", 'show(cart.total());'],
    [
      'an object that is read further',
      "Cannot read properties of undefined (reading 'total')",
      'show(cart.total.net);',
    ],
    [
      'a parameter that has a default',
      { message: "Cannot read properties of null (reading 'slice')", line: 2 },
      'function f(tags: unknown) {\n  return tags.slice(0, 3);\n}',
    ],
    ['another error', 'items is not defined', 'show(cart.items.map(name));'],
    ['another line', { message: READ_MAP, line: 2 }, 'show(cart.items.map(name));\nshow(3);'],
    ['a value that has a default', READ_MAP, 'show((cart.items ?? []).map(name));'],
    ['a line that spreads nothing', 'rest is not iterable', 'const all = rest;'],
    ['a plain declaration', "Cannot destructure property 'a' of 'x' as it is undefined.", 'const a = options.more;'],
    ['keys of nothing elsewhere', 'Cannot convert undefined or null to object', 'const keys = counts;'],
    ['a name that is not read', READ_MAP, 'show(cart.items.filter(name));'],
    ['a message without a template', 'Payment declined', 'show(cart.items.map(name));'],
    ['an optional read', READ_MAP, 'show(cart.items?.map(name));'],
    [
      'an object whose part would be missing as well',
      "Cannot read properties of undefined (reading 'a')",
      'show(cart.a.b);',
    ],
    ['a read that fits several types', READ_SLICE, 'show(card.tags.slice(0, 2));'],
    [
      'a name that types disagree about',
      { message: READ_SLICE, others: { 'types.ts': 'interface A { tags: string[] }\ninterface B { tags: string }' } },
      'show(card.tags.slice(0, 2));',
    ],
    ['a date', "Cannot read properties of null (reading 'getTime')", 'show(order.placed.getTime());'],
    ['a receiver without a name', "Cannot read properties of undefined (reading 'slice')", 'show(this.slice(1));'],
    ['a value of another type', 'items.map is not a function', 'show(items.map(name));'],
    ['a value that a condition has tested', READ_MAP, 'show(items && items.map(name));'],
    [
      'an argument that is null, taken apart',
      "Cannot destructure property 'name' of 'object null' as it is null.",
      'const show = ({ name }) => print(name);',
    ],
    [
      'an element of a list, taken apart',
      "Cannot destructure property 'name' of 'undefined' as it is undefined.",
      'rows.forEach(({ name }) => print(name));',
    ],
    [
      'an argument with a default',
      "Cannot destructure property 'name' of 'undefined' as it is undefined.",
      'const show = ({ name } = other) => print(name);',
    ],
  ],
});
