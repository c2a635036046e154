/** A value has another type than the code expects: turn it into that type where it is used. */
import ts from 'typescript';
import { type Alternative, defineFixer } from '../harness/kit/fixer.ts';
import { lastName, readMessage } from '../harness/kit/read-message.ts';
import type { SourceText } from '../harness/kit/source-text.ts';
import { callsNamed, isAccess, pathOf } from '../harness/kit/syntax.ts';
import { typeOfMember } from '../harness/kit/uses.ts';

export const fixer = defineFixer({
  id: 'type-coercion',
  summary: 'Value of another type: turn it into the one that is used.',
  example: {
    message: 'amount.toFixed is not a function',
    before: 'const text = amount.toFixed(2);',
    after: 'const text = Number(amount).toFixed(2);',
  },
  *propose(suspect, source) {
    const complaint = readMessage(suspect.message);
    if (complaint.kind === 'not-a-function') {
      const name = lastName(complaint.path);
      for (const { expression } of callsNamed(source, suspect, name).slice(0, 2)) {
        if (isAccess(expression)) yield* coercions(source, expression.expression, typeOfMember(name));
      }
    }
    if (complaint.kind === 'not-iterable') {
      for (const { expression } of source
        .findOnLine(suspect, isSpreadOrLoop, (node) => source.start(node.expression))
        .slice(0, 2)) {
        yield* coercions(source, expression, 'array');
      }
    }
  },
});

function isSpreadOrLoop(node: ts.Node): node is ts.SpreadElement | ts.ForOfStatement {
  return ts.isSpreadElement(node) || ts.isForOfStatement(node);
}

function* coercions(
  source: SourceText,
  node: ts.Expression,
  type: ReturnType<typeof typeOfMember>,
): Generator<Alternative> {
  const text = source.textOf(node);
  const path = pathOf(source, node) ?? 'the value';
  const replace = (by: string, title: string, confidence: number): Alternative => ({
    edits: [{ start: source.start(node), end: node.getEnd(), text: by }],
    title,
    confidence,
  });
  if (type === 'number') yield replace(`Number(${text})`, `treat ${path} as a number`, 0.7);
  if (type === 'string') {
    yield replace(`String(${text})`, `treat ${path} as text`, 0.65);
    yield replace(
      `String(${text} ?? ${source.style.quote}${source.style.quote})`,
      `treat ${path} as text, empty where it is missing`,
      0.45,
    );
  }
  if (type === 'date') yield replace(`new Date(${text})`, `treat ${path} as a date`, 0.7);
  if (type === 'array') {
    yield replace(`Object.values(${text})`, `list the values of ${path}`, 0.45);
    yield replace(
      `(Array.isArray(${text}) ? ${text} : [${text}])`,
      `take ${path} for a list also where it is a single value`,
      0.45,
    );
    yield replace(`Array.from(${text})`, `list what ${path} holds`, 0.4);
    yield replace(`(Array.isArray(${text}) ? ${text} : [])`, `take ${path} for an empty list where it is none`, 0.35);
  }
}
