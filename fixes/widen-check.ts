/** A check for null lets undefined through, or the other way round: check for both. */
import ts from 'typescript';
import { type Alternative, defineFixer } from '../harness/kit/fixer.ts';
import { nullishReads } from '../harness/kit/missing-values.ts';
import type { SourceText } from '../harness/kit/source-text.ts';
import { enclosing, enclosingFunction, isAnyFunction, pathOf } from '../harness/kit/syntax.ts';

const STRICT = new Map([
  [ts.SyntaxKind.EqualsEqualsEqualsToken, '=='],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, '!='],
]);

export const fixer = defineFixer({
  id: 'widen-check',
  summary: 'Check for null or undefined alone: check for both.',
  example: {
    message: "Cannot read properties of undefined (reading 'name')",
    before: 'function label(user) {\n  if (user === null) return "";\n  return user.name;\n}',
    after: 'function label(user) {\n  if (user == null) return "";\n  return user.name;\n}',
  },
  *propose(suspect, source) {
    const missing = /\b(?:of|is) (undefined|null)\b/.exec(suspect.message)?.[1];
    for (const access of nullishReads(source, suspect).slice(0, 2)) {
      const path = pathOf(source, access.expression);
      if (path === undefined || path === 'this') continue;
      const checks = source
        .find(ts.isBinaryExpression, scopeOf(access) ?? source.tree)
        .filter((node) => node.end <= access.pos || node.pos <= access.pos)
        .filter(
          (node) => isNarrow(source, node, { path, missing }) && enclosingFunction(node) === enclosingFunction(access),
        );
      for (const check of checks.slice(-2).reverse()) yield widened(source, check, path);
      yield* objectChecks(source, access, path);
    }
  },
});

function scopeOf(node: ts.Node): ts.Node | undefined {
  return enclosing(node, isAnyFunction);
}

/** `path === null`, `path !== undefined`: a check for the one that it was not. */
function isNarrow(
  source: SourceText,
  { left, right, operatorToken }: ts.BinaryExpression,
  { path, missing }: { path: string; missing: string | undefined },
): boolean {
  const isNothing = right.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(right) && right.text === 'undefined');
  const isOther = source.textOf(right) !== missing;
  return STRICT.has(operatorToken.kind) && isNothing && isOther && pathOf(source, left) === path;
}

function widened(source: SourceText, { operatorToken, right }: ts.BinaryExpression, path: string): Alternative {
  const operator = STRICT.get(operatorToken.kind) ?? '==';
  const start = source.start(operatorToken);
  // `== null` is how everybody writes it, whichever of the two stood there.
  return {
    edits: [
      { start, end: operatorToken.getEnd(), text: operator },
      ...(right.kind === ts.SyntaxKind.NullKeyword
        ? []
        : [{ start: source.start(right), end: right.getEnd(), text: 'null' }]),
    ],
    title: `check ${path} for null and undefined`,
    confidence: 0.8,
  };
}

/** `typeof path === 'object'` is true of null. */
function* objectChecks(source: SourceText, access: ts.Node, path: string): Generator<Alternative> {
  const checks = source
    .find(ts.isBinaryExpression, scopeOf(access) ?? source.tree)
    .filter(
      ({ left, right, operatorToken }) =>
        operatorToken.kind === ts.SyntaxKind.EqualsEqualsEqualsToken &&
        ts.isTypeOfExpression(left) &&
        pathOf(source, left.expression) === path &&
        ts.isStringLiteralLike(right) &&
        right.text === 'object',
    );
  for (const check of checks.filter((node) => node.pos <= access.pos).slice(-1)) {
    const statement = enclosing(check, ts.isStatement);
    const isChecked = statement && new RegExp(`${escaped(path)} !==? null`).test(source.textOf(statement));
    if (isChecked) continue;
    yield {
      edits: [{ start: check.getEnd(), end: check.getEnd(), text: ` && ${path} !== null` }],
      title: `see that ${path} is not null`,
      confidence: 0.75,
    };
  }
}

function escaped(path: string): string {
  return path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
