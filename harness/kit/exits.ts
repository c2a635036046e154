/** What a function gives back, and so what it may give back when it leaves early. */
import ts from 'typescript';
import type { SourceText } from './source-text.ts';
import { type AnyFunction, enclosing, enclosingFunction } from './syntax.ts';
import { COMPARISONS } from './uses.ts';
import { returnsOf } from './value-sources.ts';

export interface Exit {
  /** Behind `return`; '' for a bare one. */
  readonly value: string;
  /** 0 to 1. */
  readonly confidence: number;
}

type Kind = 'null' | 'jsx' | 'array' | 'string' | 'number' | 'boolean' | 'nothing' | 'other';

/** Ways to leave a function with a block, likeliest first: its declared type and its own other exits decide. */
export function exitsOf(source: SourceText, fn: AnyFunction): Exit[] {
  if (!fn.body || !ts.isBlock(fn.body)) return [];
  const values = returnsOf(fn, source);
  const kinds = new Set([...values.map(kindOf), ...kindsOfType(fn.type?.getText())]);
  const own = ownExits(source, fn);
  if (leavesBare(source, fn) || (kinds.size === 0 && own.length === 0))
    return [{ value: '', confidence: isEffect(source, fn) ? 0.4 : 0.55 }];
  const { quote } = source.style;
  const table: readonly (readonly [Kind, string, number])[] = [
    ['null', 'null', 0.55],
    ['jsx', 'null', 0.45],
    ['array', '[]', 0.5],
    ['string', quote + quote, 0.4],
    ['nothing', 'undefined', 0.45],
    ['boolean', 'false', 0.4],
    ['number', '0', 0.35],
  ];
  const exits = new Map<string, Exit>(own.map((value) => [value, { value, confidence: 0.6 }]));
  for (const [kind, value, confidence] of table) {
    if (kinds.has(kind) && !exits.has(value)) exits.set(value, { value, confidence });
  }
  if (exits.size === 0) exits.set('undefined', { value: 'undefined', confidence: 0.25 });
  return [...exits.values()].sort((a, b) => b.confidence - a.confidence);
}

/** What the function returns where it finds something missing: `if (!order) return notFound();` */
function ownExits(source: SourceText, fn: AnyFunction): string[] {
  if (!fn.body) return [];
  const found = source.find(ts.isIfStatement, fn.body).flatMap((statement) => {
    const { thenStatement, expression } = statement;
    const only =
      ts.isBlock(thenStatement) && thenStatement.statements.length === 1 ? thenStatement.statements[0] : thenStatement;
    const isOwn = only && ts.isReturnStatement(only) && only.expression && enclosingFunction(only) === fn;
    if (!isOwn || !only.expression || !ts.isPrefixUnaryExpression(expression)) return [];
    const text = source.textOf(only.expression);
    return text.includes(source.textOf(expression.operand)) || text.includes('\n') ? [] : [text];
  });
  return [...new Set(found)].slice(-2).reverse();
}

/** An effect's bare exit keeps its clean-up from being returned. */
function isEffect(source: SourceText, fn: AnyFunction): boolean {
  const call = enclosing(fn, ts.isCallExpression);
  return call !== undefined && fn.parent === call && /\buse(?:Layout)?Effect$/.test(source.textOf(call.expression));
}

function leavesBare(source: SourceText, fn: AnyFunction): boolean {
  if (!fn.body) return false;
  return source
    .find(ts.isReturnStatement, fn.body)
    .some((one) => one.expression === undefined && enclosingFunction(one) === fn);
}

function kindsOfType(type: string | undefined): Kind[] {
  if (type === undefined) return [];
  const inner = /^Promise<(.*)>$/s.exec(type)?.[1] ?? type;
  return inner.split('|').flatMap((part): Kind[] => {
    const name = part.trim();
    if (name === 'null') return ['null'];
    if (name === 'undefined') return ['nothing'];
    if (/\[\]$|^(?:Readonly)?Array</.test(name)) return ['array'];
    if (name === 'string' || name === 'number' || name === 'boolean') return [name];
    if (/^(?:JSX\.Element|React\.?(?:ReactNode|Element)|ReactNode|ReactElement)/.test(name)) return ['jsx'];
    return name === 'void' ? [] : ['other'];
  });
}

const ARRAY_MAKERS = /^(?:map|filter|flatMap|slice|concat|sort|toSorted|split|from|keys|values|entries)$/;
const STRING_MAKERS = /^(?:join|trim|toUpperCase|toLowerCase|toFixed|format|toString|replace|padStart|toLocaleString)$/;

function kindOf(value: ts.Expression): Kind {
  const node = ts.isParenthesizedExpression(value) ? value.expression : value;
  if (ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node) || ts.isJsxFragment(node)) return 'jsx';
  if (ts.isConditionalExpression(node)) return kindOf(node.whenTrue);
  if (node.kind === ts.SyntaxKind.NullKeyword) return 'null';
  if (ts.isIdentifier(node) && node.text === 'undefined') return 'nothing';
  if (ts.isArrayLiteralExpression(node)) return 'array';
  if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) return 'string';
  if (ts.isNumericLiteral(node)) return 'number';
  if (node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword) return 'boolean';
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) return 'boolean';
  if (ts.isBinaryExpression(node) && COMPARISONS.has(node.operatorToken.kind)) return 'boolean';
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return 'other';
  const { text } = node.expression.name;
  if (ARRAY_MAKERS.test(text)) return 'array';
  return STRING_MAKERS.test(text) ? 'string' : 'other';
}
