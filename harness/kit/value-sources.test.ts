import { expect, test } from 'vitest';
import { openProject } from './project.ts';
import { isAccess, nameOf } from './syntax.ts';
import { sourcesOf } from './value-sources.ts';

/** Texts and origins of the value of which `map` is read in `x.tsx`. */
function originsIn(text: string, others: Readonly<Record<string, string>> = {}): string[] {
  const project = openProject(new Map([['x.tsx', text], ...Object.entries(others)]));
  const source = project.source('x.tsx');
  const read = source?.find(isAccess).find((node) => nameOf(node) === 'map');
  if (source === undefined || read === undefined) throw new Error(`nothing reads map in ${text}`);
  return sourcesOf(read.expression, source, project).map(
    ({ source: from, node, how }) => `${how} ${from.file}: ${from.textOf(node)}`,
  );
}

test.each<[string, string, Readonly<Record<string, string>>, string[]]>([
  ['an initialiser', 'const rows = table.all; rows.map(f);', {}, ['declared x.tsx: table.all']],
  ['a parameter', 'function f(rows) { rows.map(g); } f(a.list);', {}, ['argument x.tsx: a.list']],
  [
    'a parameter, from another file',
    'export const f = (n, rows) => rows.map(g);',
    { 'y.ts': 'f(1, list);' },
    ['argument y.ts: list'],
  ],
  ['a destructured parameter', 'function f({ rows }) { rows.map(g); } f({ rows: a.b });', {}, ['argument x.tsx: a.b']],
  [
    'an attribute',
    'export function List({ rows }) { return rows.map(g); }',
    { 'y.tsx': 'const x = <List rows={all.rows} />;' },
    ['argument y.tsx: all.rows'],
  ],
  [
    'an attribute of a class',
    'class List { render() { return this.props.rows.map(g); } }',
    { 'y.tsx': 'const x = <List rows={all} />;' },
    ['argument y.tsx: all'],
  ],
  [
    'a state',
    'class P { state = { rows: null }; load(data) { this.setState({ rows: data }); } render() { return this.state.rows.map(g); } }',
    {},
    ['state x.tsx: null', 'state x.tsx: data'],
  ],
  [
    'a returned value',
    'function load() { return cache.rows; } const rows = load(); rows.map(f);',
    {},
    ['declared x.tsx: load()', 'returned x.tsx: cache.rows'],
  ],
  [
    'a returned value of another file',
    'const rows = load(); rows.map(f);',
    { 'y.ts': 'export const load = () => cache.rows;' },
    ['declared x.tsx: load()', 'returned y.ts: cache.rows'],
  ],
  ['nobody knows where', 'rows.map(f);', {}, []],
  ['another function of the same parameter', 'function f(rows) { rows.map(g); } h(a.list);', {}, []],
])('finds %s', (_, text, others, expected) => {
  expect(originsIn(text, others)).toEqual(expected);
});
