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
  const statement = enclosingStatement(access);
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
  for (let at = access.expression; isAccess(at); at = at.expression) {
    const holder = pathOf(source, at.expression);
    if (
      (holder === undefined && !ts.isParenthesizedExpression(at.expression)) ||
      holder === 'this' ||
      /^this\.(?:props|state)$/.test(holder ?? '')
    )
      break;
    if (!isOptional(at)) links.unshift(at);
  }
  return links;
}
