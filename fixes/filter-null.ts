/** A list has null or undefined elements: leave them out where the list is walked, or where it is made. */
import ts from 'typescript';
import { chainOptionally, mayChain } from '../harness/kit/edits.ts';
import { type Alternative, defineFixer, type FixerSuspect } from '../harness/kit/fixer.ts';
import { nullishReads } from '../harness/kit/missing-values.ts';
import { mayStandIn } from '../harness/kit/precedence.ts';
import { readMessage } from '../harness/kit/read-message.ts';
import type { SourceText } from '../harness/kit/source-text.ts';
import {
  type Access,
  type AnyFunction,
  chainAround,
  enclosing,
  enclosingFunction,
  isAccess,
  isAnyFunction,
  mappedBy,
  nameOf,
  pathOf,
  rootOf,
} from '../harness/kit/syntax.ts';
import { sourcesOf } from '../harness/kit/value-sources.ts';

const WALKERS = new Set('map filter forEach find findIndex findLast some every flatMap sort toSorted'.split(' '));

export const fixer = defineFixer({
  id: 'filter-null',
  summary: 'Empty elements in a list: filter them out.',
  example: {
    message: "Cannot read properties of null (reading 'name')",
    before: 'const names = users.map((user) => user.name);',
    after: 'const names = users.filter(Boolean).map((user) => user.name);',
  },
  *propose(suspect, source, project) {
    if (readMessage(suspect.message).kind === 'destructured-nothing') yield* takenApart(suspect, source);
    for (const access of nullishReads(source, suspect).slice(0, 3)) {
      yield* skipped(source, access);
      const root = rootOf(access.expression);
      if (root === undefined || !ts.isIdentifier(root)) continue;
      const list = walkedList(root) ?? loopedList(root);
      if (list === undefined || isFiltered(source, list)) continue;
      const path = pathOf(source, access.expression);
      if (path === undefined) continue;
      const isElement = ts.isIdentifier(access.expression);
      const test = isElement ? 'Boolean' : `(${root.text}) => ${path}`;
      yield leaveOut(source, list, test, isElement ? 0.7 : 0.3);
      if (!isElement) continue;
      for (const made of sourcesOf(list, source, project)) {
        // Only a list that is made there: filtering a name once more says nothing new.
        if (!isMade(made.node) || isFiltered(made.source, made.node)) continue;
        const { edits, ...rest } = leaveOut(made.source, made.node, test, 0.5);
        yield { ...rest, edits: edits.map((edit) => ({ ...edit, file: made.source.file })) };
      }
    }
  },
});

/** `users.map(({ name }) => name)`. */
function* takenApart(suspect: FixerSuspect, source: SourceText): Generator<Alternative> {
  for (const pattern of source.findOnLine(suspect, ts.isObjectBindingPattern, (node) => source.start(node))) {
    const { parent: parameter } = pattern;
    const fn = parameter.parent;
    const call = ts.isParameter(parameter) && isAnyFunction(fn) ? fn.parent : undefined;
    if (call === undefined || !ts.isCallExpression(call) || !isAccess(call.expression)) continue;
    const list = call.expression.expression;
    if (WALKERS.has(nameOf(call.expression) ?? '') && !isFiltered(source, list))
      yield leaveOut(source, list, 'Boolean', 0.7);
  }
}

/** `map((id) => byId.get(id).name)`: what is looked up in vain has no place in the list that is made. */
function* skipped(source: SourceText, access: Access): Generator<Alternative> {
  const chain = chainAround(access);
  const list = mappedBy(chain);
  if (list === undefined || !mayChain(chain) || ts.isIdentifier(access.expression)) return;
  const { name } = list;
  const end = chain.getEnd();
  yield {
    edits: [
      { start: source.start(name), end: name.getEnd(), text: 'flatMap' },
      chainOptionally(source, access),
      { start: end, end, text: ` ${source.style.otherwise} []` },
    ],
    title: `leave out what has no ${nameOf(access) ?? 'value'}`,
    confidence: 0.65,
  };
}

function leaveOut(source: SourceText, list: ts.Expression, test: string, confidence: number) {
  const isBare =
    !mayStandIn(list, '&&') || ts.isBinaryExpression(list) || ts.isAwaitExpression(list) || ts.isAsExpression(list);
  const end = list.getEnd();
  const edits = [
    ...(isBare ? [{ start: source.start(list), end: source.start(list), text: '(' }] : []),
    { start: end, end, text: `${isBare ? ')' : ''}.filter(${test})` },
  ];
  return {
    edits,
    title: `leave out what is missing in ${pathOf(source, list) ?? 'the list'}`,
    confidence,
  } satisfies Alternative;
}

/** Filtered by anything: what is missing was looked for. */
function isFiltered(source: SourceText, list: ts.Expression): boolean {
  return /\.filter\([^()]*(?:\([^()]*\))?[^()]*\)$/.test(source.textOf(list));
}

function isMade(node: ts.Expression): boolean {
  return (
    ts.isCallExpression(node) &&
    isAccess(node.expression) &&
    /^(?:map|flatMap|filter|concat|values|from)$/.test(nameOf(node.expression) ?? '')
  );
}

/** `list` of `list.map((root) => …)`, through functions in between. */
function walkedList(root: ts.Identifier): ts.Expression | undefined {
  for (let fn: AnyFunction | undefined = enclosingFunction(root); fn !== undefined; fn = enclosingFunction(fn)) {
    if (!fn.parameters.some(({ name }) => ts.isIdentifier(name) && name.text === root.text)) continue;
    const call = fn.parent;
    const walks = ts.isCallExpression(call) && isAccess(call.expression) && WALKERS.has(nameOf(call.expression) ?? '');
    return walks && isAccess(call.expression) ? call.expression.expression : undefined;
  }
  return undefined;
}

function loopedList(root: ts.Identifier): ts.Expression | undefined {
  const loop = enclosing(root, ts.isForOfStatement);
  if (loop === undefined || !ts.isVariableDeclarationList(loop.initializer)) return undefined;
  const [declared] = loop.initializer.declarations;
  return declared && ts.isIdentifier(declared.name) && declared.name.text === root.text ? loop.expression : undefined;
}
