/** A number became infinite or none by a division by zero: divide only where there is something to divide by. */
import ts from 'typescript';
import { type Alternative, defineFixer } from '../harness/kit/fixer.ts';
import { mayStandIn } from '../harness/kit/precedence.ts';
import { seenAt, valueAt } from '../harness/kit/seen-values.ts';
import type { SourceText } from '../harness/kit/source-text.ts';
import { enclosingFunction, pathOf } from '../harness/kit/syntax.ts';

/** What is said of numbers that are none: by engines, and by pages that show them. */
const NO_NUMBER = /Infinity|\bNaN\b|Invalid (?:array length|count value)|out of range|must be finite|division by zero/i;

export const fixer = defineFixer({
  id: 'safe-division',
  summary: 'Division by zero: divide only where there is something to divide by.',
  example: {
    message: 'Invalid count value: Infinity',
    before: 'function bar(hours, open) {\n  const share = hours / open;\n  return "#".repeat(share);\n}',
    after:
      'function bar(hours, open) {\n  const share = open === 0 ? 0 : hours / open;\n  return "#".repeat(share);\n}',
  },
  *propose(suspect, source) {
    if (!NO_NUMBER.test(suspect.message)) return;
    const here = source.findOnLine(suspect, isDivision, (node) => source.start(node));
    const [first] = source.findOnLine(suspect, isAnything, (node) => source.start(node));
    const fn = first && enclosingFunction(first);
    const around = fn ? source.find(isDivision, fn).filter((node) => !here.includes(node)) : [];
    for (const [division, near] of [
      ...here.map((one) => [one, 1] as const),
      ...around.map((one) => [one, 0.85] as const),
    ]) {
      yield* guarded(source, division, { near, values: suspect.values });
    }
  },
});

function isAnything(node: ts.Node): node is ts.Expression {
  return ts.isIdentifier(node) || ts.isNumericLiteral(node);
}

function isDivision(node: ts.Node): node is ts.BinaryExpression {
  if (!ts.isBinaryExpression(node)) return false;
  const { kind } = node.operatorToken;
  return (kind === ts.SyntaxKind.SlashToken || kind === ts.SyntaxKind.PercentToken) && !ts.isNumericLiteral(node.right);
}

function* guarded(
  source: SourceText,
  division: ts.BinaryExpression,
  { near, values }: { near: number; values: Parameters<typeof seenAt>[0] },
): Generator<Alternative> {
  const { right } = division;
  const divisor = ts.isParenthesizedExpression(right) ? right.expression : right;
  const path = pathOf(source, divisor);
  if (path === undefined || isDecidedOn(source, division, path)) return;
  const isZero = zeroAt(values, path);
  if (isZero === false) return;
  const start = source.start(division);
  const isBare = !mayStandIn(division, '?:') || isOperand(division);
  const test = `${source.textOf(divisor)} === 0 ? 0 : `;
  yield {
    edits: [
      { start, end: start, text: `${isBare ? '(' : ''}${test}` },
      ...(isBare ? [{ start: division.getEnd(), end: division.getEnd(), text: ')' }] : []),
    ],
    title: `divide by ${path} only where it is not 0`,
    confidence: (isZero ? 0.85 : 0.6) * near,
  };
}

/** Whether a condition around the division, or an exit before it, asks for the divisor. */
function isDecidedOn(source: SourceText, division: ts.Node, path: string): boolean {
  const asks = (condition: ts.Node): boolean =>
    source.find(isAnything, condition).some((node) => pathOf(source, node) === path) ||
    source.find(ts.isPropertyAccessExpression, condition).some((node) => pathOf(source, node) === path);
  for (let at = division; at.parent !== undefined; at = at.parent) {
    const { parent } = at;
    if (ts.isConditionalExpression(parent) && parent.condition !== at && asks(parent.condition)) return true;
    if (ts.isIfStatement(parent) && parent.expression !== at && asks(parent.expression)) return true;
    if (ts.isBinaryExpression(parent) && parent.right === at && isLogical(parent) && asks(parent.left)) return true;
    const before = ts.isBlock(parent) ? parent.statements.filter((one) => one.end <= at.pos) : [];
    if (before.some((one) => ts.isIfStatement(one) && asks(one.expression))) return true;
  }
  return false;
}

function isLogical({ operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return kind === ts.SyntaxKind.AmpersandAmpersandToken || kind === ts.SyntaxKind.BarBarToken;
}

/** A ternary within arithmetic, a text or an argument list with operators around it needs parentheses. */
function isOperand({ parent }: ts.Expression): boolean {
  return ts.isBinaryExpression(parent) && parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken;
}

/** Undefined where nobody saw what it was. */
function zeroAt(values: Parameters<typeof seenAt>[0], path: string): boolean | undefined {
  if (seenAt(values, path) !== 'there') return undefined;
  const value = valueAt(values, path);
  return typeof value === 'number' || typeof value === 'string' ? Number(value) === 0 : undefined;
}
