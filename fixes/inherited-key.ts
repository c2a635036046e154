/** An object that is used as a map answers for keys of every object, `constructor` and `toString`: ask whether the key is its own. */
import ts from 'typescript';
import { type Alternative, defineFixer } from '../harness/kit/fixer.ts';
import { callsNamed } from '../harness/kit/missing-values.ts';
import { lastName, readMessage } from '../harness/kit/read-message.ts';
import type { SourceText } from '../harness/kit/source-text.ts';
import { enclosingFunction, isAccess } from '../harness/kit/syntax.ts';

export const fixer = defineFixer({
  id: 'inherited-key',
  summary: 'Key that every object inherits: ask whether the map has it itself.',
  example: {
    message: 'groups[word].push is not a function',
    before: 'if (!groups[word]) groups[word] = [];\ngroups[word].push(line);',
    after: 'if (!Object.hasOwn(groups, word)) groups[word] = [];\ngroups[word].push(line);',
  },
  *propose(suspect, source) {
    const complaint = readMessage(suspect.message);
    if (complaint.kind !== 'not-a-function') return;
    for (const { expression } of callsNamed(source, suspect, lastName(complaint.path)).slice(0, 2)) {
      const receiver = isAccess(expression) ? expression.expression : undefined;
      if (receiver === undefined || !ts.isElementAccessExpression(receiver)) continue;
      if (ts.isLiteralExpression(receiver.argumentExpression)) continue;
      yield* owned(source, receiver);
    }
  },
});

/** Tests of the same entry in the function: `if (!map[key])`, `map[key] || []`, `map[key] ??= []`. */
function* owned(source: SourceText, entry: ts.ElementAccessExpression): Generator<Alternative> {
  const text = source.textOf(entry);
  const [map, key] = [source.textOf(entry.expression), source.textOf(entry.argumentExpression)];
  const test = source.isModern ? `Object.hasOwn(${map}, ${key})` : `${map}.hasOwnProperty(${key})`;
  const title = `ask whether ${map} itself has ${key}`;
  const fn = enclosingFunction(entry)?.body ?? source.tree;
  for (const negation of source.find(ts.isPrefixUnaryExpression, fn)) {
    const isTest = negation.operator === ts.SyntaxKind.ExclamationToken && source.textOf(negation.operand) === text;
    if (!isTest) continue;
    const edits = [{ start: source.start(negation.operand), end: negation.operand.getEnd(), text: test }];
    yield { edits, title, confidence: 0.85 };
  }
  for (const { left, right, operatorToken } of source.find(ts.isBinaryExpression, fn)) {
    const { kind } = operatorToken;
    const isOr = kind === ts.SyntaxKind.BarBarToken || kind === ts.SyntaxKind.QuestionQuestionToken;
    if (!isOr || source.textOf(left) !== text) continue;
    const edits = [
      { start: source.start(left), end: source.start(left), text: `${test} ? ` },
      { start: left.getEnd(), end: source.start(right), text: ' : ' },
    ];
    yield { edits, title, confidence: 0.7 };
  }
}
