/** Refuses functions that do nothing any more, and code behind an exit that always leaves. */
import ts from 'typescript';
import type { GuardRule } from './rule.ts';
import { isRevert } from './rule.ts';
import { hasMore } from './syntax.ts';

export const rule: GuardRule = {
  id: 'empties-function',
  refuse({ patch, files }) {
    if (isRevert(patch)) return undefined;
    const empty = files.find((file) => hasMore(file, isEmptyFunction));
    if (empty) return `${empty.file} would get a function that does nothing.`;
    const dead = files.find((file) => hasMore(file, isNeverReached));
    return dead && `${dead.file} would get code that is never reached.`;
  },
};

function isEmptyFunction(node: ts.Node): boolean {
  if (!ts.isFunctionLike(node) || !('body' in node) || node.body === undefined) return false;
  const { body } = node;
  if (ts.isBlock(body)) {
    const { statements } = body;
    const isBare = (one: ts.Statement): boolean => ts.isReturnStatement(one) && one.expression === undefined;
    return statements.every(isBare) && !ts.isConstructorDeclaration(node);
  }
  return body.kind === ts.SyntaxKind.VoidExpression || (ts.isIdentifier(body) && body.text === 'undefined');
}

/** A statement behind `return` or `throw` in its block; functions stand there at will. */
function isNeverReached(node: ts.Node): boolean {
  if (!ts.isStatement(node) || ts.isFunctionDeclaration(node) || ts.isTypeAliasDeclaration(node)) return false;
  const { parent } = node;
  const all = parent && (ts.isBlock(parent) || ts.isSourceFile(parent)) ? parent.statements : undefined;
  const before = all?.[all.indexOf(node) - 1];
  return before !== undefined && (ts.isReturnStatement(before) || ts.isThrowStatement(before));
}
