/** Which operators need parentheses where: the order of JavaScript's operators, as far as edits ask. */
import ts from 'typescript';
import { isAccess } from './syntax.ts';

type Operator = '&&' | '||' | '??' | '?:';

/** Higher binds tighter; the steps are those of the language's table, those above `&&` drawn together. */
const STRENGTH = { '?:': 3, '??': 4, '||': 4, '&&': 5 } as const;
const COMMA = 1;
const ASSIGNMENT = 2;
const BINARY = 8;
const UNARY = 14;
const MEMBER = 18;

export function strengthOf(operator: Operator): number {
  return STRENGTH[operator];
}

/** Whether an expression may stand as an operand of the operator without parentheses. */
export function mayStandIn(node: ts.Expression, operator: Operator): boolean {
  const own = operatorOf(node);
  if (isMixed(own, operator)) return false;
  return strengthOfNode(node) >= STRENGTH[operator];
}

/** How tightly what stands in the node's place must bind: more than this, else it needs parentheses. */
export function demandOf(node: ts.Expression, operator: Operator): number {
  const { parent } = node;
  if (isAccess(parent) || ts.isCallExpression(parent) || ts.isNewExpression(parent)) {
    return parent.expression === node ? MEMBER : 0;
  }
  if (ts.isNonNullExpression(parent) || ts.isTaggedTemplateExpression(parent)) return MEMBER;
  // `...(list ?? [])`: not needed, but nobody writes it without.
  if (ts.isSpreadElement(parent)) return UNARY;
  if (ts.isPrefixUnaryExpression(parent) || ts.isAwaitExpression(parent) || ts.isTypeOfExpression(parent)) return UNARY;
  if (ts.isVoidExpression(parent) || ts.isDeleteExpression(parent)) return UNARY;
  if (ts.isAsExpression(parent) || ts.isSatisfiesExpression(parent)) return BINARY;
  if (ts.isConditionalExpression(parent)) return parent.condition === node ? STRENGTH['?:'] : 0;
  if (!ts.isBinaryExpression(parent)) return 0;
  if (isMixed(operatorOf(parent), operator)) return MEMBER;
  const own = strengthOfNode(parent);
  // `a && (b && c)` is `a && b && c`.
  return operatorOf(parent) === operator || own === ASSIGNMENT ? own - 1 : own;
}

/** `??` may not stand beside `&&` and `||` at all; of those two nobody knows by heart which binds tighter. */
function isMixed(one: Operator | undefined, other: Operator): boolean {
  return one !== undefined && one !== other && one !== '?:' && other !== '?:';
}

function operatorOf(node: ts.Expression): Operator | undefined {
  if (!ts.isBinaryExpression(node)) return undefined;
  switch (node.operatorToken.kind) {
    case ts.SyntaxKind.AmpersandAmpersandToken:
      return '&&';
    case ts.SyntaxKind.BarBarToken:
      return '||';
    case ts.SyntaxKind.QuestionQuestionToken:
      return '??';
    default:
      return undefined;
  }
}

function strengthOfNode(node: ts.Expression): number {
  if (ts.isConditionalExpression(node)) return STRENGTH['?:'];
  if (ts.isArrowFunction(node) || ts.isYieldExpression(node)) return ASSIGNMENT;
  if (ts.isPrefixUnaryExpression(node) || ts.isAwaitExpression(node) || ts.isTypeOfExpression(node)) return UNARY;
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) return BINARY;
  if (!ts.isBinaryExpression(node)) return MEMBER;
  const operator = operatorOf(node);
  if (operator) return STRENGTH[operator];
  const { kind } = node.operatorToken;
  if (kind === ts.SyntaxKind.CommaToken) return COMMA;
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment ? ASSIGNMENT : BINARY;
}
