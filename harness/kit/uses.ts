/** What a value is used for, which says what may stand in for it when it is missing. */
import ts from 'typescript';
import { isGuarded } from './guards.ts';
import type { SourceText } from './source-text.ts';
import { type Access, enclosingFunction, isAccess, isOptional, nameOf, pathOf } from './syntax.ts';

/** The kinds of use. */
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

/** The type whose default a chain needs when `?.` makes it undefined; undefined where undefined will do. */
export function needOf(source: SourceText, chain: ts.Expression): 'array' | 'string' | 'number' | undefined {
  const { parent } = chain;
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) return needOfName(source, parent.name);
  const use = useOf(chain);
  if (use === 'array' || use === 'string' || use === 'number')
    return isAccess(chain) && nameOf(chain) === 'length' ? 'number' : use;
  const isCount = use === 'other' && isAccess(chain) && nameOf(chain) === 'length' && !isCompared(chain);
  return isCount ? 'number' : undefined;
}

/** What the unguarded reads of a variable ask of it, and texts that it is put into. */
function needOfName(source: SourceText, name: ts.Identifier): 'array' | 'string' | 'number' | undefined {
  const scope = enclosingFunction(name)?.body ?? source.tree;
  const types: Use[] = readsOf(source, name.text, scope)
    .filter((access) => !isOptional(access) && !isGuarded(source, access, name.text))
    .map((access) => useOfMember(nameOf(access)));
  const isText = source
    .find(ts.isIdentifier, scope)
    .some((one) => one.text === name.text && ts.isTemplateSpan(one.parent) && !isGuarded(source, one, name.text));
  if (isText) types.push('string');
  return (['string', 'number', 'array'] as const).find((type) => types.includes(type));
}

/** Where members of a path are read. */
export function readsOf(source: SourceText, path: string, scope: ts.Node): Access[] {
  return source.find(isAccess, scope).filter((access) => pathOf(source, access.expression) === path);
}

function isCompared({ parent }: ts.Expression): boolean {
  return ts.isBinaryExpression(parent) && COMPARISONS.has(parent.operatorToken.kind);
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

/** The condition that a value decides: itself, or the comparison or negation that it is part of. */
export function conditionAround(chain: ts.Expression): ts.Expression | undefined {
  let at: ts.Expression = chain;
  while (isTestPart(at.parent, at)) at = at.parent;
  return isTest(at) || (at !== chain && isLogicalPart(at)) || (isLogicalPart(at) && useOf(at) === 'condition')
    ? at
    : undefined;
}

function isTestPart(parent: ts.Node, node: ts.Expression): parent is ts.Expression {
  if (ts.isPrefixUnaryExpression(parent)) return parent.operator === ts.SyntaxKind.ExclamationToken;
  if (ts.isCallExpression(parent)) return parent.arguments.includes(node) && (isTest(parent) || isLogicalPart(parent));
  return ts.isBinaryExpression(parent) && COMPARISONS.has(parent.operatorToken.kind);
}

/** Operators that give true or false. */
export const COMPARISONS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.GreaterThanToken,
  ts.SyntaxKind.LessThanToken,
  ts.SyntaxKind.GreaterThanEqualsToken,
  ts.SyntaxKind.LessThanEqualsToken,
  ts.SyntaxKind.InKeyword,
  ts.SyntaxKind.InstanceOfKeyword,
]);

function isTest(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isIfStatement(parent) || ts.isWhileStatement(parent)) return parent.expression === node;
  if (ts.isConditionalExpression(parent)) return parent.condition === node;
  return ts.isArrowFunction(parent) && parent.body === node && ts.isBinaryExpression(node);
}

function isLogicalPart({ parent }: ts.Expression): boolean {
  if (!ts.isBinaryExpression(parent)) return false;
  const { kind } = parent.operatorToken;
  return kind === ts.SyntaxKind.AmpersandAmpersandToken || kind === ts.SyntaxKind.BarBarToken;
}
