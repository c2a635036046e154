/** A function cannot work without a value: leave it early, in the way its other exits do. */
import ts from 'typescript';
import { insertBefore } from '../harness/kit/edits.ts';
import { defineFixer } from '../harness/kit/fixer.ts';
import type { SourceText } from '../harness/kit/source-text.ts';
import {
  type AnyFunction,
  enclosing,
  enclosingFunction,
  enclosingStatement,
  nullishReads,
  pathOf,
  rootOf,
} from '../harness/kit/syntax.ts';

export const fixer = defineFixer({
  id: 'early-return',
  summary: 'Function that needs a missing value: return early.',
  example: {
    message: "Cannot read properties of null (reading 'id')",
    before: 'function remove(item) {\n  drop(item.id);\n}',
    after: 'function remove(item) {\n  if (!item) return;\n  drop(item.id);\n}',
  },
  *propose(suspect, source) {
    for (const access of nullishReads(source, suspect).slice(0, 2)) {
      const receiver = source.textOf(access.expression);
      const path = pathOf(source, access.expression);
      const statement = enclosingStatement(access);
      const fn = enclosingFunction(access);
      if (path === undefined || path === 'this' || statement === undefined || fn === undefined) continue;
      if (!isInReach(access.expression, statement) || isHookAfter(source, fn, statement)) continue;
      const title = `stop where ${path} is missing`;
      const loop = enclosing(access, isLoop);
      if (loop && isInside(loop, fn)) {
        yield { edits: [insertBefore(source, statement, `if (!${receiver}) continue;`)], title, confidence: 0.45 };
      }
      for (const { exit, confidence } of exits(source, fn)) {
        const line = `if (!${receiver}) return${exit === '' ? '' : ` ${exit}`}${source.style.semicolon}`;
        yield { edits: [insertBefore(source, statement, line)], title, confidence };
      }
    }
  },
});

function isLoop(node: ts.Node): node is ts.ForOfStatement | ts.ForStatement | ts.WhileStatement {
  return ts.isForOfStatement(node) || ts.isForStatement(node) || ts.isWhileStatement(node);
}

function isInside(node: ts.Node, fn: AnyFunction): boolean {
  return enclosingFunction(node) === fn;
}

/** Whether the receiver's beginning exists before the statement, and is not declared by it. */
function isInReach(receiver: ts.Expression, statement: ts.Statement): boolean {
  const root = rootOf(receiver);
  if (root === undefined) return false;
  if (!ts.isVariableStatement(statement)) return true;
  return statement.declarationList.declarations.every(({ name }) => name.getText() !== root.getText());
}

/** React counts hooks: none may be left out by an exit in front of it. */
function isHookAfter(source: SourceText, fn: AnyFunction, statement: ts.Statement): boolean {
  if (!fn.body) return false;
  const isHook = (node: ts.Node): node is ts.CallExpression =>
    ts.isCallExpression(node) && /^(?:\w+\.)?use[A-Z]/.test(node.expression.getText());
  return source
    .find(isHook, fn.body)
    .some((call) => call.getStart() >= source.start(statement) && enclosingFunction(call) === fn);
}

/** What the function returns elsewhere decides what it returns early. */
function exits(source: SourceText, fn: AnyFunction): Pick<Exit, 'exit' | 'confidence'>[] {
  if (!fn.body || !ts.isBlock(fn.body)) return [];
  const returned = source.find(ts.isReturnStatement, fn.body).filter((node) => enclosingFunction(node) === fn);
  const values = returned.map(({ expression }) => expression).filter((value) => value !== undefined);
  if (values.length === 0) return [{ exit: '', confidence: 0.5 }];
  const kinds = new Set(values.map(kindOf));
  const found: Exit[] = [];
  const offer = (kind: string, exit: string, confidence: number): void => {
    if (kinds.has(kind)) found.push({ kind, exit, confidence });
  };
  offer('null', 'null', 0.55);
  offer('jsx', 'null', 0.45);
  offer('array', '[]', 0.5);
  offer('string', source.style.quote + source.style.quote, 0.4);
  offer('number', '0', 0.4);
  offer('boolean', 'false', 0.4);
  if (found.length === 0) found.push({ kind: 'other', exit: 'undefined', confidence: 0.2 });
  return [...new Map(found.map((one) => [one.exit, one])).values()];
}

interface Exit {
  readonly kind: string;
  readonly exit: string;
  readonly confidence: number;
}

const ARRAY_MAKERS = new Set([
  'map',
  'filter',
  'flatMap',
  'slice',
  'concat',
  'sort',
  'toSorted',
  'split',
  'from',
  'keys',
  'values',
  'entries',
]);
const STRING_MAKERS = new Set([
  'join',
  'trim',
  'toUpperCase',
  'toLowerCase',
  'toFixed',
  'format',
  'toString',
  'replace',
  'padStart',
  'toLocaleString',
]);

function kindOf(value: ts.Expression): string {
  const node = ts.isParenthesizedExpression(value) ? value.expression : value;
  if (ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node) || ts.isJsxFragment(node)) return 'jsx';
  if (node.kind === ts.SyntaxKind.NullKeyword) return 'null';
  if (ts.isArrayLiteralExpression(node)) return 'array';
  if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) return 'string';
  if (ts.isNumericLiteral(node)) return 'number';
  if (node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword) return 'boolean';
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    const { text } = node.expression.name;
    if (ARRAY_MAKERS.has(text)) return 'array';
    if (STRING_MAKERS.has(text)) return 'string';
  }
  return 'other';
}
