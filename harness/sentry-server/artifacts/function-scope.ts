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

/** From the first place of a function to the one after its last; `name` is undefined where it has none. */
export interface FunctionSpan {
  readonly from: Place;
  readonly to: Place;
  readonly name: string | undefined;
}

const SCRIPT = /\.(?:[cm]?[jt]s|[jt]sx)$/i;
const MOST_NAME = 512;

/** All functions of a source, outer ones before inner ones; undefined in languages that are not read here. */
export function functionsIn(source: string, text: string): FunctionSpan[] | undefined {
  const [path = ''] = source.split(/[?#]/, 1);
  if (!SCRIPT.test(path) || text.length > artifactLimits.scopeChars) return undefined;
  try {
    return spansIn(compiler(), path, text);
  } catch (error) {
    // Thousands of brackets in brackets overflow the parser's stack.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The innermost function around the place; undefined outside of all. */
export function functionAround(spans: readonly FunctionSpan[], place: Place): FunctionSpan | undefined {
  return spans.findLast(({ from, to }) => !isBefore(place, from) && isBefore(place, to));
}

function isBefore(a: Place, b: Place): boolean {
  return a.line < b.line || (a.line === b.line && a.column < b.column);
}

function spansIn(ts: Ts, path: string, text: string): FunctionSpan[] {
  // Angle brackets are casts in one and elements in the others.
  const kind = /\.[cm]?ts$/i.test(path) ? ts.ScriptKind.TS : ts.ScriptKind.TSX;
  const tree = ts.createSourceFile('source.tsx', text, ts.ScriptTarget.Latest, true, kind);
  const placeAt = (offset: number): Place => {
    const { line, character } = tree.getLineAndCharacterOfPosition(offset);
    return { line: line + 1, column: character + 1 };
  };
  const spans: FunctionSpan[] = [];
  const visit = (node: typescript.Node): void => {
    if (isFunction(ts, node)) {
      const name = nameOf(ts, node)?.slice(0, MOST_NAME);
      spans.push({ from: placeAt(node.getStart(tree)), to: placeAt(node.end), name });
    }
    node.forEachChild(visit);
  };
  visit(tree);
  return spans;
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
