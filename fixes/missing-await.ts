/** A promise is used as if it were its value, or its rejection is left alone: await it, or show the failure. */
import ts from 'typescript';
import {
  type Alternative,
  defineFixer,
  type FixerEdit,
  type FixerSuspect,
  type Project,
} from '../harness/kit/fixer.ts';
import { callsNamed, nullishReads } from '../harness/kit/missing-values.ts';
import { readMessage } from '../harness/kit/read-message.ts';
import { declarationOf, functionsNamed, isAsync, namesInScope } from '../harness/kit/scope.ts';
import type { SourceText } from '../harness/kit/source-text.ts';
import { type AnyFunction, enclosingFunction, isAccess, nameOf, rootOf } from '../harness/kit/syntax.ts';

const PROMISED = /^(?:fetch|json|text|blob|arrayBuffer|formData)$/;

export const fixer = defineFixer({
  id: 'missing-await',
  summary: 'Promise used as its value, or rejected unseen: await it, or show the failure.',
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
      yield* awaited(call, source);
    }
    for (const call of source.findOnLine(suspect, ts.isCallExpression, (node) => source.start(node))) {
      if (!done.has(call) && isPromise(call, source, project)) {
        if (isUsed(call)) yield* awaited(call, source);
        else yield* shown(call, source);
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

/** Whether a call gives a promise that nobody awaits: of the web's own functions, or of an async function of the app. */
function isPromise(call: ts.CallExpression, source: SourceText, project: Project): boolean {
  if (ts.isAwaitExpression(call.parent)) return false;
  const name = isAccess(call.expression)
    ? nameOf(call.expression)
    : ts.isIdentifier(call.expression)
      ? call.expression.text
      : undefined;
  if (name === undefined || isAccess(call.parent)) return false;
  if (PROMISED.test(name)) return true;
  const known = functionsNamed(source, name);
  const all = known.length > 0 ? known : project.functions(name).map(({ fn }) => fn);
  return all.some((fn) => isAsync(fn) || (fn.type !== undefined && /^Promise\b/.test(fn.type.getText())));
}

function isUsed(call: ts.CallExpression): boolean {
  return !ts.isExpressionStatement(call.parent) && !ts.isVoidExpression(call.parent);
}

function* awaited(call: ts.CallExpression, source: SourceText): Generator<Alternative> {
  const fn = enclosingFunction(call);
  const isMember = isAccess(call.parent) && call.parent.expression === call;
  const edits: FixerEdit[] = [
    { start: source.start(call), end: source.start(call), text: isMember ? '(await ' : 'await ' },
    ...(isMember ? [{ start: call.getEnd(), end: call.getEnd(), text: ')' }] : []),
  ];
  const name = source.textOf(call.expression);
  if (fn === undefined || isAsync(fn)) {
    yield { edits, title: `wait for ${name}`, confidence: 0.85 };
    return;
  }
  const made = makeAsync(fn, source);
  if (made) yield { edits: [made, ...edits], title: `wait for ${name}`, confidence: 0.5 };
}

/** Only where nobody uses what the function returns: a component or a getter cannot become async. */
function makeAsync(fn: AnyFunction, source: SourceText): FixerEdit | undefined {
  if (ts.isConstructorDeclaration(fn) || ts.isAccessor(fn)) return undefined;
  const returnsJsx = source.find(ts.isJsxOpeningElement, fn).length > 0;
  if (returnsJsx) return undefined;
  const at = source.start(fn);
  const modifiers = ts.getModifiers(fn) ?? [];
  const start = modifiers.at(-1)?.getEnd();
  return start === undefined ? { start: at, end: at, text: 'async ' } : { start, end: start, text: ' async' };
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
