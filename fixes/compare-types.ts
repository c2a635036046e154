/** A list was searched for a text among numbers, or a number among texts: compare like with like. */
import ts from 'typescript';
import { type Alternative, defineFixer, type FixerSuspect } from '../harness/kit/fixer.ts';
import { missingValues } from '../harness/kit/missing-values.ts';
import { kindSeen } from '../harness/kit/seen-values.ts';
import type { SourceText } from '../harness/kit/source-text.ts';
import { isAccess, nameOf, pathOf, rootOf } from '../harness/kit/syntax.ts';
import { sourcesOf } from '../harness/kit/value-sources.ts';

const SEARCHES = new Set(['find', 'findLast', 'findIndex', 'filter', 'some', 'every']);
/** What addresses, forms and elements hold is text. */
const TEXT = /(?:\bparams\b|\bquery\b|\bdataset\b|\bsearchParams\b|\.value$|getAttribute\(|\.get\()/;

export const fixer = defineFixer({
  id: 'compare-types',
  summary: 'Text sought among numbers: compare like with like.',
  example: {
    message: "Cannot read properties of undefined (reading 'status')",
    before: 'const booking = bookings.find((one) => one.id === id);\nshow(booking.status);',
    after: 'const booking = bookings.find((one) => one.id === Number(id));\nshow(booking.status);',
    values: { id: '104', bookings: [{ id: 101 }] },
  },
  *propose(suspect, source, project) {
    for (const { node } of missingValues(source, suspect, project).slice(0, 2)) {
      for (const made of [{ source, node }, ...sourcesOf(node, source, project)]) {
        const search = made.node;
        if (!ts.isCallExpression(search) || !isAccess(search.expression)) continue;
        const [test] = search.arguments;
        if (!SEARCHES.has(nameOf(search.expression) ?? '') || test === undefined || !ts.isArrowFunction(test)) continue;
        const list = pathOf(made.source, search.expression.expression);
        for (const sides of comparisons(made.source, test)) {
          const offer = alike(made.source, sides, { list, values: suspect.values });
          if (offer) yield { ...offer, edits: offer.edits.map((edit) => ({ ...edit, file: made.source.file })) };
        }
      }
    }
  },
});

interface Sides {
  /** `one.id`: a part of the element. */
  readonly own: ts.Expression;
  /** What it is compared with. */
  readonly other: ts.Expression;
}

/** `one.id === id` in `(one) => …`. */
function comparisons(source: SourceText, test: ts.ArrowFunction): Sides[] {
  const [parameter] = test.parameters;
  if (parameter === undefined || !ts.isIdentifier(parameter.name)) return [];
  const { text } = parameter.name;
  const isOwn = (side: ts.Expression): boolean => {
    const root = rootOf(side);
    return isAccess(side) && root !== undefined && ts.isIdentifier(root) && root.text === text;
  };
  return source.find(ts.isBinaryExpression, test.body).flatMap(({ left, right, operatorToken: { kind } }) => {
    const isStrict =
      kind === ts.SyntaxKind.EqualsEqualsEqualsToken || kind === ts.SyntaxKind.ExclamationEqualsEqualsToken;
    if (!isStrict || isOwn(left) === isOwn(right)) return [];
    return isOwn(left) ? [{ own: left, other: right }] : [{ own: right, other: left }];
  });
}

function alike(
  source: SourceText,
  { own, other }: Sides,
  { list, values }: { list: string | undefined; values: FixerSuspect['values'] },
): Alternative | undefined {
  const path = pathOf(source, other);
  // What is converted, or written there, says itself what it is.
  if (path === undefined || ts.isLiteralExpression(other)) return undefined;
  const key = isAccess(own) ? nameOf(own) : undefined;
  const sought = kindSeen(values, path);
  const held = list === undefined || key === undefined ? 'unknown' : kindSeen(values, `${list}.0.${key}`);
  const isSeen = sought !== 'unknown' && held !== 'unknown';
  const name =
    sought === 'text' && held === 'number'
      ? 'Number'
      : sought === 'number' && held === 'text'
        ? 'String'
        : !isSeen && sought !== 'number' && TEXT.test(source.textOf(other))
          ? 'Number'
          : undefined;
  if (name === undefined) return undefined;
  return {
    edits: [
      { start: source.start(other), end: source.start(other), text: `${name}(` },
      { start: other.getEnd(), end: other.getEnd(), text: ')' },
    ],
    title: `compare ${source.textOf(own)} with ${path} as a ${name.toLowerCase()}`,
    confidence: isSeen ? 0.9 : 0.45,
  };
}
