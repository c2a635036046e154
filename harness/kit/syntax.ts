/** Questions about one place in the syntax: what is read there, what surrounds it, what its value is used for. */
import ts from 'typescript';
import { readMessage } from './read-message.ts';
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

/** Reads whose receiver was null or undefined, as the message says, nearest to the column first. */
export function nullishReads(
  source: SourceText,
  at: { message: string; line: number; column?: number | undefined },
): Access[] {
  const complaint = readMessage(at.message);
  if (complaint.kind !== 'nullish-read') return [];
  const { property, receiver } = complaint;
  const accesses = source
    .findOnLine(at, isAccess, (node) => anchorOf(source, node))
    .filter((node) => !isOptional(node));
  const named = accesses.filter((node) => property === undefined || nameOf(node) === property || isComputed(node));
  const exact =
    receiver === undefined ? named : named.filter((node) => pathOf(source, node.expression) === squeeze(receiver));
  const kept = exact.length > 0 ? exact : named;
  return [...kept].sort((a, b) => Number(isComputed(a)) - Number(isComputed(b)));
}

/** Calls on a line whose callee has this name. */
export function callsNamed(
  source: SourceText,
  at: { line: number; column?: number | undefined },
  name: string,
): ts.CallExpression[] {
  return source
    .findOnLine(at, ts.isCallExpression, (node) =>
      isAccess(node.expression) ? anchorOf(source, node.expression) : source.start(node),
    )
    .filter(
      ({ expression }) =>
        (isAccess(expression) ? nameOf(expression) : ts.isIdentifier(expression) ? expression.text : undefined) ===
        name,
    );
}

function isComputed(node: Access): boolean {
  return ts.isElementAccessExpression(node) && nameOf(node) === undefined;
}

/** V8 points at the name that is read. */
function anchorOf(source: SourceText, node: Access): number {
  return ts.isPropertyAccessExpression(node) ? source.start(node.name) : source.start(node.argumentExpression);
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

function squeeze(path: string): string {
  return path.replace(/\s+|[?!]/g, '');
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

/** What a value is used for, which says what may stand in for it. */
export type Use = 'array' | 'string' | 'number' | 'jsx' | 'condition' | 'discarded' | 'assigned' | 'other';

const ARRAY_METHODS = new Set(
  'map filter forEach reduce reduceRight find findIndex findLast some every flatMap flat push pop shift unshift splice sort reverse entries values fill toSorted toReversed at join slice concat includes indexOf length'.split(
    ' ',
  ),
);
const STRING_METHODS = new Set(
  'trim trimStart trimEnd toLowerCase toUpperCase split replace replaceAll startsWith endsWith padStart padEnd charAt charCodeAt codePointAt substring substr localeCompare match matchAll normalize repeat toLocaleLowerCase toLocaleUpperCase'.split(
    ' ',
  ),
);
const NUMBER_METHODS = new Set('toFixed toPrecision toExponential'.split(' '));
const DATE_METHODS = new Set(
  'getTime getFullYear getMonth getDate getDay getHours getMinutes toISOString toDateString toLocaleDateString toLocaleTimeString toUTCString valueOf'.split(
    ' ',
  ),
);

/** The type whose method or property a name is; `length` and what both have count as an array's. */
export function typeOfMember(name: string | undefined): 'array' | 'string' | 'number' | 'date' | undefined {
  if (name === undefined) return undefined;
  if (STRING_METHODS.has(name)) return 'string';
  if (NUMBER_METHODS.has(name)) return 'number';
  if (ARRAY_METHODS.has(name)) return 'array';
  return DATE_METHODS.has(name) ? 'date' : undefined;
}

/** What stands in for a missing value of a type, as source text. */
export function defaultFor(type: 'array' | 'string' | 'number' | 'object', quote: string): string {
  return { array: '[]', string: quote + quote, number: '0', object: '{}' }[type];
}

/** How the value of an expression is used where it stands. */
export function useOf(node: ts.Expression): Use {
  const { parent } = node;
  if (ts.isParenthesizedExpression(parent) || ts.isAsExpression(parent) || ts.isNonNullExpression(parent))
    return useOf(parent);
  if (ts.isExpressionStatement(parent)) return 'discarded';
  if (ts.isJsxExpression(parent)) return ts.isJsxAttribute(parent.parent) ? 'other' : 'jsx';
  if (ts.isSpreadElement(parent) || (ts.isForOfStatement(parent) && parent.expression === node)) return 'array';
  if (ts.isTemplateSpan(parent)) return 'string';
  if (isAccess(parent) && parent.expression === node) return useOfMember(nameOf(parent));
  if (ts.isIfStatement(parent) || ts.isWhileStatement(parent) || ts.isPrefixUnaryExpression(parent)) return 'condition';
  if (ts.isConditionalExpression(parent)) return parent.condition === node ? 'condition' : useOf(parent);
  if (ts.isBinaryExpression(parent)) return useInBinary(node, parent);
  return 'other';
}

function useOfMember(name: string | undefined): Use {
  const type = typeOfMember(name);
  return type === undefined || type === 'date' ? 'other' : type;
}

function useInBinary(node: ts.Expression, parent: ts.BinaryExpression): Use {
  const { kind } = parent.operatorToken;
  if (kind === ts.SyntaxKind.EqualsToken) return parent.left === node ? 'assigned' : 'other';
  const numeric = [
    ts.SyntaxKind.MinusToken,
    ts.SyntaxKind.AsteriskToken,
    ts.SyntaxKind.SlashToken,
    ts.SyntaxKind.PercentToken,
    ts.SyntaxKind.PlusEqualsToken,
    ts.SyntaxKind.MinusEqualsToken,
  ];
  if (numeric.includes(kind)) return 'number';
  if (kind === ts.SyntaxKind.PlusToken)
    return ts.isStringLiteralLike(parent.left) || ts.isStringLiteralLike(parent.right) ? 'string' : 'number';
  const logical = [
    ts.SyntaxKind.AmpersandAmpersandToken,
    ts.SyntaxKind.BarBarToken,
    ts.SyntaxKind.QuestionQuestionToken,
  ];
  if (logical.includes(kind)) return parent.left === node ? 'condition' : useOf(parent);
  const comparing = [
    ts.SyntaxKind.GreaterThanToken,
    ts.SyntaxKind.LessThanToken,
    ts.SyntaxKind.GreaterThanEqualsToken,
    ts.SyntaxKind.LessThanEqualsToken,
    ts.SyntaxKind.EqualsEqualsEqualsToken,
    ts.SyntaxKind.ExclamationEqualsEqualsToken,
    ts.SyntaxKind.EqualsEqualsToken,
    ts.SyntaxKind.ExclamationEqualsToken,
  ];
  return comparing.includes(kind) ? 'condition' : 'other';
}
