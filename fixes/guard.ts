/** A value is missing or no function at times: use it only where it is there, by a conjunct, a ternary or an `if`. */
import ts from 'typescript';
import { onlyIf, withConjunct, withDisjunct, withTernary } from '../harness/kit/edits.ts';
import { type Alternative, defineFixer, type FixerEdit, type FixerSuspect } from '../harness/kit/fixer.ts';
import { isGuarded } from '../harness/kit/guards.ts';
import { callsNamed, notIterable, nullishReads } from '../harness/kit/missing-values.ts';
import { mayStandIn } from '../harness/kit/precedence.ts';
import { lastName, readMessage } from '../harness/kit/read-message.ts';
import { seenAt } from '../harness/kit/seen-values.ts';
import type { SourceText } from '../harness/kit/source-text.ts';
import { chainAround, isAccess, nameOf, pathOf } from '../harness/kit/syntax.ts';
import { elementAround } from '../harness/kit/template-elements.ts';
import { conditionAround, defaultFor, useOf } from '../harness/kit/uses.ts';
import { sourcesOf } from '../harness/kit/value-sources.ts';

export const fixer = defineFixer({
  id: 'guard',
  summary: 'Value missing at times: use it only where it is there.',
  example: {
    message: "Cannot read properties of undefined (reading 'visible')",
    before: 'if (banner.visible) show(banner);',
    after: 'if (banner && banner.visible) show(banner);',
  },
  *propose(suspect, source, project) {
    for (const access of nullishReads(source, suspect).slice(0, 2)) {
      const path = pathOf(source, access.expression);
      if (path === undefined || path === 'this') continue;
      yield* guards(source, chainAround(access), testOf(source, access.expression), path);
      for (const { source: other, node, how } of sourcesOf(access.expression, source, project)) {
        if (how === 'argument') yield* guardedCalls(other, node);
      }
    }
    yield* argumentGuards(suspect, source);
    const complaint = readMessage(suspect.message);
    if (complaint.kind === 'not-a-function') {
      for (const call of callsNamed(source, suspect, lastName(complaint.path)).slice(0, 2))
        yield* callGuards(source, call);
    }
    for (const walked of notIterable(source, suspect).slice(0, 1)) {
      const path = pathOf(source, walked);
      const statement = ts.isSpreadElement(walked.parent) ? statementWith(walked) : undefined;
      if (path === undefined || statement === undefined || isGuarded(source, walked, path)) continue;
      yield {
        edits: onlyIf(source, statement, source.textOf(walked)),
        title: `use ${path} only where it is there`,
        confidence: 0.5,
      };
    }
    if (complaint.kind === 'not-an-object') yield* objectTests(source, suspect.line);
  },
});

/** `list[0]` is there where the list has a length. */
function testOf(source: SourceText, receiver: ts.Expression): string {
  const isFirst = ts.isElementAccessExpression(receiver) && nameOf(receiver) === '0';
  return isFirst ? `${source.textOf(receiver.expression)}.length > 0` : source.textOf(receiver);
}

function* guards(source: SourceText, chain: ts.Expression, test: string, path: string): Generator<Alternative> {
  const title = `use ${path} only where it is there`;
  const use = useOf(chain);
  const condition = conditionAround(chain);
  if (condition) {
    const isNegated = ts.isPrefixUnaryExpression(condition) && !test.includes(' ');
    if (isNegated) yield { edits: withDisjunct(source, condition, `!${test}`), title, confidence: 0.5 };
    yield { edits: withConjunct(source, condition, test), title, confidence: isNegated ? 0.4 : 0.55 };
    const group = logicalGroup(condition);
    if (group !== condition) yield { edits: withConjunct(source, group, test), title, confidence: 0.5 };
  }
  const choice = choiceOf(chain);
  if (choice) yield { edits: behindCondition(choice, test), title, confidence: 0.55 };
  if (use === 'jsx') yield { edits: withConjunct(source, chain, test), title, confidence: 0.55 };
  const statement = statementOf(chain) ?? statementWith(chain);
  if (statement) {
    // What comes after it and asks nothing of the value is to be done all the same: no exit does that.
    const confidence = isIndependent(source, statement, path) ? 0.65 : 0.45;
    yield { edits: onlyIf(source, statement, test), title, confidence };
  }
  if (ts.isArrowFunction(chain.parent) && !condition) {
    yield { edits: withConjunct(source, chain, test), title, confidence: 0.45 };
  }
  yield* shownElement(source, chain, { test, path, confidence: 0.45 });
  if (use === 'array' || use === 'string' || use === 'number') {
    const otherwise = defaultFor(use, source.style.quote);
    yield {
      edits: withTernary(source, chain, { test, otherwise }),
      title: `use ${otherwise} where ${path} is missing`,
      confidence: 0.3,
    };
  } else if (use === 'other' && !condition) {
    // Older code has `a && a.b` where newer has `a?.b`.
    if (!source.style.chains) yield { edits: withConjunct(source, chain, test), title, confidence: 0.5 };
    const call = callOf(chain);
    if (call) yield { edits: withTernary(source, call, { test, otherwise: 'undefined' }), title, confidence: 0.3 };
    yield { edits: withTernary(source, chain, { test, otherwise: 'undefined' }), title, confidence: 0.25 };
  }
  const element = enclosingElement(chain);
  if (element) {
    yield {
      edits: withConjunct(source, element, test),
      title: `show this part only where ${path} is there`,
      confidence: 0.4,
    };
  }
}

/** An element in a template that shows what may be missing. */
function* shownElement(
  source: SourceText,
  node: ts.Expression,
  { test, path, confidence }: { test: string; path: string; confidence: number },
): Generator<Alternative> {
  const element = elementAround(source, node);
  if (element === undefined) return;
  const { start, end, tag } = element;
  const nothing = source.style.quote + source.style.quote;
  yield {
    edits: [
      { start, end: start, text: `\${${test} ? ${tag}\`` },
      { start: end, end, text: `\` : ${nothing}}` },
    ],
    title: `show this part only where ${path} is there`,
    confidence,
  };
}

/** `ready ? user.name : ''`, of which the chain is the first: there is a value for what is not there. */
function choiceOf(chain: ts.Expression): ts.ConditionalExpression | undefined {
  const { parent } = chain;
  return ts.isConditionalExpression(parent) && parent.whenTrue === chain ? parent : undefined;
}

function behindCondition({ condition }: ts.ConditionalExpression, test: string): FixerEdit[] {
  const end = condition.getEnd();
  const isMixed = !mayStandIn(condition, '&&');
  if (!isMixed) return [{ start: end, end, text: ` && ${test}` }];
  const start = condition.getStart();
  return [
    { start, end: start, text: '(' },
    { start: end, end, text: `) && ${test}` },
  ];
}

/** The whole of `a || b` around a condition: tested once for both. */
function logicalGroup(condition: ts.Expression): ts.Expression {
  const { parent } = condition;
  const isOr = ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.BarBarToken;
  return isOr && parent.left === condition ? logicalGroup(parent) : condition;
}

/** The call whose argument, or argument's property, the chain is. */
function callOf(chain: ts.Expression): ts.CallExpression | undefined {
  let at: ts.Node = chain;
  while (ts.isPropertyAssignment(at.parent) || ts.isObjectLiteralExpression(at.parent)) at = at.parent;
  const call = at.parent;
  return ts.isCallExpression(call) && call.expression !== at && !ts.isExpressionStatement(call.parent)
    ? call
    : undefined;
}

/** The statement that is nothing but the chain, or an assignment to it. */
function statementOf(chain: ts.Expression): ts.ExpressionStatement | undefined {
  const { parent } = chain;
  const isTarget =
    ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken && parent.left === chain;
  const statement = isTarget ? parent.parent : parent;
  const mayHoldIf =
    ts.isExpressionStatement(statement) && (ts.isBlock(statement.parent) || ts.isSourceFile(statement.parent));
  return mayHoldIf ? statement : undefined;
}

/** The statement that is a call, of which the chain is an argument or a part of one. */
function statementWith(node: ts.Expression): ts.ExpressionStatement | undefined {
  let at: ts.Node = node;
  while (isPartOfCall(at)) at = at.parent;
  return at !== node && ts.isExpression(at) && ts.isCallExpression(at) ? statementOf(at) : undefined;
}

function isPartOfCall({ parent, ...node }: ts.Node): boolean {
  if (ts.isCallExpression(parent)) return parent.expression.end !== node.end;
  return (
    ts.isSpreadElement(parent) ||
    ts.isPropertyAssignment(parent) ||
    ts.isObjectLiteralExpression(parent) ||
    ts.isArrayLiteralExpression(parent) ||
    ts.isTemplateSpan(parent) ||
    ts.isTemplateExpression(parent)
  );
}

/** Whether statements follow in the block, of which none uses the value. */
function isIndependent(source: SourceText, statement: ts.Statement, path: string): boolean {
  const { parent } = statement;
  const all = ts.isBlock(parent) || ts.isSourceFile(parent) ? parent.statements : [];
  const after = all.filter(({ pos }) => pos >= statement.end);
  const isUse = (node: ts.Node): node is ts.Identifier => ts.isIdentifier(node) && pathOf(source, node) === path;
  return (
    after.length > 0 &&
    after.every(
      (one) =>
        source.find(isUse, one).length === 0 &&
        source.find(isAccess, one).every((access) => pathOf(source, access) !== path),
    )
  );
}

/** A whole JSX expression `{list.map(…)}` or element that the chain makes. */
function enclosingElement(chain: ts.Expression): ts.Expression | undefined {
  let at: ts.Node = chain;
  while (at.parent && !ts.isJsxExpression(at.parent)) {
    if (ts.isStatement(at.parent) || ts.isJsxAttribute(at.parent)) return undefined;
    at = at.parent;
  }
  const isChild = at.parent && ts.isJsxExpression(at.parent) && !ts.isJsxAttribute(at.parent.parent);
  return isChild && at !== chain && ts.isExpression(at) ? at : undefined;
}

/** The caller hands over what may be missing: call only where it is there. */
function* guardedCalls(source: SourceText, handed: ts.Expression): Generator<Alternative> {
  const path = pathOf(source, handed);
  const call = handed.parent;
  if (path === undefined || path === 'this' || !ts.isCallExpression(call)) return;
  const inFile = (edits: Alternative['edits']): Alternative['edits'] =>
    edits.map((edit) => ({ ...edit, file: source.file }));
  const test = source.textOf(handed);
  const title = `call ${source.textOf(call.expression)} only where ${path} is there`;
  const condition = conditionAround(call);
  if (condition) yield { edits: inFile(withConjunct(source, condition, test)), title, confidence: 0.35 };
  else if (useOf(call) === 'jsx') yield { edits: inFile(withConjunct(source, call, test)), title, confidence: 0.35 };
  const statement = statementOf(call);
  if (statement) {
    yield { edits: inFile(onlyIf(source, statement, test)), title, confidence: 0.35 };
  }
}

/** The suspect is a caller on the way to the throw: call only where what is passed on is there. */
function* argumentGuards(
  { stack, file, line, column, values }: FixerSuspect,
  source: SourceText,
): Generator<Alternative> {
  const depth = stack.findIndex((position) => position.file === file && position.line === line);
  if (depth < 1) return;
  const calls = source.findOnLine({ line, column }, ts.isCallExpression, (node) => source.start(node));
  for (const call of calls.slice(0, 2)) {
    for (const given of call.arguments) {
      const path = pathOf(source, given);
      if (path === undefined || isGuarded(source, call, path)) continue;
      const seen = seenAt(values, path);
      // A bare variable is worth a try only where it was seen to be missing.
      if (seen === 'there' || (seen === 'unknown' && !isAccess(given))) continue;
      const title = `call ${source.textOf(call.expression)} only where ${path} is there`;
      const test = source.textOf(given);
      const use = useOf(call);
      const statement = statementOf(call);
      yield* shownElement(source, call, { test, path, confidence: seen === 'missing' ? 0.65 : 0.45 });
      if (use === 'jsx') yield { edits: withConjunct(source, call, test), title, confidence: 0.6 };
      else if (statement) {
        yield { edits: onlyIf(source, statement, test), title, confidence: 0.45 };
      } else {
        const otherwise = use === 'string' ? source.style.quote + source.style.quote : 'undefined';
        yield { edits: withTernary(source, call, { test, otherwise }), title, confidence: 0.4 };
      }
    }
  }
}

function* callGuards(source: SourceText, call: ts.CallExpression): Generator<Alternative> {
  const callee = source.textOf(call.expression);
  if (isGuarded(source, call, pathOf(source, call.expression) ?? '')) return;
  const title = `call ${callee} only where it is a function`;
  const test = `typeof ${callee} === ${source.style.quote}function${source.style.quote}`;
  const statement = statementOf(call);
  if (statement) {
    yield { edits: onlyIf(source, statement, test), title, confidence: 0.4 };
  }
  const paren = call.arguments.pos - 1;
  const isChained = call.questionDotToken !== undefined;
  if (!isChained && (isAccess(call.expression) || ts.isIdentifier(call.expression))) {
    yield { edits: [{ start: paren, end: paren, text: '?.' }], title, confidence: 0.3 };
  }
}

/** `'key' in value` throws where the value is none that has keys; all tests of the same value in the file alike. */
function* objectTests(source: SourceText, line: number): Generator<Alternative> {
  const isIn = (node: ts.Node): node is ts.BinaryExpression =>
    ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.InKeyword;
  const { quote } = source.style;
  const [thrower] = source.findOnLine({ line }, isIn, (node) => source.start(node));
  if (thrower === undefined || source.line(line).includes(`typeof ${source.textOf(thrower.right)} ===`)) return;
  const path = source.textOf(thrower.right);
  const title = `look for keys in ${path} only where it is an object`;
  const guard = (node: ts.BinaryExpression, test: string) => withConjunct(source, node, test);
  const isObject = `typeof ${path} === ${quote}object${quote}`;
  const same = source.find(isIn).filter((node) => source.textOf(node.right) === path);
  if (same.length > 1) yield { edits: same.flatMap((node) => guard(node, isObject)), title, confidence: 0.6 };
  yield { edits: guard(thrower, isObject), title, confidence: same.length > 1 ? 0.5 : 0.7 };
  yield { edits: guard(thrower, `${isObject} && ${path} !== null`), title, confidence: 0.5 };
}
