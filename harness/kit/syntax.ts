/** Questions about one place in the syntax: what is read there, by which path, and what surrounds it. */
import ts from 'typescript';
import type { SourceText } from './source-text.ts';

export type Access = ts.PropertyAccessExpression | ts.ElementAccessExpression;
export type AnyFunction =
  | ts.FunctionDeclaration
  | ts.FunctionExpression
  | ts.ArrowFunction
  | ts.MethodDeclaration
  | ts.ConstructorDeclaration
  | ts.AccessorDeclaration;

export function isAccess(node: ts.Node): node is Access {
  return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
}

export function isAnyFunction(node: ts.Node): node is AnyFunction {
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isFunctionExpression(node) ||
    ts.isArrowFunction(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isConstructorDeclaration(node) ||
    ts.isAccessor(node)
  );
}

/** The property's name, of `a['b']` as well. */
export function nameOf(access: Access): string | undefined {
  if (ts.isPropertyAccessExpression(access)) return access.name.text;
  const { argumentExpression } = access;
  return ts.isStringLiteralLike(argumentExpression) || ts.isNumericLiteral(argumentExpression)
    ? argumentExpression.text
    : undefined;
}

export function isOptional(node: Access): boolean {
  return node.questionDotToken !== undefined;
}

/** `a.b.c` without white space, `?` and `!`: equal for every way to write one path. Undefined for anything else. */
export function pathOf(source: SourceText, node: ts.Node): string | undefined {
  if (ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node) || ts.isAsExpression(node))
    return pathOf(source, node.expression);
  if (ts.isIdentifier(node) || node.kind === ts.SyntaxKind.ThisKeyword) return source.textOf(node);
  if (!isAccess(node)) return undefined;
  const receiver = pathOf(source, node.expression);
  const name =
    nameOf(node) ?? (ts.isElementAccessExpression(node) ? `[${source.textOf(node.argumentExpression)}]` : undefined);
  return receiver === undefined || name === undefined ? undefined : `${receiver}.${name}`;
}

/** The identifier or `this` at the beginning of a path. */
export function rootOf(node: ts.Expression): ts.Identifier | ts.ThisExpression | undefined {
  if (ts.isIdentifier(node)) return node;
  if (node.kind === ts.SyntaxKind.ThisKeyword && isThis(node)) return node;
  if (isAccess(node) || ts.isNonNullExpression(node) || ts.isParenthesizedExpression(node))
    return rootOf(node.expression);
  if (ts.isCallExpression(node)) return rootOf(node.expression);
  return undefined;
}

function isThis(node: ts.Node): node is ts.ThisExpression {
  return node.kind === ts.SyntaxKind.ThisKeyword;
}

/** The whole of `a.b.c(d)[e]!` around one of its links: where `?.` inside makes the end undefined. */
export function chainAround(node: ts.Expression): ts.Expression {
  const { parent } = node;
  const continues =
    ((isAccess(parent) || ts.isCallExpression(parent)) && parent.expression === node) ||
    (ts.isNonNullExpression(parent) && parent.expression === node);
  return continues ? chainAround(parent) : node;
}

export function enclosing<T extends ts.Node>(node: ts.Node, matches: (node: ts.Node) => node is T): T | undefined {
  for (let at: ts.Node | undefined = node.parent; at !== undefined; at = at.parent) {
    if (matches(at)) return at;
  }
  return undefined;
}

export function enclosingFunction(node: ts.Node): AnyFunction | undefined {
  return enclosing(node, isAnyFunction);
}

/** The function around all functions that are around a node. */
export function outermostFunction(node: ts.Node): AnyFunction | undefined {
  const fn = enclosingFunction(node);
  return fn && (outermostFunction(fn) ?? fn);
}

/** The statement of a block, function body or file that holds a node, not leaving its function. */
export function enclosingStatement(node: ts.Node): ts.Statement | undefined {
  for (let at: ts.Node | undefined = node; at !== undefined; at = at.parent) {
    if (
      ts.isStatement(at) &&
      at.parent &&
      (ts.isBlock(at.parent) || ts.isSourceFile(at.parent) || ts.isCaseOrDefaultClause(at.parent))
    )
      return at;
    if (isAnyFunction(at) && at !== node) return undefined;
  }
  return undefined;
}

/** `list.map` of `list.map((one) => node)`, whose elements are what the node gives; undefined elsewhere. */
export function mappedBy(node: ts.Expression): ts.PropertyAccessExpression | undefined {
  const { parent } = node;
  if (!ts.isArrowFunction(parent) || parent.body !== node || !ts.isCallExpression(parent.parent)) return undefined;
  const { expression } = parent.parent;
  return ts.isPropertyAccessExpression(expression) && expression.name.text === 'map' ? expression : undefined;
}
