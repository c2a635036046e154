/** Text is parsed that may be none of its kind: take a fitting value where it is not. */
import ts from 'typescript';
import { tryText, withCall } from '../harness/kit/edits.ts';
import { type Alternative, defineFixer } from '../harness/kit/fixer.ts';
import { isGuarded } from '../harness/kit/guards.ts';
import { readMessage } from '../harness/kit/read-message.ts';
import { kindSeen } from '../harness/kit/seen-values.ts';
import { shapeOf } from '../harness/kit/shapes.ts';
import type { SourceText } from '../harness/kit/source-text.ts';
import { enclosing, enclosingFunction, isAccess, nameOf, pathOf } from '../harness/kit/syntax.ts';
import { defaultFor, readsOf, typeOfMember } from '../harness/kit/uses.ts';

/** What throws on text of another kind, in the words of the engines. */
const NOT_URL = /Invalid URL|is not a valid URL|cannot be parsed as a URL/;
const NOT_URI = /URI malformed|malformed URI sequence/;
const NOT_PATTERN = /Invalid regular expression/;
const NOT_BASE64 = /Failed to execute 'atob'|The string contains invalid characters/;
const NOT_SELECTOR = /Failed to execute '(?<method>querySelector(?:All)?|matches|closest)'.*is not a valid selector/;
/** Characters that mean something in a pattern, and what is put in their place, as source text. */
const SPECIAL = /[.*+?^${}()|[\]\\]/g;
const BEFORE = '\\\\$&';
const NOTHING_THERE =
  /^(?:SyntaxError: )?(?:Unexpected end of (?:JSON )?input|JSON\.parse: unexpected end)|"(?:undefined|null)" is not valid/;

export const fixer = defineFixer({
  id: 'parse-fallback',
  summary: 'Text that cannot be parsed at times: fall back to a fitting value.',
  example: {
    message: 'Unexpected token \'k\', "keel" is not valid JSON',
    before: "function read(text) {\n  return JSON.parse(text ?? '[]');\n}",
    after: "function read(text) {\n  try {\n    return JSON.parse(text ?? '[]');\n  } catch {\n    return [];\n  }\n}",
  },
  *propose(suspect, source, project) {
    const parser = parserOf(suspect.message);
    if (parser === undefined) return;
    const isCall = (node: ts.Node): node is Parsing =>
      (ts.isCallExpression(node) || ts.isNewExpression(node)) && isCalled(source, node.expression, parser);
    for (const call of source.findOnLine(suspect, isCall, (node) => source.start(node)).slice(0, 2)) {
      const [argument] = call.arguments ?? [];
      if (argument === undefined || enclosing(call, ts.isTryStatement)?.catchClause) continue;
      if (NOT_SELECTOR.test(suspect.message)) yield* escaped(source, argument);
      if (NOT_PATTERN.test(suspect.message)) yield* quoted(source, argument);
      const path = pathOf(source, argument);
      if (path !== undefined && isGuarded(source, call, path) && NOTHING_THERE.test(suspect.message)) continue;
      const fallback = fallbackOf(call, argument, { source, shape: () => shapeOf(source, call, project), parser });
      const isEmpty =
        NOTHING_THERE.test(suspect.message) ||
        (path !== undefined && isMissing(suspect.values, path) && !isGuarded(source, call, path));
      if (isEmpty && path !== undefined) yield whereThere(source, call, { path, fallback });
      yield* tried(source, call, fallback);
    }
  },
});

function isCalled(source: SourceText, callee: ts.Expression, parser: string): boolean {
  return source.textOf(callee) === parser || (isAccess(callee) && !parser.includes('.') && nameOf(callee) === parser);
}

/** `'#' + id` to `'#' + CSS.escape(id)`: what is put into a selector may hold any character. */
function* escaped(source: SourceText, selector: ts.Expression): Generator<Alternative> {
  const parts = ts.isTemplateExpression(selector)
    ? selector.templateSpans.map(({ expression }) => expression)
    : ts.isBinaryExpression(selector)
      ? [selector.right]
      : [];
  const open = parts.filter((part) => !ts.isLiteralExpression(part) && !source.textOf(part).startsWith('CSS.escape('));
  if (open.length === 0) return;
  yield {
    edits: open.flatMap((part) => withCall(source, part, 'CSS.escape')),
    title: `escape ${open.map((part) => source.textOf(part)).join(' and ')} in the selector`,
    confidence: 0.7,
  };
}

/** A text that people typed is sought as it is, not as a pattern. */
function* quoted(source: SourceText, pattern: ts.Expression): Generator<Alternative> {
  const path = pathOf(source, pattern);
  if (path === undefined) return;
  const end = pattern.getEnd();
  yield {
    edits: [{ start: end, end, text: `.replace(${SPECIAL}, ${source.style.quote}${BEFORE}${source.style.quote})` }],
    title: `look for ${path} as it is written`,
    confidence: 0.7,
  };
}

function isMissing(values: Parameters<typeof kindSeen>[0], path: string): boolean {
  return kindSeen(values, path) === 'missing';
}

type Parsing = ts.CallExpression | ts.NewExpression;

/** What throws: a function, a class, or a method of whatever. */
function parserOf(message: string): string | undefined {
  if (readMessage(message).kind === 'not-json') return 'JSON.parse';
  if (NOT_URL.test(message)) return 'URL';
  if (NOT_URI.test(message)) return 'decodeURIComponent';
  if (NOT_PATTERN.test(message)) return 'RegExp';
  if (NOT_BASE64.test(message)) return 'atob';
  return NOT_SELECTOR.exec(message)?.groups?.method;
}

/** The text's own default, where it has one; else what the use of the result asks for. */
function fallbackOf(
  call: Parsing,
  argument: ts.Expression,
  { source, shape, parser }: { source: SourceText; shape: () => ReturnType<typeof shapeOf>; parser: string },
): string {
  if (parser === 'decodeURIComponent') return source.textOf(argument);
  if (parser === 'URL') return 'null';
  if (ts.isBinaryExpression(argument) && ts.isStringLiteralLike(argument.right)) {
    const text = argument.right.text.trim();
    if (/^(?:\[\]|\{\}|null|""|-?\d+|true|false)$/.test(text)) return text;
  }
  const known = isAccess(call.parent) ? shape() : shapeOfVariable(call, source);
  return known === undefined ? 'null' : defaultFor(known, source.style.quote);
}

/** What is read of the variable that takes the result. */
function shapeOfVariable(call: Parsing, source: SourceText): 'array' | 'string' | 'number' | 'object' | undefined {
  const holder = call.parent;
  if (!ts.isVariableDeclaration(holder)) return undefined;
  if (ts.isObjectBindingPattern(holder.name)) return 'object';
  if (ts.isArrayBindingPattern(holder.name)) return 'array';
  const reads = readsOf(source, holder.name.text, source.tree);
  const types = reads.map((access) => typeOfMember(nameOf(access)));
  const type = types.find((one) => one === 'array' || one === 'string' || one === 'number');
  return type ?? (reads.length > 0 ? 'object' : undefined);
}

function whereThere(
  source: SourceText,
  call: Parsing,
  { path, fallback }: { path: string; fallback: string },
): Alternative {
  const start = source.start(call);
  const isHeld = isAccess(call.parent) || ts.isBinaryExpression(call.parent);
  return {
    edits: [
      { start, end: start, text: `${isHeld ? '(' : ''}${path} ? ` },
      { start: call.getEnd(), end: call.getEnd(), text: ` : ${fallback}${isHeld ? ')' : ''}` },
    ],
    title: `parse ${path} only where it is there`,
    confidence: 0.6,
  };
}

/** `return parse(…)` and `const value = parse(…)`: the same with another value, where it throws. */
function* tried(source: SourceText, call: Parsing, fallback: string): Generator<Alternative> {
  const statement = enclosing(
    call,
    (node): node is ts.ReturnStatement | ts.VariableStatement =>
      ts.isReturnStatement(node) || ts.isVariableStatement(node),
  );
  const holder = statement && enclosing(call, ts.isBlock);
  if (statement === undefined || holder !== statement.parent) return;
  if (enclosingFunction(call) !== enclosingFunction(statement)) return;
  const value = ts.isReturnStatement(statement) ? statement.expression : declaredValue(statement);
  if (value === undefined || enclosing(call, ts.isAwaitExpression)) return;
  const otherwise = instead(source, value, { call, fallback });
  const indent = source.indentOf(statement);
  const block = (within: (value: string) => string): string =>
    tryText(source, { attempt: within(source.textOf(value)), otherwise: within(otherwise), indent });
  const text = ts.isReturnStatement(statement) ? block((one) => `return ${one}`) : assigned(source, statement, block);
  if (text === undefined) return;
  yield {
    edits: [{ start: source.start(statement), end: statement.getEnd(), text }],
    title: `use ${otherwise} where the text cannot be parsed`,
    confidence: 0.55,
  };
}

/** Of a lone `const value = …`; a pattern would have to be spelt out. */
function declaredValue({ declarationList }: ts.VariableStatement): ts.Expression | undefined {
  const [only, ...more] = declarationList.declarations;
  return only && more.length === 0 && ts.isIdentifier(only.name) ? only.initializer : undefined;
}

function assigned(
  source: SourceText,
  { declarationList }: ts.VariableStatement,
  block: (within: (value: string) => string) => string,
): string | undefined {
  const [only] = declarationList.declarations;
  if (only === undefined) return undefined;
  const name = source.textOf(only.name);
  const type = only.type ? `: ${source.textOf(only.type)}` : '';
  const { newline, semicolon } = source.style;
  const outer = source.indentOf(declarationList);
  return `let ${name}${type}${semicolon}${newline}${outer}${block((one) => `${name} = ${one}`)}`;
}

/** The whole expression with the fallback in the call's place. */
function instead(
  source: SourceText,
  whole: ts.Expression,
  { call, fallback }: { call: Parsing; fallback: string },
): string {
  const text = source.textOf(whole);
  const from = source.start(whole);
  return `${text.slice(0, source.start(call) - from)}${fallback}${text.slice(call.getEnd() - from)}`;
}
