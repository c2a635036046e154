/** Refuses a new `catch` that does nothing with the error, or only logs it. */
import ts from 'typescript';
import type { GuardRule } from './rule.ts';
import { isRevert } from './rule.ts';
import { hasMore } from './syntax.ts';

export const rule: GuardRule = {
  id: 'empty-catch',
  refuse({ patch, files }) {
    if (isRevert(patch)) return undefined;
    const silenced = files.find((file) => hasMore(file, isSilentHandler));
    return silenced && `${silenced.file} would swallow the error without any consequence.`;
  },
};

function isSilentHandler(node: ts.Node): boolean {
  if (ts.isCatchClause(node)) return node.block.statements.every(isLogging);
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  const [handler] = node.arguments;
  return node.expression.name.text === 'catch' && handler !== undefined && isSilentFunction(handler);
}

function isSilentFunction(node: ts.Expression): boolean {
  if (!ts.isArrowFunction(node) && !ts.isFunctionExpression(node)) return false;
  if (ts.isBlock(node.body)) return node.body.statements.every(isLogging);
  return isNothing(node.body) || isLogCall(node.body);
}

function isLogging(statement: ts.Statement): boolean {
  return ts.isExpressionStatement(statement) && isLogCall(statement.expression);
}

function isLogCall(node: ts.Expression): boolean {
  return ts.isCallExpression(node) && /^(?:console|logger|log)\.\w+$/.test(node.expression.getText());
}

function isNothing(node: ts.Expression): boolean {
  return (ts.isIdentifier(node) && node.text === 'undefined') || ts.isVoidExpression(node);
}
