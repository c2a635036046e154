/** A promise is used as if it were its value: await it. */
import ts from 'typescript';
import { type Alternative, defineFixer, type FixerSuspect, type Project } from '../harness/kit/fixer.ts';
import { callsNamed, nullishReads } from '../harness/kit/missing-values.ts';
import { awaitIn, givesPromise } from '../harness/kit/promises.ts';
import { readMessage } from '../harness/kit/read-message.ts';
import { declarationOf, isAsync } from '../harness/kit/scope.ts';
import type { SourceText } from '../harness/kit/source-text.ts';
import { enclosingFunction, isAccess, rootOf } from '../harness/kit/syntax.ts';

export const fixer = defineFixer({
  id: 'missing-await',
  summary: 'Promise used as its value: await it.',
  example: {
    message: "Cannot read properties of undefined (reading 'length')",
    before:
      'async function load() {\n  return [];\n}\nasync function count() {\n  const rows = load();\n  return rows.list.length;\n}',
    after:
      'async function load() {\n  return [];\n}\nasync function count() {\n  const rows = await load();\n  return rows.list.length;\n}',
  },
  *propose(suspect, source, project) {
    const complaint = readMessage(suspect.message);
    const roots = [
      ...nullishReads(source, suspect).map((access) => rootOf(access.expression)),
      ...(complaint.kind === 'not-a-function' ? calleeRoots(source, suspect, complaint.path) : []),
    ];
    const done = new Set<ts.Node>();
    for (const root of roots.slice(0, 3)) {
      if (root === undefined || !ts.isIdentifier(root)) continue;
      const declared = declarationOf(root, root.text);
      const holder = declared && outermost(declared);
      const call = holder && ts.isVariableDeclaration(holder) ? holder.initializer : undefined;
      if (!call || !ts.isCallExpression(call) || done.has(call) || !isPromise(call, source, project)) continue;
      done.add(call);
      if (isKnownOther(suspect.values?.[root.text])) continue;
      yield* awaited(call, source);
    }
    for (const call of source.findOnLine(suspect, ts.isCallExpression, (node) => source.start(node))) {
      if (!done.has(call) && isUsed(call) && isPromise(call, source, project)) {
        yield* awaited(call, source);
      }
    }
  },
});

function calleeRoots(source: SourceText, suspect: FixerSuspect, path: string): (ts.Node | undefined)[] {
  const name = /([\w$]+)$/.exec(path)?.[1] ?? path;
  return callsNamed(source, suspect, name).map(({ expression }) => rootOf(expression));
}

function outermost(node: ts.Node): ts.Node {
  return ts.isBindingElement(node) ? outermost(node.parent.parent) : node;
}

/** Nobody awaits it, and it is a promise. */
function isPromise(call: ts.CallExpression, source: SourceText, project: Project): boolean {
  return !ts.isAwaitExpression(call.parent) && !isAccess(call.parent) && givesPromise(call, source, project);
}

/** Somebody saw what the variable held, and it was no promise. */
function isKnownOther(seen: unknown): boolean {
  return seen !== undefined && seen !== '<Promise>';
}

/** Its value is wanted here: whoever hands the promise on, or waits for several at once, knows what it is. */
function isUsed(call: ts.CallExpression): boolean {
  const { parent } = call;
  if (ts.isExpressionStatement(parent) || ts.isVoidExpression(parent)) return false;
  if (ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === call)) return false;
  return !isAwaitedTogether(call);
}

function isAwaitedTogether(call: ts.CallExpression): boolean {
  const list = ts.isArrayLiteralExpression(call.parent) ? call.parent.parent : call.parent;
  return ts.isCallExpression(list) && isAccess(list.expression) && list.expression.expression.getText() === 'Promise';
}

function* awaited(call: ts.CallExpression, source: SourceText): Generator<Alternative> {
  const edits = awaitIn(source, call);
  if (edits === undefined) return;
  const fn = enclosingFunction(call);
  const confidence = fn === undefined || isAsync(fn) ? 0.85 : 0.5;
  yield { edits, title: `wait for ${source.textOf(call.expression)}`, confidence };
}
