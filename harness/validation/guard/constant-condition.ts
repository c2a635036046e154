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
  if (ts.isWhileStatement(node))
    return isConstant(node.expression) && node.expression.kind !== ts.SyntaxKind.TrueKeyword;
  if (ts.isConditionalExpression(node)) return isConstant(node.condition);
  if (!ts.isBinaryExpression(node)) return false;
  const { left, right, operatorToken } = node;
  const isAnd = operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken;
  if (!isAnd && operatorToken.kind !== ts.SyntaxKind.BarBarToken) return false;
  // `a && false` and `a || true` are the same whatever `a` is; `a || false` is a default.
  const decides = isAnd ? ts.SyntaxKind.FalseKeyword : ts.SyntaxKind.TrueKeyword;
  return isConstant(left) || right.kind === decides;
}

function isConstant(node: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(node)) return isConstant(node.expression);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    return isConstant(node.operand);
  if (ts.isIdentifier(node)) return node.text === 'undefined' || isFixed(node);
  return (
    ts.isLiteralExpression(node) ||
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword ||
    node.kind === ts.SyntaxKind.NullKeyword
  );
}

/** `const never = false;` in the same file. */
function isFixed(name: ts.Identifier): boolean {
  let isFound = false;
  const visit = (one: ts.Node): void => {
    const isOwn = ts.isVariableDeclaration(one) && ts.isIdentifier(one.name) && one.name.text === name.text;
    if (isOwn && ts.isVariableDeclarationList(one.parent) && (one.parent.flags & ts.NodeFlags.Const) !== 0) {
      const { initializer } = one;
      isFound ||= initializer?.kind === ts.SyntaxKind.FalseKeyword || initializer?.kind === ts.SyntaxKind.TrueKeyword;
    }
    one.forEachChild(visit);
  };
  visit(name.getSourceFile());
  return isFound;
}
