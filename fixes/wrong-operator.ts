/**
 * A scenario fails and nothing is thrown: a condition, a bound or an order near the suspect may be the wrong way round. One
 * operator is changed at a time, in lines that the suspected commit wrote first; the scenarios tell whether it was the one.
 */
import ts from 'typescript';
import { type Alternative, defineFixer, type FixerEdit, type FixerSuspect } from '../harness/kit/fixer.ts';
import type { SourceText } from '../harness/kit/source-text.ts';
import { enclosingFunction } from '../harness/kit/syntax.ts';

type Change = readonly [text: string, title: string, confidence: number];

/** What people confuse: a bound that belongs to the range or not, a question and its opposite, and with or. */
const OPERATORS: Readonly<Partial<Record<ts.SyntaxKind, readonly Change[]>>> = {
  [ts.SyntaxKind.LessThanToken]: [
    ['<=', 'let the bound itself count', 0.5],
    ['>', 'compare the other way round', 0.3],
  ],
  [ts.SyntaxKind.LessThanEqualsToken]: [
    ['<', 'leave the bound itself out', 0.5],
    ['>=', 'compare the other way round', 0.3],
  ],
  [ts.SyntaxKind.GreaterThanToken]: [
    ['>=', 'let the bound itself count', 0.5],
    ['<', 'compare the other way round', 0.3],
  ],
  [ts.SyntaxKind.GreaterThanEqualsToken]: [
    ['>', 'leave the bound itself out', 0.5],
    ['<=', 'compare the other way round', 0.3],
  ],
  [ts.SyntaxKind.EqualsEqualsEqualsToken]: [['!==', 'ask the opposite', 0.35]],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken]: [['===', 'ask the opposite', 0.35]],
  [ts.SyntaxKind.AmpersandAmpersandToken]: [['||', 'let one of the two do', 0.35]],
  [ts.SyntaxKind.BarBarToken]: [
    ['&&', 'ask for both', 0.35],
    ['??', 'stand in only for what is missing', 0.3],
  ],
  [ts.SyntaxKind.PlusToken]: [['-', 'take away', 0.25]],
  [ts.SyntaxKind.MinusToken]: [['+', 'add', 0.25]],
};
/** Methods that are taken for each other. */
const METHODS: Readonly<Record<string, readonly string[]>> = {
  some: ['every'],
  every: ['some'],
  find: ['findLast'],
  findLast: ['find'],
  floor: ['round', 'ceil'],
  ceil: ['round', 'floor'],
  round: ['floor', 'ceil'],
  min: ['max'],
  max: ['min'],
  shift: ['pop'],
  pop: ['shift'],
  push: ['unshift'],
  unshift: ['push'],
  startsWith: ['includes', 'endsWith'],
  endsWith: ['includes', 'startsWith'],
};
const MOST = 16;

export const fixer = defineFixer({
  id: 'wrong-operator',
  summary: 'Scenario that fails without an error: turn a condition, a bound or an order round.',
  example: {
    message: 'expect(locator).toHaveText: expected “3 rooms”, received “2 rooms”',
    before: 'const fitting = rooms.filter((room) => room.seats > seats);',
    after: 'const fitting = rooms.filter((room) => room.seats >= seats);',
  },
  *propose(suspect, source) {
    // An error that somebody throws is no wrong answer.
    if (suspect.runtime !== 'scenario' && !/^expect\(/.test(suspect.message)) return;
    const [here] = source.findOnLine(suspect, isAny, (node) => source.start(node));
    const fn = here && enclosingFunction(here);
    const changes = [...operatorsIn(source, fn ?? source.tree), ...methodsIn(source, fn ?? source.tree)];
    const near = changes
      .map((change) => ({ ...change, near: nearness(source.lineOf(change.edit.start), suspect) }))
      .filter((change) => change.near > 0)
      .sort((a, b) => b.near * b.sure - a.near * a.sure);
    for (const { edit, title, sure, near: weight } of near.slice(0, MOST)) {
      yield { edits: [edit], title, confidence: sure * weight } satisfies Alternative;
    }
  },
});

/** Lines that the suspected commit wrote, the suspect's own line, and the rest of its function. */
function nearness(line: number, { line: own, hunks, file }: FixerSuspect): number {
  const isWritten = hunks.some(
    (hunk) => hunk.file === file && line >= hunk.newStart && line < hunk.newStart + hunk.newLines.length,
  );
  if (isWritten) return 1;
  if (line === own) return 0.95;
  return hunks.length > 0 ? 0.5 : 0.8;
}

interface Found {
  readonly edit: FixerEdit;
  readonly title: string;
  readonly sure: number;
}

function isAny(node: ts.Node): node is ts.Node {
  return node.kind !== ts.SyntaxKind.SourceFile && node.getChildCount() === 0;
}

function operatorsIn(source: SourceText, within: ts.Node): Found[] {
  return source.find(ts.isBinaryExpression, within).flatMap((node) => {
    const { operatorToken: token } = node;
    const [start, end] = [source.start(token), token.getEnd()];
    const order = orderOf(source, node);
    if (order) return [order];
    return (OPERATORS[token.kind] ?? []).flatMap(([text, title, sure]): Found[] => {
      // Texts are joined, not added.
      const isText = ts.isStringLiteralLike(node.left) || ts.isStringLiteralLike(node.right);
      if (isText && (text === '-' || text === '+')) return [];
      if (text === '??' && (isCondition(node) || isAnswer(node.left))) return [];
      if (isMixed(node, text)) return [];
      return [{ edit: { start, end, text }, title: `${title}: ${source.textOf(node).slice(0, 40)}`, sure }];
    });
  });
}

/** `a || b` as a question: nobody asks for what is missing. */
function isCondition(node: ts.Node): boolean {
  const at = ts.isParenthesizedExpression(node.parent) ? node.parent : node;
  const { parent } = at;
  return (
    ts.isIfStatement(parent) ||
    ts.isPrefixUnaryExpression(parent) ||
    (ts.isConditionalExpression(parent) && parent.condition === at)
  );
}

/** A comparison or its like: it is true or false, and never missing. */
function isAnswer(node: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(node)) return isAnswer(node.expression);
  if (ts.isPrefixUnaryExpression(node)) return true;
  return ts.isBinaryExpression(node) && (node.operatorToken.kind in OPERATORS || LOGICAL.has(node.operatorToken.kind));
}

const LOGICAL = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
]);

/** `a && b || c` with another operator would be grouped otherwise, or be an error. */
function isMixed(node: ts.BinaryExpression, text: string): boolean {
  if (!/^(?:&&|\|\||\?\?)$/.test(text)) return false;
  return [node.left, node.right, node.parent].some(
    (one) => ts.isBinaryExpression(one) && LOGICAL.has(one.operatorToken.kind),
  );
}

/** `(a, b) => a.price - b.price`: the order of a sort. */
function orderOf(source: SourceText, node: ts.BinaryExpression): Found | undefined {
  const { parent, left, right, operatorToken } = node;
  if (operatorToken.kind !== ts.SyntaxKind.MinusToken || !ts.isArrowFunction(parent) || parent.parameters.length !== 2)
    return undefined;
  const edit = {
    start: source.start(left),
    end: right.getEnd(),
    text: `${source.textOf(right)} - ${source.textOf(left)}`,
  };
  return { edit, title: 'sort the other way round', sure: 0.45 };
}

function methodsIn(source: SourceText, within: ts.Node): Found[] {
  return source.find(ts.isPropertyAccessExpression, within).flatMap(({ name, parent }) => {
    if (!ts.isCallExpression(parent)) return [];
    return (Object.hasOwn(METHODS, name.text) ? (METHODS[name.text] ?? []) : []).map((text, index) => ({
      edit: { start: source.start(name), end: name.getEnd(), text },
      title: `take ${text} for ${name.text}`,
      sure: 0.3 - 0.05 * index,
    }));
  });
}
