/** `!a instanceof B` asks whether `false` is one: `!` binds tighter. Put the question in parentheses, wherever the app slips so. */
import ts from 'typescript';
import { type Alternative, defineFixer, type FixerEdit } from '../harness/kit/fixer.ts';
import type { SourceText } from '../harness/kit/source-text.ts';
import { enclosingFunction } from '../harness/kit/syntax.ts';

export const fixer = defineFixer({
  id: 'negated-operand',
  summary: 'Negation that binds tighter than the question: put the question in parentheses.',
  example: {
    message: 'items.forEach is not a function',
    before: 'function add(items) {\n  if (!items instanceof Array) items = [items];\n  items.forEach(put);\n}',
    after: 'function add(items) {\n  if (!(items instanceof Array)) items = [items];\n  items.forEach(put);\n}',
  },
  *propose(suspect, source, project) {
    const [here] = source.findOnLine(suspect, ts.isIdentifier, (node) => source.start(node));
    const fn = here && (enclosingFunction(here) ?? source.tree);
    const own = fn ? source.find(isSlip, fn) : [];
    if (own.length === 0) return;
    const others = project
      .files()
      .flatMap((file) => {
        const other = project.source(file);
        return other && SLIP.test(other.text) ? [other] : [];
      })
      .flatMap((other) => other.find(isSlip).flatMap((node) => mended(other, node)));
    const title = `ask ${own.map((node) => `whether ${source.textOf(node)}`.replace('!', 'not ')).join(', and ')}`;
    const edits = own.flatMap((node) => mended(source, node));
    if (others.length > edits.length)
      yield { edits: others, title, rationale: `${others.length / 2} places slip alike.`, confidence: 0.9 };
    yield { edits, title, confidence: 0.85 } satisfies Alternative;
  },
});

/** A quick look before a file is parsed. */
const SLIP = /!\s*[\w$.[\]'"]+\s+(?:instanceof|in)\b/;

/** `!key in map`, `!value instanceof List`. */
function isSlip(node: ts.Node): node is ts.BinaryExpression {
  if (!ts.isBinaryExpression(node)) return false;
  const { kind } = node.operatorToken;
  const asks = kind === ts.SyntaxKind.InstanceOfKeyword || kind === ts.SyntaxKind.InKeyword;
  const isNegated = ts.isPrefixUnaryExpression(node.left) && node.left.operator === ts.SyntaxKind.ExclamationToken;
  return asks && isNegated;
}

function mended(source: SourceText, node: ts.BinaryExpression): FixerEdit[] {
  const start = source.start(node) + 1;
  const end = node.getEnd();
  return [
    { file: source.file, start, end: start, text: '(' },
    { file: source.file, start: end, end, text: ')' },
  ];
}
