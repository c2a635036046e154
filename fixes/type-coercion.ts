/** A value has another type than the code expects: turn it into that type where it is used, or where it is made. */
import ts from 'typescript';
import { withCall } from '../harness/kit/edits.ts';
import { type Alternative, defineFixer, type FixerEdit, type Project } from '../harness/kit/fixer.ts';
import { callsNamed, missingValues, notIterable } from '../harness/kit/missing-values.ts';
import { lastName, readMessage } from '../harness/kit/read-message.ts';
import { kindSeen, type SeenKind } from '../harness/kit/seen-values.ts';
import type { SourceText } from '../harness/kit/source-text.ts';
import { enclosingFunction, isAccess, isAnyFunction, pathOf } from '../harness/kit/syntax.ts';
import { typeOfMember } from '../harness/kit/uses.ts';
import { sourcesOf } from '../harness/kit/value-sources.ts';

type Type = 'array' | 'string' | 'number' | 'date';

export const fixer = defineFixer({
  id: 'type-coercion',
  summary: 'Value of another type: turn it into the one that is used.',
  example: {
    message: 'amount.toFixed is not a function',
    before: 'const text = amount.toFixed(2);',
    after: 'const text = Number(amount).toFixed(2);',
  },
  *propose(suspect, source, project) {
    const complaint = readMessage(suspect.message);
    if (complaint.kind === 'not-json') yield* parsedOnce(source, suspect.line);
    for (const { node, type } of wrongValues(source, suspect, project).slice(0, 2)) {
      const seen = kindSeen(suspect.values, pathOf(source, node) ?? '');
      yield* coercions(source, node, { type, seen, sure: 1 });
      yield* stricterExits(source, node, type);
      if (type !== 'array') continue;
      for (const made of sourcesOf(node, source, project)) {
        const isPlain = ts.isIdentifier(made.node) || isAccess(made.node) || ts.isCallExpression(made.node);
        if (!isPlain) continue;
        for (const { edits, ...rest } of coercions(made.source, made.node, { type, seen, sure: 0.6 })) {
          yield { ...rest, edits: edits.map((edit) => ({ ...edit, file: made.source.file })) };
        }
      }
    }
  },
});

function wrongValues(
  source: SourceText,
  at: { message: string; line: number; column?: number | undefined },
  project: Project,
): { node: ts.Expression; type: Type }[] {
  const complaint = readMessage(at.message);
  if (complaint.kind === 'not-iterable') return notIterable(source, at).map((node) => ({ node, type: 'array' }));
  if (complaint.kind !== 'not-a-function') return [];
  const name = lastName(complaint.path);
  const types: Type[] =
    callsNamed(source, at, name).length === 0 ? [] : typesOf(name, missingValues(source, at, project)[0]?.shape);
  return callsNamed(source, at, name).flatMap(({ expression }) =>
    isAccess(expression) ? types.map((type) => ({ node: expression.expression, type })) : [],
  );
}

/** `slice` and `includes` are an array's and a string's: the other reads of the value decide. */
function typesOf(name: string, shape: string | undefined): Type[] {
  const own = typeOfMember(name);
  if (own === 'array' && shape === 'string') return ['string'];
  return own === undefined ? [] : [own];
}

/** How a list is made of what is none, by what was seen; people took an empty list most often where nobody saw anything. */
const AS_LIST: Readonly<
  Partial<Record<SeenKind, readonly [empty: number, from: number, values: number, wrap: number]>>
> = {
  text: [0.4, 0.2, 0.2, 0.75],
  number: [0.4, 0.1, 0.1, 0.75],
  collection: [0.3, 0.8, 0.1, 0.1],
  object: [0.45, 0.1, 0.65, 0.55],
};
const AS_LIST_UNSEEN = [0.5, 0.45, 0.42, 0.4] as const;

function* coercions(
  source: SourceText,
  node: ts.Expression,
  { type, seen, sure }: { type: Type; seen: SeenKind; sure: number },
): Generator<Alternative> {
  const text = source.textOf(node);
  if (/^\(?(?:(?:Number|String|new Date|Array\.from|Object\.values)\(|Array\.isArray\(.*\?)/s.test(text)) return;
  const path = pathOf(source, node) ?? 'the value';
  const { quote } = source.style;
  const isPure = pathOf(source, node) !== undefined;
  const around = (name: string, title: string, confidence: number): Alternative => ({
    edits: withCall(source, node, name),
    title,
    confidence: confidence * sure,
  });
  const replace = (by: string, title: string, confidence: number): Alternative => ({
    edits: [{ start: source.start(node), end: node.getEnd(), text: by }],
    title,
    confidence: confidence * sure,
  });
  switch (type) {
    case 'number':
      yield around('Number', `treat ${path} as a number`, 0.75);
      return;
    case 'date':
      yield around('new Date', `treat ${path} as a date`, 0.75);
      return;
    case 'string':
      yield around('String', `treat ${path} as text`, 0.7);
      yield replace(`String(${text} ?? ${quote}${quote})`, `treat ${path} as text, empty where it is missing`, 0.45);
      return;
    case 'array': {
      const [empty, from, values, wrap] = AS_LIST[seen] ?? AS_LIST_UNSEEN;
      yield* entries(source, node, seen);
      const hold = (inner: string): string =>
        isAccess(node.parent) || ts.isSpreadElement(node.parent) ? `(${inner})` : inner;
      if (isPure)
        yield replace(
          hold(`Array.isArray(${text}) ? ${text} : []`),
          `take ${path} for an empty list where it is none`,
          empty,
        );
      yield around('Array.from', `list what ${path} holds`, from);
      yield around('Object.values', `list the values of ${path}`, values);
      if (isPure)
        yield replace(
          hold(`Array.isArray(${text}) ? ${text} : [${text}]`),
          `take ${path} for a list also where it is a single value`,
          wrap,
        );
    }
  }
}

/** `floors.map(({ floor, rooms }) => …)` of an object: its keys and values are the two that the callback takes out. */
function* entries(source: SourceText, node: ts.Expression, seen: SeenKind): Generator<Alternative> {
  const call = isAccess(node.parent) ? node.parent.parent : undefined;
  const [callback] = call && ts.isCallExpression(call) ? call.arguments : [];
  const [parameter, ...more] = callback && isAnyFunction(callback) ? callback.parameters : [];
  const pattern = parameter?.name;
  if (pattern === undefined || !ts.isObjectBindingPattern(pattern) || more.length > 0) return;
  const names = pattern.elements.map(({ name, propertyName, initializer }) =>
    ts.isIdentifier(name) && !propertyName && !initializer ? name.text : undefined,
  );
  if (names.length !== 2 || names.includes(undefined)) return;
  if (seen !== 'object' && seen !== 'unknown') return;
  yield {
    edits: [
      ...withCall(source, node, 'Object.entries'),
      { start: source.start(pattern), end: pattern.getEnd(), text: `[${names.join(', ')}]` },
    ],
    title: `take ${names.join(' and ')} from the entries of ${pathOf(source, node) ?? 'the object'}`,
    confidence: seen === 'object' ? 0.75 : 0.3,
  };
}

/** `if (!model) return null` to `if (typeof model !== 'string') return null`: the function has a way out already. */
function* stricterExits(source: SourceText, node: ts.Expression, type: Type): Generator<Alternative> {
  const path = pathOf(source, node);
  const fn = enclosingFunction(node);
  if (path === undefined || fn?.body === undefined || type === 'date') return;
  const { quote } = source.style;
  const text = source.textOf(node);
  const test = type === 'array' ? `!Array.isArray(${text})` : `typeof ${text} !== ${quote}${type}${quote}`;
  const isExit = ({ thenStatement }: ts.IfStatement): boolean =>
    source.find(ts.isReturnStatement, thenStatement).length > 0;
  for (const exit of source.find(ts.isIfStatement, fn.body)) {
    if (exit.pos > node.pos || enclosingFunction(exit) !== fn || !isExit(exit)) continue;
    for (const negation of source.find(ts.isPrefixUnaryExpression, exit.expression)) {
      const isOfValue =
        negation.operator === ts.SyntaxKind.ExclamationToken && pathOf(source, negation.operand) === path;
      const isAlone = negation === exit.expression || isDisjunct(negation);
      if (!isOfValue || !isAlone) continue;
      yield {
        edits: [{ start: source.start(negation), end: negation.getEnd(), text: test }],
        title: `leave also where ${path} is no ${type === 'array' ? 'list' : type}`,
        confidence: 0.6,
      };
    }
  }
}

function isDisjunct({ parent }: ts.Node): boolean {
  return ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.BarBarToken;
}

/** `JSON.parse(value)` of what is no text any more. */
function* parsedOnce(source: SourceText, line: number): Generator<Alternative> {
  const { quote } = source.style;
  for (const call of callsNamed(source, { line }, 'parse')) {
    const [argument] = call.arguments;
    if (
      argument === undefined ||
      pathOf(source, argument) === undefined ||
      source.textOf(call.expression) !== 'JSON.parse'
    )
      continue;
    const text = source.textOf(argument);
    const edits: FixerEdit[] = [
      { start: source.start(call), end: source.start(call), text: `typeof ${text} === ${quote}string${quote} ? ` },
      { start: call.getEnd(), end: call.getEnd(), text: ` : ${text}` },
    ];
    if (ts.isConditionalExpression(call.parent) && source.textOf(call.parent.condition).startsWith('typeof ')) continue;
    const isOperand = ts.isBinaryExpression(call.parent) || isAccess(call.parent);
    if (!isOperand) yield { edits, title: `parse ${text} only where it is text`, confidence: 0.6 };
  }
}
