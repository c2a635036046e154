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

/** The statement, without its semicolon. */
export function returnText({ value }: Exit): string {
  return value === '' ? 'return' : `return ${value}`;
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
  const empty = values.map((value) => emptyLike(source, value)).find((one) => one !== undefined);
  if (empty !== undefined && !exits.has(empty)) exits.set(empty, { value: empty, confidence: 0.5 });
  if (exits.size === 0) exits.set('undefined', { value: 'undefined', confidence: 0.25 });
  return [...exits.values()].sort((a, b) => b.confidence - a.confidence);
}

const MOST_KEYS = 5;

/** `{ name: '', rows: [] }` for a function that returns such an object; undefined where a key's type is not plain to see. */
function emptyLike(source: SourceText, value: ts.Expression): string | undefined {
  const node = ts.isParenthesizedExpression(value) ? value.expression : value;
  if (!ts.isObjectLiteralExpression(node) || node.properties.length === 0 || node.properties.length > MOST_KEYS)
    return undefined;
  const { quote } = source.style;
  const nothing: Readonly<Partial<Record<Kind, string>>> = {
    array: '[]',
    string: quote + quote,
    number: '0',
    boolean: 'false',
    null: 'null',
  };
  const members = node.properties.map((member) => {
    if (ts.isShorthandPropertyAssignment(member)) return { name: source.textOf(member.name), empty: undefined };
    if (!ts.isPropertyAssignment(member)) return undefined;
    const kind = isLength(member.initializer) ? 'number' : kindOf(member.initializer);
    const empty = kind === 'other' ? defaultIn(source, member.initializer) : nothing[kind];
    return { name: source.textOf(member.name), empty };
  });
  const known = members.flatMap((member) => member ?? []);
  if (known.length < members.length || known.every(({ empty }) => empty === undefined)) return undefined;
  // What nobody can tell is null: there is none.
  const texts = known.map(({ name, empty = 'null' }) => `${name}: ${empty}`);
  // As the author spaces it.
  const space = /^\{\s/.test(source.textOf(node)) && !/^\{\n/.test(source.textOf(node)) ? ' ' : spaceOf(source);
  return `{${space}${texts.join(', ')}${space}}`;
}

function isLength(node: ts.Expression): boolean {
  return ts.isPropertyAccessExpression(node) && node.name.text === 'length';
}

/** `[]` of `rows ?? []`. */
function defaultIn(source: SourceText, node: ts.Expression): string | undefined {
  if (!ts.isBinaryExpression(node)) return undefined;
  const { kind } = node.operatorToken;
  const isDefault = kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken;
  const isPlain = /^(?:\[\]|\{\}|''|""|0|null|false)$/.test(source.textOf(node.right));
  return isDefault && isPlain ? source.textOf(node.right) : undefined;
}

function spaceOf(source: SourceText): string {
  const tight = source.text.match(/\{\w+: /g)?.length ?? 0;
  const wide = source.text.match(/\{ \w+: /g)?.length ?? 0;
  return tight > wide ? '' : ' ';
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
  // lit, htm and their like show an empty text as nothing.
  if (ts.isTaggedTemplateExpression(node)) return 'string';
  if (ts.isNumericLiteral(node)) return 'number';
  if (node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword) return 'boolean';
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) return 'boolean';
  if (ts.isBinaryExpression(node) && COMPARISONS.has(node.operatorToken.kind)) return 'boolean';
  if (ts.isCallExpression(node) && /\b(?:create|clone)Element$|\bcreatePortal$/.test(node.expression.getText()))
    return 'jsx';
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return 'other';
  const { text } = node.expression.name;
  if (ARRAY_MAKERS.test(text)) return 'array';
  return STRING_MAKERS.test(text) ? 'string' : 'other';
}
