/** The name of the function around a place in a source, as Sentry names it: with its class or object in front. */
import { createRequire } from 'node:module';
import type typescript from 'typescript';
import type { Place } from '../../source-maps/source-map.ts';
import { artifactLimits } from './artifact-limits.ts';

type Ts = typeof typescript;

let loaded: Ts | undefined;

/** Loaded with the first frame that is mapped: it takes a quarter of a second. */
function compiler(): Ts {
  const ts: Ts = loaded ?? createRequire(import.meta.url)('typescript');
  loaded = ts;
  return ts;
}

export type FunctionScope =
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'anonymous' | 'outside' | 'unknown' };

const SCRIPT = /\.(?:[cm]?[jt]s|[jt]sx)$/i;

/** `outside` of all functions; `unknown` in languages that are not read here. Line and column are 1-based. */
export function functionAround(source: string, text: string, place: Place): FunctionScope {
  const [path = ''] = source.split(/[?#]/, 1);
  if (!SCRIPT.test(path) || text.length > artifactLimits.scopeChars) return { kind: 'unknown' };
  try {
    return functionIn(compiler(), path, text, place);
  } catch (error) {
    // Thousands of brackets in brackets overflow the parser's stack.
    if (error instanceof RangeError) return { kind: 'unknown' };
    throw error;
  }
}

function functionIn(ts: Ts, path: string, text: string, { line, column }: Place): FunctionScope {
  const tree = treeOf(ts, path, text);
  const starts = tree.getLineStarts();
  const start = starts[line - 1];
  if (start === undefined) return { kind: 'unknown' };
  const at = Math.min(start + column - 1, starts[line] ?? text.length);
  let around: typescript.FunctionLikeDeclaration | undefined;
  const visit = (node: typescript.Node): void => {
    if (at < node.getStart(tree) || at >= node.end) return;
    if (isFunction(ts, node)) around = node;
    node.forEachChild(visit);
  };
  visit(tree);
  if (around === undefined) return { kind: 'outside' };
  const name = nameOf(ts, around);
  return name === undefined ? { kind: 'anonymous' } : { kind: 'named', name };
}

/** The frames of one stack often lie in one file: held until memory is needed. */
let last: WeakRef<{ readonly text: string; readonly isTs: boolean; readonly tree: typescript.SourceFile }> | undefined;

function treeOf(ts: Ts, path: string, text: string): typescript.SourceFile {
  // Angle brackets are casts in one and elements in the others.
  const isTs = /\.[cm]?ts$/i.test(path);
  const known = last?.deref();
  if (known?.text === text && known.isTs === isTs) return known.tree;
  const kind = isTs ? ts.ScriptKind.TS : ts.ScriptKind.TSX;
  const tree = ts.createSourceFile('source.tsx', text, ts.ScriptTarget.Latest, true, kind);
  last = new WeakRef({ text, isTs, tree });
  return tree;
}

function isFunction(ts: Ts, node: typescript.Node): node is typescript.FunctionLikeDeclaration {
  return ts.isFunctionLike(node) && 'body' in node && node.body !== undefined;
}

function nameOf(ts: Ts, node: typescript.FunctionLikeDeclaration): string | undefined {
  if (ts.isConstructorDeclaration(node)) {
    const owner = ownerName(ts, node.parent);
    return owner && `new ${owner}`;
  }
  if (node.name === undefined) return holderName(ts, node);
  const own = memberName(ts, node.name);
  const owner = ts.isMethodDeclaration(node) || ts.isAccessor(node) ? ownerName(ts, node.parent) : undefined;
  return owner === undefined || own === undefined ? own : `${owner}.${own}`;
}

/** A function without a name is called after what it is first given to. */
function holderName(ts: Ts, node: typescript.Node): string | undefined {
  const holder = node.parent;
  if (ts.isParenthesizedExpression(holder)) return holderName(ts, holder);
  if (ts.isVariableDeclaration(holder) && ts.isIdentifier(holder.name)) return holder.name.text;
  if (
    ts.isBinaryExpression(holder) &&
    holder.right === node &&
    holder.operatorToken.kind === ts.SyntaxKind.EqualsToken
  ) {
    return pathName(ts, holder.left);
  }
  if (!ts.isPropertyAssignment(holder) && !ts.isPropertyDeclaration(holder)) return undefined;
  const own = memberName(ts, holder.name);
  const owner = ownerName(ts, holder.parent);
  return owner === undefined || own === undefined ? own : `${owner}.${own}`;
}

function ownerName(ts: Ts, owner: typescript.Node): string | undefined {
  if (ts.isClassLike(owner)) return owner.name?.text ?? holderName(ts, owner);
  return ts.isObjectLiteralExpression(owner) ? holderName(ts, owner) : undefined;
}

/** `shop.cart.total`; undefined where something is computed on the way. */
function pathName(ts: Ts, node: typescript.Expression): string | undefined {
  if (ts.isIdentifier(node)) return node.text;
  if (node.kind === ts.SyntaxKind.ThisKeyword) return 'this';
  if (!ts.isPropertyAccessExpression(node)) return undefined;
  const owner = pathName(ts, node.expression);
  return owner && `${owner}.${node.name.text}`;
}

function memberName(ts: Ts, name: typescript.DeclarationName): string | undefined {
  if (ts.isIdentifier(name) || ts.isPrivateIdentifier(name) || ts.isStringLiteral(name)) return name.text;
  return undefined;
}
