/** Refuses a new `catch` that does nothing with the error, only logs it, or leaves without a value. */
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
  if (ts.isCatchClause(node)) return node.block.statements.every(isSilent);
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  const { name } = node.expression;
  const handler = name.text === 'catch' ? node.arguments[0] : name.text === 'then' ? node.arguments[1] : undefined;
  return (
    handler !== undefined && (isSilentFunction(handler) || isSilentName(handler) || isUnusedNothing(node, handler))
  );
}

function isSilentFunction(node: ts.Expression): boolean {
  if (!ts.isArrowFunction(node) && !ts.isFunctionExpression(node)) return false;
  if (ts.isBlock(node.body)) return node.body.statements.every(isSilent);
  return isNothing(node.body) || isLogCall(node.body);
}

/** `.catch(console.error)`, `.catch(noop)`. */
function isSilentName(node: ts.Expression): boolean {
  return /^(?:console|logger|log)\.\w+$|^(?:noop|ignore|swallow|identity|_)$/.test(node.getText());
}

/** `save().catch(() => null);`: nobody takes what stands in. */
function isUnusedNothing(call: ts.CallExpression, handler: ts.Expression): boolean {
  const isDeed = ts.isExpressionStatement(call.parent) || ts.isVoidExpression(call.parent);
  const isEmpty =
    ts.isArrowFunction(handler) &&
    !ts.isBlock(handler.body) &&
    /^(?:null|false|''|""|0|\(?\{\}\)?|\[\])$/.test(handler.body.getText());
  return isDeed && isEmpty;
}

/** Logged, left without a value, or nothing at all. */
function isSilent(statement: ts.Statement): boolean {
  if (ts.isEmptyStatement(statement)) return true;
  if (ts.isReturnStatement(statement)) return statement.expression === undefined || isNothing(statement.expression);
  if (!ts.isExpressionStatement(statement)) return ts.isContinueStatement(statement);
  return isLogCall(statement.expression) || isNothing(statement.expression);
}

/** Telling Sentry is no answer to the user either. */
function isLogCall(node: ts.Expression): boolean {
  return (
    ts.isCallExpression(node) &&
    /^(?:console|logger|log)\.\w+$|^(?:Sentry\.)?capture\w+$/.test(node.expression.getText())
  );
}

function isNothing(node: ts.Expression): boolean {
  return (ts.isIdentifier(node) && node.text === 'undefined') || ts.isVoidExpression(node);
}
