/** A Python list is shorter than was thought: take an element only where there is one. */
import { type Alternative, definePythonFixer } from '../harness/kit/fixer.ts';
import type { PythonSource, SyntaxNode } from '../harness/kit/python/python-source.ts';
import {
  chainAround,
  defaultFor,
  enclosingFunction,
  enclosingStatement,
  exitBefore,
  exitsOf,
  inPlaceOf,
  isAskedFor,
  isPath,
  isTarget,
  receiverOf,
  subscriptOf,
  useOf,
} from '../harness/kit/python/python-syntax.ts';

const OUT_OF_RANGE = /(?:list|string|tuple|deque) (?:assignment )?index out of range/;
const EMPTY = /pop from (?:an )?empty/;

export const fixer = definePythonFixer({
  id: 'python-first-element',
  summary: 'Element that a Python list lacks: take it only where it is there.',
  example: {
    message: 'list index out of range',
    before: 'first = rows[0].name\n',
    after: 'first = rows[0].name if rows else None\n',
  },
  *propose(suspect, source) {
    if (EMPTY.test(suspect.message)) yield* popped(source, suspect.line);
    if (!OUT_OF_RANGE.test(suspect.message)) return;
    const reads = source.onLine(suspect.line, ['MemberExpression']).filter((node) => subscriptOf(node) !== undefined);
    for (const read of reads.slice(0, 2)) {
      const [receiver, index] = [receiverOf(read), subscriptOf(read)];
      if (!receiver || !index || !isPath(source, receiver) || isTarget(read)) continue;
      const list = source.textOf(receiver);
      const test = testOf(list, source.textOf(index), index);
      const statement = enclosingStatement(read);
      if (test === undefined || statement === undefined || isAskedFor(source, read, list)) continue;
      const chain = chainAround(read);
      const otherwise = defaultFor(useOf(source, chain), source.style.quote);
      const text = `${source.textOf(chain)} if ${test} else ${otherwise}`;
      const title = `use ${otherwise} where ${list} is too short`;
      if (statement.name !== 'ExpressionStatement') {
        yield {
          edits: [inPlaceOf(chain, text)],
          title,
          confidence: 0.6,
        };
      }
      const fn = enclosingFunction(read);
      if (fn?.name !== 'FunctionDefinition') continue;
      for (const value of exitsOf(source, fn).slice(0, 1)) {
        const exit = value === '' ? 'return' : `return ${value}`;
        const missing = `not ${/^len\(/.test(test) ? `(${test})` : test}`;
        yield {
          edits: [exitBefore(source, statement, { test: missing, exit })],
          title: `stop where ${list} is too short`,
          confidence: 0.5,
        };
      }
    }
  },
});

/** `rows.pop()` of nothing. */
function* popped(source: PythonSource, line: number): Generator<Alternative> {
  for (const call of source.onLine(line, ['CallExpression'])) {
    const [, list] = /^([A-Za-z_][\w.]*)\.pop(?:left|item)?\(/.exec(source.textOf(call)) ?? [];
    const statement = enclosingStatement(call);
    if (list === undefined || statement === undefined || isAskedFor(source, call, list)) continue;
    if (statement.name === 'ExpressionStatement') {
      const text = `if ${list}:\n${source.indentOf(statement)}${source.style.indent}`;
      const edits = [{ start: statement.from, end: statement.from, text }];
      yield { edits, title: `take from ${list} only where something is left`, confidence: 0.6 };
      continue;
    }
    const otherwise = defaultFor(useOf(source, call), source.style.quote);
    const text = `${source.textOf(call)} if ${list} else ${otherwise}`;
    yield {
      edits: [inPlaceOf(call, text)],
      title: `use ${otherwise} where nothing is left in ${list}`,
      confidence: 0.65,
    };
  }
}

/** What tells that the element is there; undefined for keys. */
function testOf(list: string, text: string, index: SyntaxNode): string | undefined {
  if (text === '0' || text === '-1') return list;
  if (index.name === 'Number') return `len(${list}) > ${text}`;
  return index.name === 'VariableName' ? `${text} < len(${list})` : undefined;
}
