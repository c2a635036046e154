/** A value is missing or no function at times: use it only where it is there, by a conjunct, a ternary or an `if`. */
import ts from 'typescript';
import { wrap } from '../harness/kit/edits.ts';
import { type Alternative, defineFixer, type FixerEdit, type FixerSuspect } from '../harness/kit/fixer.ts';
import { lastName, readMessage } from '../harness/kit/read-message.ts';
import type { SourceText } from '../harness/kit/source-text.ts';
import { callsNamed, chainAround, isAccess, nullishReads, pathOf } from '../harness/kit/syntax.ts';
import { defaultFor, useOf } from '../harness/kit/uses.ts';

export const fixer = defineFixer({
  id: 'guard',
  summary: 'Value missing at times: use it only where it is there.',
  example: {
    message: "Cannot read properties of undefined (reading 'visible')",
    before: 'if (banner.visible) show(banner);',
    after: 'if (banner && banner.visible) show(banner);',
  },
  *propose(suspect, source) {
    for (const access of nullishReads(source, suspect).slice(0, 2)) {
      const path = pathOf(source, access.expression);
      if (path === undefined || path === 'this') continue;
      yield* guards(source, chainAround(access), source.textOf(access.expression), path);
    }
    yield* argumentGuards(suspect, source);
    const complaint = readMessage(suspect.message);
    if (complaint.kind !== 'not-a-function') return;
    for (const call of callsNamed(source, suspect, lastName(complaint.path)).slice(0, 2)) {
      yield* callGuards(source, call);
    }
  },
});

function* guards(source: SourceText, chain: ts.Expression, receiver: string, path: string): Generator<Alternative> {
  const title = `use ${path} only where it is there`;
  const use = useOf(chain);
  const condition = outermostCondition(chain);
  if (condition)
    yield { edits: wrap(source, condition, { before: `${receiver} && `, after: '' }), title, confidence: 0.5 };
  if (use === 'jsx')
    yield { edits: wrap(source, chain, { before: `${receiver} && `, after: '' }), title, confidence: 0.55 };
  const statement = ts.isExpressionStatement(chain.parent) ? chain.parent : assignmentStatement(chain);
  if (statement && mayHoldIf(statement)) {
    yield {
      edits: [{ start: source.start(statement), end: source.start(statement), text: `if (${receiver}) ` }],
      title,
      confidence: 0.45,
    };
  }
  if (use === 'array' || use === 'string' || use === 'number') {
    const value = defaultFor(use, source.style.quote);
    yield {
      edits: ternary(source, chain, receiver, value),
      title: `use ${value} where ${path} is missing`,
      confidence: 0.3,
    };
  } else if (use === 'other') {
    yield { edits: ternary(source, chain, receiver, 'undefined'), title, confidence: 0.25 };
  }
  const element = enclosingElement(chain);
  if (element)
    yield {
      edits: wrap(source, element, { before: `${receiver} && `, after: '' }),
      title: `show this part only where ${path} is there`,
      confidence: 0.4,
    };
}

function ternary(source: SourceText, chain: ts.Expression, receiver: string, otherwise: string): FixerEdit[] {
  const [first, last] = wrap(source, chain, { before: `${receiver} ? `, after: ` : ${otherwise}` });
  return first && last ? [first, last] : [];
}

/** The chain itself, or the comparison that it is part of, where that is a condition. */
function outermostCondition(chain: ts.Expression): ts.Expression | undefined {
  const { parent } = chain;
  if (ts.isBinaryExpression(parent) && useOf(chain) === 'condition')
    return useOf(parent) === 'condition' || isTest(parent) ? parent : undefined;
  return isTest(chain) ? chain : undefined;
}

function isTest(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isIfStatement(parent) || ts.isWhileStatement(parent)) return parent.expression === node;
  if (ts.isConditionalExpression(parent)) return parent.condition === node;
  return ts.isArrowFunction(parent) && parent.body === node && ts.isBinaryExpression(node);
}

function assignmentStatement(chain: ts.Expression): ts.ExpressionStatement | undefined {
  const { parent } = chain;
  const isTarget =
    ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken && parent.left === chain;
  return isTarget && ts.isExpressionStatement(parent.parent) ? parent.parent : undefined;
}

function mayHoldIf(statement: ts.Statement): boolean {
  return ts.isBlock(statement.parent) || ts.isSourceFile(statement.parent);
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

/** A caller on the way to the throw: call only where what is passed on is there. */
function* argumentGuards({ stack, file, line, column }: FixerSuspect, source: SourceText): Generator<Alternative> {
  const depth = stack.findIndex((position) => position.file === file && position.line === line);
  if (depth < 1) return;
  const calls = source.findOnLine({ line, column }, ts.isCallExpression, (node) => source.start(node));
  for (const call of calls.filter(({ arguments: given }) => given.length > 0).slice(0, 2)) {
    for (const given of call.arguments) {
      const path = pathOf(source, given);
      if (path === undefined || !isAccess(given)) continue;
      const use = useOf(call);
      const title = `call ${source.textOf(call.expression)} only where ${path} is there`;
      const text = source.textOf(given);
      if (use === 'jsx')
        yield { edits: wrap(source, call, { before: `${text} && `, after: '' }), title, confidence: 0.6 };
      else if (ts.isExpressionStatement(call.parent)) {
        yield {
          edits: [{ start: source.start(call), end: source.start(call), text: `if (${text}) ` }],
          title,
          confidence: 0.45,
        };
      } else {
        const empty = source.style.quote + source.style.quote;
        yield {
          edits: wrap(source, call, { before: `${text} ? `, after: ` : ${use === 'string' ? empty : 'undefined'}` }),
          title,
          confidence: 0.4,
        };
      }
    }
  }
}

function* callGuards(source: SourceText, call: ts.CallExpression): Generator<Alternative> {
  const callee = source.textOf(call.expression);
  const title = `call ${callee} only where it is a function`;
  const test = `typeof ${callee} === ${source.style.quote}function${source.style.quote}`;
  const { parent } = call;
  if (ts.isExpressionStatement(parent)) {
    yield {
      edits: [{ start: source.start(parent), end: source.start(parent), text: `if (${test}) ` }],
      title,
      confidence: 0.4,
    };
  }
  const paren = call.arguments.pos - 1;
  if (isAccess(call.expression) || ts.isIdentifier(call.expression)) {
    yield { edits: [{ start: paren, end: paren, text: '?.' }], title, confidence: 0.3 };
  }
}
