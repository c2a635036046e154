/**
 * A patch whose values are gone again: what it wrote is replaced by `undefined`. A scenario that stays green without them does
 * not see what the patch changed, and proves less of it.
 */
import { diffLines } from 'diff';
import ts from 'typescript';
import { applyEdits } from '../kit/apply-edits.ts';
import { isScript, SourceText } from '../kit/source-text.ts';
import { chainAround, isAccess } from '../kit/syntax.ts';
import type { Edit, Patch } from '../model/patch.ts';

/** Undefined where the patch wrote no value that could be missed: an exit without one, a block, another language. */
export function withoutValue(patch: Patch, readSource: (file: string) => string | undefined): Patch | undefined {
  if (patch.newFiles.length > 0) return undefined;
  const edits = [...new Set(patch.edits.map(({ file }) => file))].flatMap((file): Edit[] => {
    const before = readSource(file);
    const own = patch.edits.filter((edit) => edit.file === file);
    const after = before === undefined || !isScript(file) ? undefined : applyEdits(before, own);
    if (before === undefined || after === undefined) return [];
    const source = new SourceText(file, after);
    const values = outermost(writtenBy(own).flatMap((region) => valueIn(source, region) ?? []));
    const text = applyEdits(
      after,
      values.map((node) => ({ start: source.start(node), end: node.getEnd(), text: standIn(node) })),
    );
    return text === undefined || values.length === 0 ? [] : changedLines(file, before, text);
  });
  if (edits.length === 0) return undefined;
  // Files without a value keep what the patch wrote.
  const kept = patch.edits.filter(({ file }) => !edits.some((edit) => edit.file === file));
  return {
    ...patch,
    id: `${patch.id}-without`,
    title: `${patch.title}, without its value`,
    edits: [...edits, ...kept],
  };
}

/** The edits that turn one text into another, line by line. */
function changedLines(file: string, before: string, after: string): Edit[] {
  const edits: Edit[] = [];
  let at = 0;
  let last: Edit | undefined;
  for (const { added, removed, value } of diffLines(before, after)) {
    if (!added && !removed) last = undefined;
    else if (last === undefined) {
      last = { file, start: at, end: at, text: '' };
      edits.push(last);
    }
    if (last && added) last.text += value;
    if (last && removed) last.end += value.length;
    if (!added) at += value.length;
  }
  return edits;
}

interface Region {
  readonly start: number;
  readonly end: number;
}

/** Where the edits' texts stand when they are applied. */
function writtenBy(edits: readonly Edit[]): Region[] {
  let shift = 0;
  return [...edits]
    .sort((a, b) => a.start - b.start || a.end - b.end)
    .map(({ start, end, text }) => {
      const region = { start: start + shift, end: start + shift + text.length };
      shift += text.length - (end - start);
      return region;
    });
}

/** What a written statement gives back, or the whole value around a written part of one. */
function valueIn(source: SourceText, region: Region): ts.Expression | undefined {
  const [returned] = source.find(ts.isReturnStatement).filter(({ expression }) => {
    return expression && source.start(expression) >= region.start && expression.getEnd() <= region.end;
  });
  if (returned?.expression) return returned.expression;
  let found: ts.Expression | undefined;
  const visit = (node: ts.Node): void => {
    if (source.start(node) > region.start || node.getEnd() < region.end) return;
    if (mayBeMissing(node)) found = node;
    // A written statement is no part of the function's value that holds it.
    else if (ts.isStatement(node) && !ts.isBlock(node)) found = undefined;
    node.forEachChild(visit);
  };
  visit(source.tree);
  return found && chainAround(found);
}

/** An expression whose value goes somewhere. */
function mayBeMissing(node: ts.Node): node is ts.Expression {
  if (!ts.isExpression(node) || ts.isOmittedExpression(node)) return false;
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node) || ts.isClassExpression(node)) return false;
  const { parent } = node;
  if (parent === undefined || ts.isExpressionStatement(parent)) return false;
  if (isAccess(parent) && parent.expression !== node) return false;
  if (ts.isPropertyAssignment(parent) && parent.name === node) return false;
  if (ts.isBinaryExpression(parent) && parent.left === node && isAssignment(parent)) return false;
  const isName =
    ts.isVariableDeclaration(parent) || ts.isParameter(parent) || ts.isBindingElement(parent)
      ? parent.initializer !== node
      : (ts.isFunctionLike(parent) && !(ts.isArrowFunction(parent) && parent.body === node)) ||
        ts.isImportSpecifier(parent) ||
        ts.isJsxAttribute(parent) ||
        isTag(parent, node);
  return !isName && !ts.isJsxOpeningElement(node) && !ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node);
}

function isAssignment({ operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

function isTag(parent: ts.Node, node: ts.Node): boolean {
  return (ts.isJsxOpeningLikeElement(parent) || ts.isJsxClosingElement(parent)) && parent.tagName === node;
}

/** Of values within each other the outer ones. */
function outermost(values: readonly ts.Expression[]): ts.Expression[] {
  const distinct = [...new Set(values)];
  return distinct.filter(
    (node) => !distinct.some((other) => other !== node && other.pos <= node.pos && other.end >= node.end),
  );
}

function standIn({ parent }: ts.Expression): string {
  return ts.isJsxElement(parent) || ts.isJsxFragment(parent) ? '{undefined}' : '(undefined)';
}
