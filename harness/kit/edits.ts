/** Edits that read as if the file's own author had written them. */
import ts from 'typescript';
import type { FixerEdit } from './fixer.ts';
import type { SourceText } from './source-text.ts';
import { type Access, isAccess } from './syntax.ts';

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
  if (ts.isPrefixUnaryExpression(parent))
    return parent.operator === ts.SyntaxKind.ExclamationToken || parent.operator === ts.SyntaxKind.MinusToken;
  return (
    !ts.isNewExpression(parent) &&
    !ts.isTaggedTemplateExpression(parent) &&
    !ts.isDecorator(parent) &&
    !ts.isArrayLiteralExpression(chain)
  );
}

/** Puts `before` and `after` around a node, in parentheses where the place asks for them. */
export function wrap(
  source: SourceText,
  node: ts.Expression,
  { before, after }: { before: string; after: string },
): FixerEdit[] {
  const [open, close] = needsParentheses(node) ? ['(', ')'] : ['', ''];
  return [
    { start: source.start(node), end: source.start(node), text: `${open}${before}` },
    { start: node.getEnd(), end: node.getEnd(), text: `${after}${close}` },
  ];
}

function needsParentheses(node: ts.Expression): boolean {
  const { parent } = node;
  if (isAccess(parent) || ts.isCallExpression(parent)) return parent.expression === node;
  return (
    ts.isBinaryExpression(parent) ||
    ts.isPrefixUnaryExpression(parent) ||
    ts.isNonNullExpression(parent) ||
    ts.isAsExpression(parent) ||
    ts.isAwaitExpression(parent) ||
    (ts.isConditionalExpression(parent) && parent.condition === node)
  );
}

/** A statement in front of another one, in its indentation. */
export function insertBefore(source: SourceText, statement: ts.Node, text: string): FixerEdit {
  const at = source.start(statement);
  return { start: at, end: at, text: `${text}${source.style.newline}${source.indentOf(statement)}` };
}

/** Sorted by place, so that equal patches are equal lists. */
export function sortEdits(edits: readonly FixerEdit[]): FixerEdit[] {
  return [...edits].sort((a, b) => (a.file ?? '').localeCompare(b.file ?? '') || a.start - b.start || a.end - b.end);
}
