import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './default-value.ts';

const READ_MAP = "Cannot read properties of undefined (reading 'map')";

fixerTable(fixer, {
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
    ['a list that is spread', 'rest is not iterable', 'const all = [...rest];', 'const all = [...rest ?? []];'],
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
        message: "Cannot read properties of null (reading 'replace')",
        at: 'text.replace',
        others: { 'caller.ts': 'show(escape(nameOf(device)));' },
        file: 'escape.ts',
      },
      "export function escape(text) {\n  return text.replace('<', '');\n}",
      "export function escape(text = '') {\n  return text.replace('<', '');\n}",
    ],
    [
      'a list in a file that writes ||',
      READ_MAP,
      'show(cart.items.map(name)); const a = b || [];',
      'show((cart.items || []).map(name)); const a = b || [];',
    ],
  ],
  leaves: [
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
    ['a value of another type', 'items.map is not a function', 'show(items.map(name));'],
    ['a value that a condition has tested', READ_MAP, 'show(items && items.map(name));'],
  ],
});
