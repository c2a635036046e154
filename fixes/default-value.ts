/** A value is missing: give it a default that fits how it is used, there or where it is made. */
import ts from 'typescript';
import { withDefault } from '../harness/kit/edits.ts';
import { type Alternative, defineFixer, type FixerEdit, type FixerSuspect } from '../harness/kit/fixer.ts';
import { missingValues } from '../harness/kit/missing-values.ts';
import { readMessage, saysNull } from '../harness/kit/read-message.ts';
import { declarationOf } from '../harness/kit/scope.ts';
import type { SourceText } from '../harness/kit/source-text.ts';
import { isAccess, nameOf, pathOf } from '../harness/kit/syntax.ts';
import { defaultFor } from '../harness/kit/uses.ts';
import { sourcesOf, type ValueSource } from '../harness/kit/value-sources.ts';

export const fixer = defineFixer({
  id: 'default-value',
  summary: 'Missing value: give it a default that fits its use.',
  example: {
    message: "Cannot read properties of undefined (reading 'map')",
    before: 'const names = cart.items.map((item) => item.name);',
    after: 'const names = (cart.items ?? []).map((item) => item.name);',
  },
  *propose(suspect, source, project) {
    // A value that has another type is no missing one.
    if (/ is not a function/.test(suspect.message) && !/is not iterable/.test(suspect.message)) return;
    if (!saysNull(suspect.message)) yield* atPattern(suspect, source);
    for (const { node, shape } of missingValues(source, suspect, project).slice(0, 3)) {
      if (node.kind === ts.SyntaxKind.ThisKeyword || shape === undefined) continue;
      // `({}).a.b` throws one step later.
      if (shape === 'object' && isReadFurther(node)) continue;
      const value = defaultFor(shape, source.style.quote);
      const title = `use ${value} where ${pathOf(source, node) ?? 'the value'} is missing`;
      const sure = shape === 'object' ? 0.6 : 1;
      // A default of a parameter stands in for undefined alone.
      if (ts.isIdentifier(node) && !saysNull(suspect.message))
        yield* atParameter(node, { value, source, title, confidence: 0.65 * sure });
      if (mayDefault(node)) yield { edits: withDefault(source, node, value), title, confidence: 0.6 * sure };
      for (const made of sourcesOf(node, source, project)) yield* atSource(made, { value, title, sure });
    }
  },
});

/** `({ name }) => …` and `const [{ id }, sender] = …`, where nothing was handed over. */
function* atPattern(suspect: FixerSuspect, source: SourceText): Generator<Alternative> {
  const isPattern = (node: ts.Node): node is ts.BindingPattern =>
    ts.isObjectBindingPattern(node) || ts.isArrayBindingPattern(node);
  const complaint = readMessage(suspect.message);
  const patterns = source
    .findOnLine(suspect, isPattern, (node) => source.start(node))
    .filter((pattern) => {
      // Of a pattern in a pattern engines say that a property was read.
      if (complaint.kind === 'nullish-read') return takesOut(pattern, complaint.property);
      return complaint.kind === 'destructured-nothing';
    });
  for (const pattern of patterns) {
    const { parent } = pattern;
    if (ts.isVariableDeclaration(parent) || parent.initializer || isElementOfList(parent)) continue;
    const value = ts.isArrayBindingPattern(pattern) ? '[]' : '{}';
    const end = (ts.isParameter(parent) && parent.type ? parent.type : pattern).getEnd();
    yield {
      edits: [{ start: end, end, text: ` = ${value}` }],
      title: `take ${value} apart where nothing is handed over`,
      confidence: 0.6,
    };
  }
}

function takesOut(pattern: ts.BindingPattern, key: string | undefined): boolean {
  return pattern.elements.some((element) => {
    if (!ts.isBindingElement(element) || !ts.isObjectBindingPattern(pattern)) return false;
    return (element.propertyName ?? element.name).getText() === key;
  });
}

function isReadFurther(node: ts.Expression): boolean {
  const { parent } = node;
  if (!isAccess(parent) || parent.expression !== node) return false;
  const further = parent.parent;
  if (ts.isCallExpression(further) && further.expression === parent) return true;
  return isAccess(further) && further.expression === parent && further.questionDotToken === undefined;
}

/** Not what has a default already, nor what an assignment writes to. */
function mayDefault(node: ts.Expression): boolean {
  const inner = ts.isParenthesizedExpression(node) ? node.expression : node;
  if (ts.isBinaryExpression(inner) && isOtherwise(inner)) return false;
  if (ts.isArrayLiteralExpression(inner) || ts.isObjectLiteralExpression(inner) || ts.isJsxElement(inner)) return false;
  const { parent } = node;
  if (ts.isBinaryExpression(parent) && parent.left === node && isOtherwise(parent)) return false;
  const isRead = !(isAccess(parent) && parent.expression === node && isWritten(parent));
  return isRead && !ts.isNewExpression(inner) && !ts.isLiteralExpression(inner) && !isAnyFunctionValue(inner);
}

/** `a ?? b`, `a || b`. */
function isOtherwise({ operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken;
}

function isWritten(node: ts.Node): boolean {
  const { parent } = node;
  return (
    ts.isBinaryExpression(parent) && parent.left === node && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
  );
}

function isAnyFunctionValue(node: ts.Node): boolean {
  return ts.isArrowFunction(node) || ts.isFunctionExpression(node);
}

interface Default {
  readonly value: string;
  readonly source: SourceText;
  readonly title: string;
  readonly confidence: number;
}

/** A parameter's default, that of a destructured element, or the initial state of React's hook. */
function* atParameter(node: ts.Identifier, { value, source, title, confidence }: Default): Generator<Alternative> {
  const declared = declarationOf(node, node.text);
  if (declared === undefined || ts.isVariableDeclaration(declared)) return;
  if (ts.isBindingElement(declared) && ts.isArrayBindingPattern(declared.parent)) {
    const edits = initialState(declared, value, source);
    if (edits) yield { edits, title, confidence };
    return;
  }
  if (declared.initializer || declared.dotDotDotToken || isElementOfList(declared)) return;
  if (ts.isParameter(declared) && declared.questionToken) {
    const end = (declared.type ?? declared.questionToken).getEnd();
    const mark = declared.questionToken;
    const edits = [
      { start: mark.getStart(source.tree), end: mark.getEnd(), text: '' },
      { start: end, end, text: ` = ${value}` },
    ];
    yield { edits, title, confidence };
    return;
  }
  const end = (ts.isParameter(declared) && declared.type ? declared.type : declared.name).getEnd();
  if (isLoneArrowParameter(declared, source)) {
    const start = source.start(declared);
    yield { edits: [{ start, end, text: `(${source.textOf(declared)} = ${value})` }], title, confidence };
    return;
  }
  yield { edits: [{ start: end, end, text: ` = ${value}` }], title, confidence };
}

/** `x => …`, which needs parentheses for a default. */
function isLoneArrowParameter(declared: ts.ParameterDeclaration | ts.BindingElement, source: SourceText): boolean {
  if (!ts.isParameter(declared) || !ts.isArrowFunction(declared.parent)) return false;
  return source.text[source.start(declared.parent)] !== '(' && !source.textOf(declared.parent).startsWith('async (');
}

/** `list.map((item) => …)`: null elements are no missing arguments. */
function isElementOfList(declared: ts.ParameterDeclaration | ts.BindingElement): boolean {
  if (!ts.isParameter(declared))
    return ts.isParameter(declared.parent.parent) && isElementOfList(declared.parent.parent);
  const { parent } = declared;
  const isHandedOver =
    (ts.isArrowFunction(parent) || ts.isFunctionExpression(parent)) && ts.isCallExpression(parent.parent);
  return (
    isHandedOver &&
    isAccess(parent.parent.expression) &&
    /^(?:map|filter|forEach|reduce|find|some|every|flatMap|sort)/.test(nameOf(parent.parent.expression) ?? '')
  );
}

/** `useState()` to `useState([])`. */
function initialState(element: ts.BindingElement, value: string, source: SourceText): FixerEdit[] | undefined {
  const declaration = element.parent.parent;
  const call = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  if (call === undefined || !ts.isCallExpression(call) || !/\buseState$/.test(source.textOf(call.expression)))
    return undefined;
  const [initial] = call.arguments;
  if (initial === undefined) return [{ start: call.getEnd() - 1, end: call.getEnd() - 1, text: value }];
  return isNothing(initial) ? [{ start: source.start(initial), end: initial.getEnd(), text: value }] : undefined;
}

function isNothing(node: ts.Expression): boolean {
  return node.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(node) && node.text === 'undefined');
}

const SURE: Readonly<Record<ValueSource['how'], number>> = {
  declared: 0.6,
  state: 0.45,
  argument: 0.4,
  returned: 0.35,
};

function* atSource(
  { source, node, how }: ValueSource,
  { value, title, sure }: { value: string; title: string; sure: number },
): Generator<Alternative> {
  const inFile = (edits: readonly FixerEdit[]): FixerEdit[] => edits.map((edit) => ({ ...edit, file: source.file }));
  const confidence = SURE[how] * sure;
  if (isNothing(node)) {
    yield { edits: inFile([{ start: source.start(node), end: node.getEnd(), text: value }]), title, confidence };
    return;
  }
  // Hooks and constructions give what they give; a literal is no missing value.
  const isPlain =
    isAccess(node) ||
    ts.isIdentifier(node) ||
    (ts.isCallExpression(node) && !/^use[A-Z]/.test(source.textOf(node.expression)));
  const isAwaited = ts.isAwaitExpression(node);
  if ((isPlain || isAwaited) && mayDefault(node))
    yield { edits: inFile(withDefault(source, node, value)), title, confidence };
}
