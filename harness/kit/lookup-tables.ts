/** A table in the code that was asked for a key which it has not: `LABELS[result.kind]`, `RATES.get(country)`. */
import ts from 'typescript';
import type { Project } from './fixer.ts';
import { missingValues, type Place } from './missing-values.ts';
import { declarationOf } from './scope.ts';
import { valueAt } from './seen-values.ts';
import type { SourceText } from './source-text.ts';
import { isAccess, nameOf, pathOf } from './syntax.ts';

export interface LackingTable {
  readonly source: SourceText;
  /** The table's last entry, below which another would stand. */
  readonly entry: ts.Node;
  readonly name: string;
  /** The key that it lacks; undefined where nobody saw what it was asked for. */
  readonly key: string | undefined;
}

interface Table {
  readonly source: SourceText;
  readonly entries: readonly ts.Node[];
  readonly keys: readonly string[];
}

/** Tables that the throwing line reads, and that have no entry for what they were asked; those left out that have it. */
export function lackingTables(
  source: SourceText,
  at: Place,
  { project, values }: { project: Project; values: Readonly<Record<string, unknown>> },
): LackingTable[] {
  return missingValues(source, at, project).flatMap(({ node }) => {
    const asked = readOf(node);
    const table = asked && tableOf(asked.table, source, project);
    const entry = table?.entries.at(-1);
    if (asked === undefined || table === undefined || entry === undefined) return [];
    const key = keySeen(pathOf(source, asked.key), values);
    if (key !== undefined && table.keys.includes(key)) return [];
    return [{ source: table.source, entry, name: asked.table.text, key }];
  });
}

function readOf(node: ts.Expression): { table: ts.Identifier; key: ts.Expression } | undefined {
  if (ts.isElementAccessExpression(node) && ts.isIdentifier(node.expression)) {
    return { table: node.expression, key: node.argumentExpression };
  }
  if (!ts.isCallExpression(node) || !isAccess(node.expression) || nameOf(node.expression) !== 'get') return undefined;
  const [key] = node.arguments;
  const { expression: table } = node.expression;
  return key && ts.isIdentifier(table) ? { table, key } : undefined;
}

function tableOf(name: ts.Identifier, source: SourceText, project: Project): Table | undefined {
  const own = declarationOf(name, name.text);
  if (own && ts.isVariableDeclaration(own)) return tableIn(source, own.initializer);
  for (const { file } of project.exportsOf(name.text)) {
    const other = project.source(file);
    const declared = other?.find(ts.isVariableDeclaration).find((one) => one.name.getText(other.tree) === name.text);
    const table = other && tableIn(other, declared?.initializer);
    if (table) return table;
  }
  return undefined;
}

function tableIn(source: SourceText, value: ts.Expression | undefined): Table | undefined {
  if (value === undefined) return undefined;
  if (ts.isAsExpression(value) || ts.isSatisfiesExpression(value)) return tableIn(source, value.expression);
  if (ts.isObjectLiteralExpression(value)) {
    const keys = value.properties.map(({ name }) =>
      name && (ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name))
        ? name.text
        : undefined,
    );
    return keys.every((key) => key !== undefined) ? { source, entries: value.properties, keys } : undefined;
  }
  const list = ts.isNewExpression(value) && value.expression.getText(source.tree) === 'Map' && value.arguments?.[0];
  if (!list || !ts.isArrayLiteralExpression(list)) return undefined;
  const keys = list.elements.map((one) => {
    const key = ts.isArrayLiteralExpression(one) ? one.elements[0] : undefined;
    return key && ts.isStringLiteralLike(key) ? key.text : undefined;
  });
  return keys.every((key) => key !== undefined) ? { source, entries: list.elements, keys } : undefined;
}

function keySeen(path: string | undefined, values: Readonly<Record<string, unknown>>): string | undefined {
  const value = path === undefined ? undefined : valueAt(values, path);
  const isText = typeof value === 'string' && !/^<.+>$/.test(value);
  return isText || typeof value === 'number' ? String(value) : undefined;
}
