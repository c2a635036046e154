/** Sibling sites: the places that fail alike, because they read of the same path. */
import ts from 'typescript';
import { mayChain } from './edits.ts';
import { isGuarded } from './guards.ts';
import { declarationOf } from './scope.ts';
import type { SourceText } from './source-text.ts';
import {
  type Access,
  chainAround,
  enclosing,
  enclosingFunction,
  enclosingStatement,
  isAccess,
  isOptional,
  nameOf,
  pathOf,
  rootOf,
} from './syntax.ts';

/** Reads of the same path that nothing guards, in the scope of the path's beginning: function, class or file. */
export function unguardedSites(source: SourceText, access: Access): Access[] {
  const path = pathOf(source, access.expression);
  if (path === undefined || path === 'this') return [access];
  const root = rootOf(access.expression);
  const declared = root && ts.isIdentifier(root) ? declarationOf(root, root.text) : undefined;
  return source.find(isAccess, scopeOf(access, declared) ?? source.tree).filter((node) => {
    if (node === access) return true;
    if (isOptional(node) || pathOf(source, node.expression) !== path || !mayChain(chainAround(node))) return false;
    return isSameRoot(node, declared) && !isGuarded(source, node, path);
  });
}

function scopeOf(access: Access, declared: ts.Node | undefined): ts.Node | undefined {
  const isThis = rootOf(access.expression)?.kind === ts.SyntaxKind.ThisKeyword;
  if (declared === undefined)
    return isThis ? (enclosing(access, ts.isClassLike) ?? enclosingFunction(access)) : undefined;
  return enclosingFunction(declared);
}

function isSameRoot(node: Access, declared: ts.Node | undefined): boolean {
  const root = rootOf(node.expression);
  return (
    declared === undefined ||
    root === undefined ||
    !ts.isIdentifier(root) ||
    declarationOf(root, root.text) === declared
  );
}

/** `a.total` and `b.total` in one statement: reads of the same member off other values of the same kind. */
export function likeReads(source: SourceText, access: Access): Access[] {
  const statement = enclosingStatement(access) ?? enclosingFunction(access)?.body;
  const name = nameOf(access);
  const path = pathOf(source, access.expression);
  if (statement === undefined || name === undefined || path === undefined) return [access];
  return source.find(isAccess, statement).filter((node) => {
    if (node === access) return true;
    const other = pathOf(source, node.expression);
    const isLike = nameOf(node) === name && other !== undefined && other !== path && parentOf(other) === parentOf(path);
    return (
      isLike &&
      !isOptional(node) &&
      enclosingFunction(node) === enclosingFunction(access) &&
      !isGuarded(source, node, other)
    );
  });
}

/** `image` of `image.code`; '' of a bare name, and of a member of `this`. */
function parentOf(path: string): string {
  return path.split('.').slice(0, -1).join('.');
}

/** The access and those in its receiver that may be chained as well, from the inside: `a.b.c` gives `.b` and `.c`. */
export function nullishLinks(source: SourceText, access: Access): Access[] {
  const links = [access];
  const isHeld = isParenthesised(access);
  for (let at = access.expression; isAccess(at); at = at.expression) {
    const holder = pathOf(source, at.expression);
    if ((holder === undefined && !isHeld) || holder === 'this' || /^this\.(?:props|state)$/.test(holder ?? '')) break;
    if (!isOptional(at)) links.unshift(at);
  }
  return links;
}

/** `(a ?? b).c.d`. */
function isParenthesised(access: Access): boolean {
  let at: ts.Expression = access;
  while (isAccess(at)) at = at.expression;
  return ts.isParenthesizedExpression(at);
}

/**
 * The access, and those in other places whose callback or statement has the same text: `(one) => one.name === name` in two
 * methods fails in both.
 */
export function twinsOf(source: SourceText, access: Access): Access[] {
  const within = enclosing(access, isContext);
  if (within === undefined) return [access];
  const text = source.textOf(within);
  const offset = source.start(access) - source.start(within);
  const length = access.getEnd() - source.start(access);
  const isTwin = (node: ts.Node): node is ts.Node =>
    node.kind === within.kind && node.end - node.pos >= text.length && source.textOf(node) === text;
  return source.find(isTwin).flatMap((twin) => {
    const start = source.start(twin) + offset;
    return source
      .find(isAccess, twin)
      .filter((node) => source.start(node) === start && node.end === start + length)
      .filter((node) => node === access || !isGuarded(source, node, pathOf(source, node.expression) ?? ''));
  });
}

/** A callback that is one expression, or a whole statement. */
function isContext(node: ts.Node): node is ts.ArrowFunction | ts.Statement {
  return (ts.isArrowFunction(node) && !ts.isBlock(node.body)) || (ts.isStatement(node) && !ts.isBlock(node));
}

/** Reads of the same key of the same state or props in other methods, where it is taken out under the same name. */
export function readsInOtherMethods(source: SourceText, access: Access): Access[] {
  const root = rootOf(access.expression);
  const own = root && ts.isIdentifier(root) ? declarationOf(root, root.text) : undefined;
  const origin = own && originOf(source, own);
  const scope = enclosing(access, ts.isClassLike);
  const path = pathOf(source, access.expression);
  if (origin === undefined || scope === undefined || path === undefined) return [access];
  return source.find(isAccess, scope).filter((node) => {
    if (node === access) return true;
    const other = rootOf(node.expression);
    if (isOptional(node) || pathOf(source, node.expression) !== path || !mayChain(chainAround(node))) return false;
    const declared = other && ts.isIdentifier(other) ? declarationOf(other, other.text) : undefined;
    return declared !== undefined && originOf(source, declared) === origin && !isGuarded(source, node, path);
  });
}

/** `this.state rows` for `const { rows } = this.state` and `const rows = this.state.rows`. */
function originOf(
  source: SourceText,
  declared: ts.VariableDeclaration | ts.ParameterDeclaration | ts.BindingElement,
): string | undefined {
  const holder = ts.isBindingElement(declared) ? declared.parent.parent : declared;
  if (!ts.isVariableDeclaration(holder) || holder.initializer === undefined) return undefined;
  const from = pathOf(source, holder.initializer);
  if (from === undefined || !from.startsWith('this.')) return undefined;
  return `${from} ${source.textOf(ts.isBindingElement(declared) ? (declared.propertyName ?? declared.name) : holder.name)}`;
}
