/** A promise is rejected past the code that would have handled it: wait for it there, or show the failure. */
import ts from 'typescript';
import { type Alternative, defineFixer, type FixerSuspect, type Project } from '../harness/kit/fixer.ts';
import { awaitIn, calledFunctions, givesPromise } from '../harness/kit/promises.ts';
import { namesInScope } from '../harness/kit/scope.ts';
import type { SourceText } from '../harness/kit/source-text.ts';
import { type AnyFunction, enclosing, enclosingFunction } from '../harness/kit/syntax.ts';

export const fixer = defineFixer({
  id: 'escaped-rejection',
  summary: 'Promise rejected past the code that would handle it: wait for it there, or show the failure.',
  example: {
    message: 'Payment declined',
    before:
      'async function pay() {}\nasync function buy() {\n  try {\n    return pay();\n  } catch {\n    return undefined;\n  }\n}',
    after:
      'async function pay() {}\nasync function buy() {\n  try {\n    return await pay();\n  } catch {\n    return undefined;\n  }\n}',
  },
  *propose(suspect, source, project) {
    const done = new Set<ts.Node>();
    for (const { fn, source: at } of functionsAt(suspect, source, project)) {
      for (const promise of handedOut(fn, at, project)) {
        if (done.has(promise)) continue;
        done.add(promise);
        yield* awaitedInside(promise, at);
      }
    }
    for (const call of source.findOnLine(suspect, ts.isCallExpression, (node) => source.start(node))) {
      if (isLeftAlone(call) && !isCaught(call) && givesPromise(call, source, project)) yield* shown(call, source);
    }
  },
});

/** The function around the line, then those that the line calls: rejections pass by the ones that do not wait. */
function functionsAt(
  suspect: FixerSuspect,
  source: SourceText,
  project: Project,
): { readonly source: SourceText; readonly fn: AnyFunction }[] {
  const calls = source.findOnLine(suspect, ts.isCallExpression, (node) => source.start(node));
  const around = calls.flatMap((call) => enclosingFunction(call) ?? []).map((fn) => ({ source, fn }));
  return [...around, ...calls.flatMap((call) => calledFunctions(call, source, project))];
}

/** Promises that leave the block of a `try` whose `catch` will not see them. */
function handedOut(fn: AnyFunction, source: SourceText, project: Project): ts.Expression[] {
  if (!fn.body) return [];
  const promises: ts.Expression[] = [];
  for (const attempt of source.find(ts.isTryStatement, fn.body)) {
    if (attempt.catchClause === undefined || enclosingFunction(attempt) !== fn) continue;
    const leaves = (node: ts.Node): boolean =>
      enclosingFunction(node) === fn && enclosing(node, ts.isTryStatement) === attempt;
    const returned = source
      .find(ts.isReturnStatement, attempt.tryBlock)
      .flatMap((statement) => (leaves(statement) && statement.expression ? [statement.expression] : []));
    const started = source
      .find(ts.isExpressionStatement, attempt.tryBlock)
      .flatMap((statement) => (leaves(statement) ? [statement.expression] : []));
    const promised = [...returned, ...started].filter((one) => givesPromise(one, source, project));
    promises.push(...promised.filter((one) => !isCaught(one)));
  }
  return promises;
}

function* awaitedInside(promise: ts.Expression, source: SourceText): Generator<Alternative> {
  const edits = awaitIn(source, promise);
  if (edits === undefined) return;
  const text = source.textOf(ts.isCallExpression(promise) ? promise.expression : promise);
  yield {
    edits: edits.map((edit) => ({ ...edit, file: source.file })),
    title: `wait for ${text.split('\n', 1)[0]} where its failure is caught`,
    confidence: 0.9,
  };
}

/** `save().catch(…)` and `save().then(…, …)`. */
function isCaught(promise: ts.Expression): boolean {
  if (!ts.isCallExpression(promise) || !ts.isPropertyAccessExpression(promise.expression)) return false;
  const { text } = promise.expression.name;
  return text === 'catch' || (text === 'then' && promise.arguments.length > 1);
}

function isLeftAlone({ parent }: ts.CallExpression): boolean {
  return ts.isExpressionStatement(parent) || ts.isVoidExpression(parent);
}

/** `save()` to `save().catch((error) => setProblem(error.message))`, where such a setter is in reach. */
function* shown(call: ts.CallExpression, source: SourceText): Generator<Alternative> {
  const setter = namesInScope(call).find((name) =>
    /^(?:set|show|report)[A-Z]?\w*(?:error|problem|failure|message|notice)\w*$/i.test(name),
  );
  if (setter === undefined) return;
  const end = call.getEnd();
  yield {
    edits: [
      { start: end, end, text: `.catch((error) => ${setter}(error instanceof Error ? error.message : String(error)))` },
    ],
    title: `show the failure of ${source.textOf(call.expression)}`,
    confidence: 0.6,
  };
}
