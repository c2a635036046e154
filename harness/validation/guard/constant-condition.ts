/** Refuses new conditions that are always true or always false. */
import ts from 'typescript';
import type { GuardRule } from './rule.ts';
import { isRevert } from './rule.ts';
import { hasMore } from './syntax.ts';

export const rule: GuardRule = {
  id: 'constant-condition',
  refuse({ patch, files }) {
    if (isRevert(patch)) return undefined;
    const constant = files.find((file) => hasMore(file, isConstantCondition));
    return constant && `${constant.file} would get a condition that never changes.`;
  },
};

function isConstantCondition(node: ts.Node): boolean {
  if (ts.isIfStatement(node)) return isConstant(node.expression);
  if (ts.isConditionalExpression(node)) return isConstant(node.condition);
  if (!ts.isBinaryExpression(node)) return false;
  const logical =
    node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken ||
    node.operatorToken.kind === ts.SyntaxKind.BarBarToken;
  return logical && isConstant(node.left);
}

function isConstant(node: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(node)) return isConstant(node.expression);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    return isConstant(node.operand);
  return (
    ts.isLiteralExpression(node) ||
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword ||
    node.kind === ts.SyntaxKind.NullKeyword
  );
}
