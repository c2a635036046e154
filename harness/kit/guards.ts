/** Whether a value is known to be there at a place: tested by a condition around it or by an exit before it. */
import ts from 'typescript';
import type { SourceText } from './source-text.ts';
import { isAccess, isAnyFunction, pathOf } from './syntax.ts';

/** True behind `path &&`, inside `if (path)`, or after `if (!path) return`. Conservative: a test of a longer path counts. */
export function isGuarded(source: SourceText, node: ts.Node, path: string): boolean {
  for (let at = node; at.parent !== undefined; at = at.parent) {
    const { parent } = at;
    if (ts.isBinaryExpression(parent) && parent.right === at) {
      const { kind } = parent.operatorToken;
      if (kind === ts.SyntaxKind.AmpersandAmpersandToken && tests(source, parent.left, path, true)) return true;
      if (kind === ts.SyntaxKind.BarBarToken && tests(source, parent.left, path, false)) return true;
    }
    if (ts.isConditionalExpression(parent)) {
      if (parent.whenTrue === at && tests(source, parent.condition, path, true)) return true;
      if (parent.whenFalse === at && tests(source, parent.condition, path, false)) return true;
    }
    if (ts.isIfStatement(parent)) {
      if (parent.thenStatement === at && tests(source, parent.expression, path, true)) return true;
      if (parent.elseStatement === at && tests(source, parent.expression, path, false)) return true;
    }
    if (ts.isBlock(parent) || ts.isSourceFile(parent)) {
      const before = parent.statements.filter((statement) => statement.end <= node.pos);
      if (before.some((statement) => leavesWithout(source, statement, path))) return true;
    }
    // What a condition around a function has seen of a member may be gone when the function is called.
    if (isAnyFunction(parent) && path.includes('.')) return false;
  }
  return false;
}

/** Whether `condition` being `truth` means that the path has a value. */
function tests(source: SourceText, condition: ts.Expression, path: string, truth: boolean): boolean {
  if (ts.isParenthesizedExpression(condition)) return tests(source, condition.expression, path, truth);
  if (ts.isPrefixUnaryExpression(condition) && condition.operator === ts.SyntaxKind.ExclamationToken) {
    return tests(source, condition.operand, path, !truth);
  }
  if (ts.isBinaryExpression(condition)) {
    const { left, right, operatorToken } = condition;
    const both = truth ? ts.SyntaxKind.AmpersandAmpersandToken : ts.SyntaxKind.BarBarToken;
    if (operatorToken.kind === both) return tests(source, left, path, truth) || tests(source, right, path, truth);
    const isUnequal = comparesUnequal(operatorToken.kind);
    if (ts.isTypeOfExpression(left)) {
      // Null is an object as well.
      const type = ts.isStringLiteralLike(right) && right.text !== 'object' ? right.text : undefined;
      return (
        type !== undefined &&
        pathOf(source, left.expression) === path &&
        truth === (isUnequal === (type === 'undefined'))
      );
    }
    // `list.length > 0` means that there is a first one.
    if (operatorToken.kind === ts.SyntaxKind.GreaterThanToken) return truth && pathOf(source, left) === lengthOf(path);
    return isLoose(operatorToken.kind) && truth === isUnequal && isNothing(right) && pathOf(source, left) === path;
  }
  if (!truth) return false;
  if (ts.isCallExpression(condition)) return condition.arguments.some((one) => pathOf(source, one) === path);
  const tested = pathOf(source, condition);
  return (
    tested === path ||
    (tested !== undefined && tested === lengthOf(path)) ||
    (tested?.startsWith(`${path}.`) === true && isAccess(condition))
  );
}

function comparesUnequal(kind: ts.SyntaxKind): boolean {
  return kind === ts.SyntaxKind.ExclamationEqualsToken || kind === ts.SyntaxKind.ExclamationEqualsEqualsToken;
}

/** `!== null` lets undefined through, `!== undefined` null: only `!=` and `==` tell both. */
function isLoose(kind: ts.SyntaxKind): boolean {
  return kind === ts.SyntaxKind.ExclamationEqualsToken || kind === ts.SyntaxKind.EqualsEqualsToken;
}

function isNothing(node: ts.Expression): boolean {
  return node.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(node) && node.text === 'undefined');
}

/** `if (!path) return`, `throw`, `continue` or `break`. */
function leavesWithout(source: SourceText, statement: ts.Statement, path: string): boolean {
  if (!ts.isIfStatement(statement) || statement.elseStatement) return false;
  const { thenStatement } = statement;
  const last = ts.isBlock(thenStatement) ? thenStatement.statements.at(-1) : thenStatement;
  const leaves =
    last &&
    (ts.isReturnStatement(last) ||
      ts.isThrowStatement(last) ||
      ts.isContinueStatement(last) ||
      ts.isBreakStatement(last));
  return leaves === true && tests(source, statement.expression, path, false);
}

/** `list.length` for `list.0`. */
function lengthOf(path: string): string | undefined {
  return path.endsWith('.0') ? `${path.slice(0, -2)}.length` : undefined;
}
