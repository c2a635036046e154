/** Promises: which calls give one, as far as the app's own sources and the web's well-known functions tell, and waiting for it. */
import ts from 'typescript';
import type { FixerEdit, Project } from './fixer.ts';
import { functionsNamed, isAsync } from './scope.ts';
import type { SourceText } from './source-text.ts';
import { type AnyFunction, enclosingFunction, isAccess, nameOf } from './syntax.ts';
import { returnsOf } from './value-sources.ts';

/** Reading a body takes no arguments: a server's `response.json(data)` is another. */
const BODY = /^(?:json|text|blob|arrayBuffer|formData)$/;
const CHAINED = /^(?:then|catch|finally)$/;
/** `a` that returns `b()`, which returns `c()`, … */
const DEPTH = 3;

/** Whether a call gives a promise: of the web's own functions, or of an async function of the app. */
export function givesPromise(call: ts.Expression, source: SourceText, project: Project, depth = DEPTH): boolean {
  if (!ts.isCallExpression(call)) return false;
  const name = calleeName(call);
  if (name === undefined) return false;
  if (name === 'fetch' || (BODY.test(name) && isAccess(call.expression) && call.arguments.length === 0)) return true;
  if (isAccess(call.expression) && CHAINED.test(name)) return true;
  return calledFunctions(call, source, project).some(
    ({ fn, source: at }) =>
      isAsync(fn) ||
      (fn.type !== undefined && /^Promise\b/.test(fn.type.getText())) ||
      (depth > 0 && returnsOf(fn, at).some((value) => givesPromise(value, at, project, depth - 1))),
  );
}

/** Functions of the app that a call may reach, by its name: those of its own file where there are any. */
export function calledFunctions(
  call: ts.CallExpression,
  source: SourceText,
  project: Project,
): readonly { readonly source: SourceText; readonly fn: AnyFunction }[] {
  const name = calleeName(call);
  if (name === undefined) return [];
  const own = functionsNamed(source, name).map((fn) => ({ source, fn }));
  return own.length > 0 ? own : project.functions(name);
}

function calleeName({ expression }: ts.CallExpression): string | undefined {
  if (isAccess(expression)) return nameOf(expression);
  return ts.isIdentifier(expression) ? expression.text : undefined;
}

/** `await` before a promise, in a function that is async or becomes so; undefined where neither can be. */
export function awaitIn(source: SourceText, promise: ts.Expression): FixerEdit[] | undefined {
  const fn = enclosingFunction(promise);
  const { parent } = promise;
  const isMember = isAccess(parent) && parent.expression === promise;
  const start = source.start(promise);
  const edits: FixerEdit[] = [
    { start, end: start, text: isMember ? '(await ' : 'await ' },
    ...(isMember ? [{ start: promise.getEnd(), end: promise.getEnd(), text: ')' }] : []),
  ];
  if (fn === undefined || isAsync(fn)) return edits;
  const made = makeAsync(fn, source);
  return made && [made, ...edits];
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
