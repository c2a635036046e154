/** A value is missing: give it a default where it is made, which fits how it is used. */
import ts from 'typescript';
import { wrap } from '../harness/kit/edits.ts';
import { type Alternative, defineFixer, type FixerSuspect } from '../harness/kit/fixer.ts';
import { readMessage } from '../harness/kit/read-message.ts';
import { declarationOf } from '../harness/kit/scope.ts';
import type { SourceText } from '../harness/kit/source-text.ts';
import { callsNamed, isAccess, nameOf, nullishReads, pathOf } from '../harness/kit/syntax.ts';
import { defaultFor, typeOfMember } from '../harness/kit/uses.ts';

interface Missing {
  readonly node: ts.Expression;
  readonly type: 'array' | 'string' | 'number' | 'object';
}

export const fixer = defineFixer({
  id: 'default-value',
  summary: 'Missing value: give it a default that fits its use.',
  example: {
    message: "Cannot read properties of undefined (reading 'map')",
    before: 'const names = cart.items.map((item) => item.name);',
    after: 'const names = (cart.items ?? []).map((item) => item.name);',
  },
  *propose(suspect, source) {
    for (const { node, type } of missingValues(suspect, source).slice(0, 3)) {
      const value = defaultFor(type, source.style.quote);
      const path = pathOf(source, node) ?? 'the value';
      const title = `use ${value} where ${path} is missing`;
      if (ts.isIdentifier(node)) yield* atDeclaration(node, { value, source, title });
      if (!isDefaulted(node))
        yield { edits: wrapDefault(source, node, value), title, confidence: type === 'object' ? 0.35 : 0.6 };
    }
  },
});

function missingValues(suspect: FixerSuspect, source: SourceText): Missing[] {
  const complaint = readMessage(suspect.message);
  const at = { line: suspect.line, column: suspect.column };
  switch (complaint.kind) {
    case 'nullish-read':
      return nullishReads(source, suspect).map((access) => ({ node: access.expression, type: typeOf(nameOf(access)) }));
    case 'not-iterable': {
      const spreads = source.findOnLine(at, isSpreadOrLoop, (node) => source.start(node.expression));
      return spreads.map(({ expression }) => ({ node: expression, type: 'array' }));
    }
    case 'destructured-nothing': {
      const found = source.findOnLine(at, ts.isVariableDeclaration, (node) => source.start(node));
      return found.flatMap(({ name, initializer }) =>
        initializer && !ts.isIdentifier(name)
          ? [{ node: initializer, type: ts.isArrayBindingPattern(name) ? 'array' : 'object' } as const]
          : [],
      );
    }
    case 'nothing-to-object':
      return ['keys', 'values', 'entries']
        .flatMap((name) => callsNamed(source, at, name))
        .flatMap(({ arguments: [first] }) => (first ? [{ node: first, type: 'object' } as const] : []));
    default:
      return [];
  }
}

function isSpreadOrLoop(node: ts.Node): node is ts.SpreadElement | ts.ForOfStatement {
  return ts.isSpreadElement(node) || ts.isForOfStatement(node);
}

function typeOf(member: string | undefined): Missing['type'] {
  const type = typeOfMember(member);
  return type === undefined || type === 'date' ? 'object' : type;
}

function isDefaulted(node: ts.Expression): boolean {
  const inner = ts.isParenthesizedExpression(node) ? node.expression : node;
  return ts.isBinaryExpression(inner) && inner.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken;
}

function wrapDefault(source: SourceText, node: ts.Expression, value: string): Alternative['edits'] {
  const inner = wrap(source, node, { before: '', after: ` ?? ${value}` });
  const needs = ts.isAwaitExpression(node) || ts.isConditionalExpression(node) || ts.isBinaryExpression(node);
  return needs
    ? [
        { start: source.start(node), end: source.start(node), text: '(' },
        { start: node.getEnd(), end: node.getEnd(), text: `) ?? ${value}` },
      ]
    : inner;
}

/** At the parameter, the destructured element, the variable or the state that gives the name its value. */
function* atDeclaration(
  node: ts.Identifier,
  { value, source, title }: { value: string; source: SourceText; title: string },
): Generator<Alternative> {
  const declared = declarationOf(node, node.text);
  if (declared === undefined || isCatchOrLoop(declared)) return;
  if (ts.isParameter(declared) || ts.isBindingElement(declared)) {
    const isState = ts.isBindingElement(declared) && ts.isArrayBindingPattern(declared.parent);
    if (isState) yield* atState(declared, { value, source, title });
    else if (
      declared.initializer === undefined &&
      declared.dotDotDotToken === undefined &&
      !isOnlyCallbackParameter(declared)
    ) {
      const end = ts.isParameter(declared)
        ? (declared.type ?? declared.questionToken ?? declared.name).getEnd()
        : declared.name.getEnd();
      if (ts.isParameter(declared) && declared.questionToken) {
        const at = declared.questionToken;
        yield {
          edits: [
            { start: at.getStart(source.tree), end: at.getEnd(), text: '' },
            { start: end, end, text: ` = ${value}` },
          ],
          title,
          confidence: 0.6,
        };
      } else yield { edits: [{ start: end, end, text: ` = ${value}` }], title, confidence: 0.6 };
    }
    return;
  }
  const { initializer } = declared;
  if (initializer && !isDefaulted(initializer) && !isAccessOfHook(initializer)) {
    yield { edits: wrapDefault(source, initializer, value), title, confidence: 0.6 };
  }
}

function isCatchOrLoop(declared: ts.Node): boolean {
  return (
    ts.isCatchClause(declared.parent) ||
    (ts.isVariableDeclarationList(declared.parent) && ts.isForOfStatement(declared.parent.parent))
  );
}

/** `list.map((item) => …)`: null elements are no missing arguments. */
function isOnlyCallbackParameter(declared: ts.ParameterDeclaration | ts.BindingElement): boolean {
  if (!ts.isParameter(declared)) return false;
  const { parent } = declared;
  return (
    (ts.isArrowFunction(parent) || ts.isFunctionExpression(parent)) &&
    ts.isCallExpression(parent.parent) &&
    isAccess(parent.parent.expression)
  );
}

function isAccessOfHook(node: ts.Expression): boolean {
  return ts.isCallExpression(node) && /^use[A-Z]/.test(node.expression.getText());
}

/** `useState()` to `useState([])`. */
function* atState(
  element: ts.BindingElement,
  { value, source, title }: { value: string; source: SourceText; title: string },
): Generator<Alternative> {
  const declaration = element.parent.parent;
  const call = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  if (call === undefined || !ts.isCallExpression(call) || !/useState$/.test(source.textOf(call.expression))) return;
  const [initial] = call.arguments;
  if (initial === undefined)
    yield { edits: [{ start: call.getEnd() - 1, end: call.getEnd() - 1, text: value }], title, confidence: 0.6 };
  else if (initial.kind === ts.SyntaxKind.NullKeyword || source.textOf(initial) === 'undefined') {
    yield { edits: [{ start: source.start(initial), end: initial.getEnd(), text: value }], title, confidence: 0.6 };
  }
}
