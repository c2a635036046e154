/** A list is reduced that has no elements, and nothing to begin with: begin with something, or leave before. */
import ts from 'typescript';
import { exitBefore, withTernary } from '../harness/kit/edits.ts';
import { exitsOf, returnText } from '../harness/kit/exits.ts';
import { type Alternative, defineFixer } from '../harness/kit/fixer.ts';
import { callsNamed } from '../harness/kit/missing-values.ts';
import { mayStandIn } from '../harness/kit/precedence.ts';
import type { SourceText } from '../harness/kit/source-text.ts';
import {
  enclosing,
  enclosingFunction,
  enclosingStatement,
  isAccess,
  isAnyFunction,
  pathOf,
} from '../harness/kit/syntax.ts';

const EMPTY = /Reduce of empty array|reduce of empty array with no initial value/i;

export const fixer = defineFixer({
  id: 'empty-list',
  summary: 'Empty list that is reduced: begin with a value, or leave before.',
  example: {
    message: 'Reduce of empty array with no initial value',
    before: 'const sum = prices.reduce((all, price) => all + price);',
    after: 'const sum = prices.reduce((all, price) => all + price, 0);',
  },
  *propose(suspect, source) {
    if (!EMPTY.test(suspect.message)) return;
    const calls = ['reduce', 'reduceRight'].flatMap((name) => callsNamed(source, suspect, name));
    for (const call of calls.slice(0, 2)) {
      const [callback, first] = call.arguments;
      const list = isAccess(call.expression) ? call.expression.expression : undefined;
      if (callback === undefined || first !== undefined || list === undefined) continue;
      const path = pathOf(source, list);
      const value = beginning(source, callback);
      if (value !== undefined) {
        yield {
          edits: [{ start: callback.getEnd(), end: callback.getEnd(), text: `, ${value}` }],
          title: `begin with ${value}`,
          confidence: 0.75,
        };
      }
      if (path === undefined || isAskedFor(source, call, source.textOf(list))) continue;
      yield* leaving(source, call, source.textOf(list));
      yield {
        edits: withTernary(source, call, { test: `${source.textOf(list)}.length > 0`, otherwise: 'null' }),
        title: `take null where ${path} is empty`,
        confidence: 0.35,
      };
    }
  },
});

/** What adds nothing: 0 to a sum, 1 to a product, an empty list to lists; undefined where one element is chosen of many. */
function beginning(source: SourceText, callback: ts.Expression): string | undefined {
  if (!isAnyFunction(callback) || callback.body === undefined || ts.isBlock(callback.body)) return undefined;
  const body = ts.isParenthesizedExpression(callback.body) ? callback.body.expression : callback.body;
  const [all] = callback.parameters;
  const isAll = (node: ts.Expression): boolean => all !== undefined && source.textOf(node) === source.textOf(all.name);
  if (ts.isBinaryExpression(body) && isAll(body.left)) {
    const { kind } = body.operatorToken;
    if (kind === ts.SyntaxKind.AsteriskToken) return '1';
    if (kind === ts.SyntaxKind.PlusToken) return isText(body.right) ? source.style.quote + source.style.quote : '0';
  }
  if (ts.isArrayLiteralExpression(body)) return '[]';
  if (ts.isObjectLiteralExpression(body)) return '{}';
  const called = ts.isCallExpression(body) ? source.textOf(body.expression) : '';
  return /\.concat$/.test(called) ? '[]' : undefined;
}

/** Whether an `if` before it, or a condition around it, asks how many there are. */
function isAskedFor(source: SourceText, call: ts.CallExpression, list: string): boolean {
  const count = `${list}.length`;
  const fn = enclosingFunction(call)?.body ?? source.tree;
  const isBefore = source.find(ts.isIfStatement, fn).some(({ expression, pos }) => {
    return pos < call.pos && source.textOf(expression).includes(count);
  });
  const choice = enclosing(call, ts.isConditionalExpression);
  return isBefore || (choice !== undefined && source.textOf(choice.condition).includes(count));
}

function isText(node: ts.Expression): boolean {
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
}

/** As the function is left elsewhere, in front of the statement. */
function* leaving(source: SourceText, call: ts.CallExpression, list: string): Generator<Alternative> {
  const fn = enclosingFunction(call);
  const statement = enclosingStatement(call);
  if (fn === undefined || statement === undefined || !mayStandIn(call, '&&')) return;
  for (const way of exitsOf(source, fn)) {
    const edit = exitBefore(source, statement, { test: `${list}.length === 0`, exit: returnText(way) });
    yield { edits: [edit], title: `stop where ${list} is empty`, confidence: way.confidence };
  }
}
