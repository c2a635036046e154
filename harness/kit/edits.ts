/** Edits that read as if the file's own author had written them. */
import ts from 'typescript';
import type { FixerEdit } from './fixer.ts';
import { demandOf, mayStandIn, strengthOf } from './precedence.ts';
import type { SourceText } from './source-text.ts';
import type { Access } from './syntax.ts';

/** `a.b` to `a?.b`, `a[b]` to `a?.[b]`. */
export function chainOptionally(source: SourceText, access: Access): FixerEdit {
  const end = access.expression.getEnd();
  if (ts.isPropertyAccessExpression(access)) {
    const dot = source.text.indexOf('.', end);
    return { start: dot, end: dot + 1, text: '?.' };
  }
  const bracket = source.text.indexOf('[', end);
  return { start: bracket, end: bracket, text: '?.' };
}

/** Whether `?.` may stand in a chain: not where it is assigned to, deleted or constructed. */
export function mayChain(chain: ts.Expression): boolean {
  const { parent } = chain;
  if (ts.isBinaryExpression(parent) && parent.left === chain) {
    const { kind } = parent.operatorToken;
    if (kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment) return false;
  }
  if (ts.isPostfixUnaryExpression(parent)) return false;
  if (ts.isPrefixUnaryExpression(parent)) {
    return parent.operator === ts.SyntaxKind.ExclamationToken || parent.operator === ts.SyntaxKind.MinusToken;
  }
  return !ts.isNewExpression(parent) && !ts.isTaggedTemplateExpression(parent) && !ts.isDecorator(parent);
}

/** `node` to `node ?? value`, with the file's own operator and parentheses where the place asks for them. */
export function withDefault(source: SourceText, node: ts.Expression, value: string): FixerEdit[] {
  const operator = source.style.otherwise;
  const inner = mayStandIn(node, operator);
  return surround(source, node, {
    before: inner ? '' : '(',
    after: `${inner ? '' : ')'} ${operator} ${value}`,
    operator,
  });
}

/** `node` to `test && node`. */
export function withConjunct(source: SourceText, node: ts.Expression, test: string): FixerEdit[] {
  const inner = mayStandIn(node, '&&');
  return surround(source, node, { before: `${test} && ${inner ? '' : '('}`, after: inner ? '' : ')', operator: '&&' });
}

/** `!node` and its like to `!test || !node`. */
export function withDisjunct(source: SourceText, node: ts.Expression, test: string): FixerEdit[] {
  const inner = mayStandIn(node, '||');
  return surround(source, node, { before: `${test} || ${inner ? '' : '('}`, after: inner ? '' : ')', operator: '||' });
}

/** `node` to `test ? node : otherwise`. */
export function withTernary(
  source: SourceText,
  node: ts.Expression,
  { test, otherwise }: { test: string; otherwise: string },
): FixerEdit[] {
  return surround(source, node, { before: `${test} ? `, after: ` : ${otherwise}`, operator: '?:' });
}

/** `node` to `before(node)after`, for a call around it: never in need of parentheses. */
export function withCall(source: SourceText, node: ts.Expression, name: string): FixerEdit[] {
  if (ts.isParenthesizedExpression(node)) return [{ start: source.start(node), end: source.start(node), text: name }];
  return [
    { start: source.start(node), end: source.start(node), text: `${name}(` },
    { start: node.getEnd(), end: node.getEnd(), text: ')' },
  ];
}

interface Around {
  readonly before: string;
  readonly after: string;
  readonly operator: '&&' | '||' | '??' | '?:';
}

function surround(source: SourceText, node: ts.Expression, { before, after, operator }: Around): FixerEdit[] {
  const [open, close] = strengthOf(operator) > demandOf(node, operator) ? ['', ''] : ['(', ')'];
  return [
    { start: source.start(node), end: source.start(node), text: `${open}${before}` },
    { start: node.getEnd(), end: node.getEnd(), text: `${after}${close}` },
  ];
}

/** A statement in front of another one, in its indentation. */
export function insertBefore(source: SourceText, statement: ts.Node, text: string): FixerEdit {
  const at = source.start(statement);
  return { start: at, end: at, text: `${text}${source.style.newline}${source.indentOf(statement)}` };
}

/** A statement behind another one, in its indentation. */
export function insertAfter(source: SourceText, statement: ts.Node, text: string): FixerEdit {
  const at = statement.getEnd();
  return { start: at, end: at, text: `${source.style.newline}${source.indentOf(statement)}${text}` };
}

/** `if (test) exit`, written as the file writes its own. `indent` is that of the line on which it will stand. */
export function exitText(
  source: SourceText,
  { test, exit, indent }: { test: string; exit: string; indent: string },
): string {
  const { semicolon, newline, braces, indent: step } = source.style;
  if (!braces) return `if (${test}) ${exit}${semicolon}`;
  return `if (${test}) {${newline}${indent}${step}${exit}${semicolon}${newline}${indent}}`;
}

/** `if (test) exit` in front of a statement. */
export function exitBefore(
  source: SourceText,
  statement: ts.Statement,
  { test, exit }: { test: string; exit: string },
): FixerEdit {
  return insertBefore(source, statement, exitText(source, { test, exit, indent: source.indentOf(statement) }));
}

/** `try { attempt } catch { otherwise }` on lines of their own; both without a semicolon. `indent` as for `exitText`. */
export function tryText(
  source: SourceText,
  { attempt, otherwise, indent }: { attempt: string; otherwise: string; indent: string },
): string {
  const { indent: step, newline, semicolon } = source.style;
  return [
    'try {',
    `${indent}${step}${attempt}${semicolon}`,
    `${indent}} catch {`,
    `${indent}${step}${otherwise}${semicolon}`,
    `${indent}}`,
  ].join(newline);
}

/** `statement` to `if (test) statement`, in a block where the file writes them so. */
export function onlyIf(source: SourceText, statement: ts.Statement, test: string): FixerEdit[] {
  const start = source.start(statement);
  const end = statement.getEnd();
  if (!source.style.blocks) return [{ start, end: start, text: `if (${test}) ` }];
  const { newline, indent: step } = source.style;
  const indent = source.indentOf(statement);
  return [
    { start, end: start, text: `if (${test}) {${newline}${indent}${step}` },
    ...lineStartsIn(source, statement).map((at) => ({ start: at, end: at, text: step })),
    { start: end, end, text: `${newline}${indent}}` },
  ];
}

/** Starts of a node's further lines, but of those that lie in a text: they say what they say. */
function lineStartsIn(source: SourceText, node: ts.Node): number[] {
  const [first, last] = [source.lineOf(source.start(node)), source.lineOf(node.getEnd())];
  const texts = source.find(ts.isTemplateLiteral, node);
  const starts: number[] = [];
  for (let line = first + 1; line <= last; line++) {
    const [at, end] = source.lineSpan(line);
    const isText = texts.some((text) => text.getStart(source.tree) < at && text.end > at);
    if (end > at && !isText) starts.push(at);
  }
  return starts;
}

/** One more entry of a list or an object behind its last one, on a line of its own where that is. */
export function entryAfter(source: SourceText, entry: ts.Node, text: string): FixerEdit {
  const { newline } = source.style;
  const indent = /(?:^|\n)([ \t]*)$/.exec(source.text.slice(0, source.start(entry)))?.[1];
  const separator = indent === undefined ? ' ' : `${newline}${indent}`;
  const comma = /^\s*,/.exec(source.text.slice(entry.getEnd()))?.[0].length ?? 0;
  const at = entry.getEnd() + comma;
  return { start: at, end: at, text: comma > 0 ? `${separator}${text},` : `,${separator}${text}` };
}

/** Sorted by place, so that equal patches are equal lists. */
export function sortEdits<T extends FixerEdit>(edits: readonly T[]): T[] {
  return [...edits].sort((a, b) => compareText(a.file ?? '', b.file ?? '') || a.start - b.start || a.end - b.end);
}

/** By code unit: the same on every machine, whatever its language. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
