/** A list has null or undefined elements: leave them out before the list is walked. */
import ts from 'typescript';
import { type Alternative, defineFixer } from '../harness/kit/fixer.ts';
import type { SourceText } from '../harness/kit/source-text.ts';
import {
  type AnyFunction,
  enclosing,
  enclosingFunction,
  isAccess,
  nameOf,
  nullishReads,
  pathOf,
  rootOf,
} from '../harness/kit/syntax.ts';

const WALKERS = new Set(
  'map filter forEach reduce find findIndex findLast some every flatMap sort toSorted'.split(' '),
);

export const fixer = defineFixer({
  id: 'filter-null',
  summary: 'Empty elements in a list: filter them out.',
  example: {
    message: "Cannot read properties of null (reading 'name')",
    before: 'const names = users.map((user) => user.name);',
    after: 'const names = users.filter(Boolean).map((user) => user.name);',
  },
  *propose(suspect, source) {
    for (const access of nullishReads(source, suspect).slice(0, 3)) {
      const root = rootOf(access.expression);
      if (root === undefined || !ts.isIdentifier(root)) continue;
      const list = walkedList(root) ?? loopedList(root);
      if (list === undefined || /\.filter\(Boolean\)$/.test(source.textOf(list))) continue;
      const isElement = ts.isIdentifier(access.expression);
      const path = isElement ? '' : (pathOf(source, access.expression) ?? '');
      yield leaveOut(source, list, isElement ? 'Boolean' : `(${root.text}) => ${path}`, isElement ? 0.7 : 0.35);
    }
  },
});

function leaveOut(source: SourceText, list: ts.Expression, test: string, confidence: number): Alternative {
  const bare = ts.isBinaryExpression(list) || ts.isConditionalExpression(list) || ts.isAwaitExpression(list);
  const end = list.getEnd();
  const edits = bare
    ? [
        { start: source.start(list), end: source.start(list), text: '(' },
        { start: end, end, text: `).filter(${test})` },
      ]
    : [{ start: end, end, text: `.filter(${test})` }];
  return { edits, title: `leave out what is missing in ${pathOf(source, list) ?? 'the list'}`, confidence };
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
