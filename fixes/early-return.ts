/** A function cannot work without a value: leave it early, in the way its other exits do. */
import ts from 'typescript';
import { exitBefore, exitText, insertAfter } from '../harness/kit/edits.ts';
import { type Exit, exitsOf, returnText } from '../harness/kit/exits.ts';
import { type Alternative, defineFixer, type FixerSuspect } from '../harness/kit/fixer.ts';
import { isGuarded } from '../harness/kit/guards.ts';
import { callsNamed, nullishReads } from '../harness/kit/missing-values.ts';
import { readMessage } from '../harness/kit/read-message.ts';
import { declarationOf } from '../harness/kit/scope.ts';
import type { SourceText } from '../harness/kit/source-text.ts';
import {
  type AnyFunction,
  enclosing,
  enclosingFunction,
  enclosingStatement,
  nameOf,
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
    for (const value of neededValues(source, suspect).slice(0, 2)) {
      const path = pathOf(source, value);
      const statement = enclosingStatement(value);
      const fn = enclosingFunction(value);
      if (path === undefined || path === 'this' || statement === undefined || fn === undefined) continue;
      if (!isInReach(value, statement)) continue;
      const test = testOf(source, value);
      const title = `stop where ${path} is missing`;
      const loop = enclosing(value, isLoop);
      if (loop && enclosingFunction(loop) === fn) {
        yield { edits: [exitBefore(source, statement, { test, exit: 'continue' })], title, confidence: 0.5 };
      }
      for (const exit of exitsOf(source, fn)) yield* returns({ source, statement, value, fn, test, title }, exit);
    }
  },
});

/** What the line cannot do without: a receiver, what is taken apart, or an element to be cloned. */
function neededValues(source: SourceText, suspect: FixerSuspect): ts.Expression[] {
  if (readMessage(suspect.message).kind === 'destructured-nothing') {
    const taken = source
      .findOnLine(suspect, ts.isVariableDeclaration, (node) => source.start(node))
      .flatMap(({ name, initializer }) => (initializer && !ts.isIdentifier(name) ? [initializer] : []));
    return unguarded(source, taken);
  }
  if (/cloneElement.*must be a React element, but you passed (?:null|undefined)/.test(suspect.message)) {
    return unguarded(
      source,
      callsNamed(source, suspect, 'cloneElement').flatMap((call) => call.arguments[0] ?? []),
    );
  }
  return nullishReads(source, suspect).map(({ expression }) => expression);
}

function unguarded(source: SourceText, values: readonly ts.Expression[]): ts.Expression[] {
  return values.filter((value) => !isGuarded(source, value, pathOf(source, value) ?? ''));
}

interface Leaving {
  readonly source: SourceText;
  readonly statement: ts.Statement;
  /** What is missing. */
  readonly value: ts.Expression;
  readonly fn: AnyFunction;
  readonly test: string;
  readonly title: string;
}

/** In front of the statement that throws, and right behind the declaration of the value where that is further up. */
function* returns({ source, statement, value, fn, test, title }: Leaving, way: Exit): Generator<Alternative> {
  const { confidence } = way;
  const exit = returnText(way);
  const root = rootOf(value);
  const declared = root && ts.isIdentifier(root) ? declarationOf(root, root.text) : undefined;
  const holder = declared && enclosing(declared, ts.isVariableStatement);
  if (!isHookAfter(source, fn, source.start(statement))) {
    yield { edits: [exitBefore(source, statement, { test, exit })], title, confidence };
  }
  const isFurtherUp = holder && enclosingFunction(holder) === fn && holder.parent === statement.parent;
  if (isFurtherUp && nextStatement(holder) !== statement && !isHookAfter(source, fn, holder.getEnd())) {
    const text = exitText(source, { test, exit, indent: source.indentOf(holder) });
    yield { edits: [insertAfter(source, holder, text)], title, confidence: confidence - 0.1 };
  }
  const isParameter =
    declared &&
    (ts.isParameter(declared) || ts.isParameter(declared.parent.parent)) &&
    enclosingFunction(declared) === fn;
  const first = fn.body && ts.isBlock(fn.body) ? fn.body.statements[0] : undefined;
  if (isParameter && first && first !== statement && !isHookAfter(source, fn, source.start(first))) {
    yield { edits: [exitBefore(source, first, { test, exit })], title, confidence: confidence - 0.05 };
  }
}

/** `list[0]` is missing where the list is empty. */
function testOf(source: SourceText, receiver: ts.Expression): string {
  const isFirst = ts.isElementAccessExpression(receiver) && nameOf(receiver) === '0';
  return isFirst ? `!${source.textOf(receiver.expression)}.length` : `!${source.textOf(receiver)}`;
}

function nextStatement(statement: ts.Statement): ts.Statement | undefined {
  const { parent } = statement;
  const all = ts.isBlock(parent) || ts.isSourceFile(parent) ? parent.statements : undefined;
  return all?.[all.indexOf(statement) + 1];
}

function isLoop(node: ts.Node): node is ts.ForOfStatement | ts.ForStatement | ts.WhileStatement {
  return ts.isForOfStatement(node) || ts.isForStatement(node) || ts.isWhileStatement(node);
}

/** Whether the receiver's beginning exists before the statement, and is not declared by it. */
function isInReach(receiver: ts.Expression, statement: ts.Statement): boolean {
  const root = rootOf(receiver);
  if (root === undefined) return false;
  if (!ts.isVariableStatement(statement)) return true;
  return statement.declarationList.declarations.every(({ name }) => name.getText() !== root.getText());
}

/** React counts hooks: none may be left out by an exit in front of it. */
function isHookAfter(source: SourceText, fn: AnyFunction, offset: number): boolean {
  if (!fn.body) return false;
  const isHook = (node: ts.Node): node is ts.CallExpression =>
    ts.isCallExpression(node) && /^(?:\w+\.)?use[A-Z]/.test(source.textOf(node.expression));
  return source.find(isHook, fn.body).some((call) => source.start(call) >= offset && enclosingFunction(call) === fn);
}
