/** A missing value is handed to a function that gets another of the same object beside it: fall back to that one. */
import ts from 'typescript';
import { withDefault } from '../harness/kit/edits.ts';
import { defineFixer } from '../harness/kit/fixer.ts';
import { isGuarded } from '../harness/kit/guards.ts';
import { seenAt } from '../harness/kit/seen-values.ts';
import type { SourceText } from '../harness/kit/source-text.ts';
import { type Access, enclosingFunction, isAccess, pathOf } from '../harness/kit/syntax.ts';

export const fixer = defineFixer({
  id: 'fallback-value',
  summary: 'Missing value that a sibling can stand in for: fall back to it.',
  example: {
    message: 'Invalid time value',
    before: 'function print(order) {\n  return [stamp(order.paidOn), stamp(order.madeOn)];\n}',
    after: 'function print(order) {\n  return [stamp(order.paidOn ?? order.madeOn), stamp(order.madeOn)];\n}',
  },
  *propose({ stack, file, line, column, values }, source) {
    // The throw lies in the function that is called, or in what that calls.
    const isCaller = stack.some((position, depth) => depth > 0 && position.file === file && position.line === line);
    if (!isCaller) return;
    const calls = source.findOnLine({ line, column }, ts.isCallExpression, (node) => source.start(node));
    for (const call of calls.slice(0, 2)) {
      for (const [index, given] of call.arguments.entries()) {
        const path = pathOf(source, given);
        if (!isAccess(given) || path === undefined || isGuarded(source, call, path)) continue;
        if (seenAt(values, path) === 'there') continue;
        for (const other of siblings(source, { call, index, given, path })) {
          if (seenAt(values, pathOf(source, other) ?? '') === 'missing') continue;
          yield {
            edits: withDefault(source, given, source.textOf(other)),
            title: `use ${source.textOf(other)} where ${path} is missing`,
            confidence: 0.55,
          };
        }
      }
    }
  },
});

interface Handed {
  readonly call: ts.CallExpression;
  readonly index: number;
  readonly given: Access;
  readonly path: string;
}

/** Members of the same object that the same function gets in the same place, the nearest first. */
function siblings(source: SourceText, { call, index, given, path }: Handed): Access[] {
  const callee = source.textOf(call.expression);
  const found = new Map<string, Access>();
  const calls = source.find(ts.isCallExpression, enclosingFunction(call)?.body ?? source.tree);
  const distance = (other: ts.Node): number => Math.abs(source.start(other) - source.start(call));
  for (const other of [...calls].sort((a, b) => distance(a) - distance(b))) {
    const handed = other.arguments[index];
    if (handed === undefined || !isAccess(handed) || source.textOf(other.expression) !== callee) continue;
    const otherPath = pathOf(source, handed);
    const isOfSame = source.textOf(handed.expression) === source.textOf(given.expression);
    if (otherPath !== undefined && otherPath !== path && isOfSame && !found.has(otherPath))
      found.set(otherPath, handed);
  }
  return [...found.values()].slice(0, 2);
}
