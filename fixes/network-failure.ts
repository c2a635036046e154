/** A request gets no answer at all: leave the function as it is left for an answer that says no. */
import ts from 'typescript';
import { tryText } from '../harness/kit/edits.ts';
import { exitsOf, returnText } from '../harness/kit/exits.ts';
import { type Alternative, defineFixer } from '../harness/kit/fixer.ts';
import type { SourceText } from '../harness/kit/source-text.ts';
import { enclosing, enclosingFunction, pathOf } from '../harness/kit/syntax.ts';

/** Chromium, Firefox, Safari, Node, and what wrappers around them say. */
const NO_ANSWER =
  /Failed to fetch|NetworkError|Load failed|fetch failed|Network (?:request failed|Error)|ECONNREFUSED|ERR_NETWORK/i;

export const fixer = defineFixer({
  id: 'network-failure',
  summary: 'Request without an answer: treat it as an answer that says no.',
  example: {
    message: 'Failed to fetch',
    before:
      'async function load() {\n  const answer = await fetch(url);\n  if (!answer.ok) return [];\n  return answer.json();\n}',
    after:
      'async function load() {\n  let answer;\n  try {\n    answer = await fetch(url);\n  } catch {\n    return [];\n  }\n  if (!answer.ok) return [];\n  return answer.json();\n}',
  },
  *propose(suspect, source) {
    if (!NO_ANSWER.test(suspect.message)) return;
    const waits = source.findOnLine(suspect, ts.isAwaitExpression, (node) => source.start(node));
    for (const waited of waits.slice(0, 2)) {
      if (isCaught(waited)) continue;
      const statement = enclosing(waited, ts.isVariableStatement);
      const [only, ...more] = statement?.declarationList.declarations ?? [];
      const isPlain = only && more.length === 0 && only.initializer === waited && ts.isIdentifier(only.name);
      if (statement === undefined || !isPlain || !ts.isBlock(statement.parent)) continue;
      const refusal = refusalOf(source, statement, source.textOf(only.name));
      const fn = enclosingFunction(waited);
      const exits = fn ? exitsOf(source, fn).map((way) => ({ text: returnText(way), confidence: way.confidence })) : [];
      const ways =
        refusal === undefined ? exits.slice(0, 2) : refusal === '' ? [] : [{ text: refusal, confidence: 0.75 }];
      for (const { text, confidence } of ways) yield tried(source, statement, { exit: text, confidence });
    }
  },
});

/** Inside of a `try` whose `catch` sees it. */
function isCaught(node: ts.Node): boolean {
  for (let at = node; at.parent !== undefined; at = at.parent) {
    const { parent } = at;
    if (ts.isTryStatement(parent) && parent.tryBlock === at && parent.catchClause) return true;
    if (ts.isFunctionLike(parent)) return false;
  }
  return false;
}

/** `return []` of `if (!answer.ok) return []`; '' where it says something of the answer itself, or throws. */
function refusalOf(source: SourceText, statement: ts.VariableStatement, name: string): string | undefined {
  const block = statement.parent;
  const after = ts.isBlock(block) ? block.statements.filter(({ pos }) => pos >= statement.end) : [];
  for (const one of after) {
    if (!ts.isIfStatement(one) || !asksForOk(source, one.expression, name)) continue;
    const { thenStatement } = one;
    const only =
      ts.isBlock(thenStatement) && thenStatement.statements.length === 1 ? thenStatement.statements[0] : thenStatement;
    if (!only || !ts.isReturnStatement(only)) return '';
    const isOfAnswer = source.find(ts.isIdentifier, only).some(({ text }) => text === name);
    return isOfAnswer ? '' : source.textOf(only).replace(/;$/, '');
  }
  return undefined;
}

/** `!answer.ok`, `answer.status !== 200`, `answer.status >= 400`. */
function asksForOk(source: SourceText, condition: ts.Expression, name: string): boolean {
  const paths = source.find(ts.isPropertyAccessExpression, condition).map((node) => pathOf(source, node));
  return paths.includes(`${name}.ok`) || paths.includes(`${name}.status`);
}

function tried(
  source: SourceText,
  statement: ts.VariableStatement,
  { exit, confidence }: { exit: string; confidence: number },
): Alternative {
  const [only] = statement.declarationList.declarations;
  const { newline, semicolon } = source.style;
  const indent = source.indentOf(statement);
  const name = only ? source.textOf(only.name) : '';
  const type = only?.type ? `: ${source.textOf(only.type)}` : '';
  const value = only?.initializer ? source.textOf(only.initializer) : '';
  const attempt = tryText(source, { attempt: `${name} = ${value}`, otherwise: exit, indent });
  const text = `let ${name}${type}${semicolon}${newline}${indent}${attempt}`;
  return {
    edits: [{ start: source.start(statement), end: statement.getEnd(), text }],
    title: `leave where ${name} does not come`,
    confidence,
  };
}
