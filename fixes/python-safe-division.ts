/** Python divides by zero: divide only where there is something to divide by. */
import { definePythonFixer } from '../harness/kit/fixer.ts';
import type { SyntaxNode } from '../harness/kit/python/python-source.ts';
import {
  enclosingFunction,
  enclosingStatement,
  exitBefore,
  exitsOf,
  inPlaceOf,
  isAskedFor,
} from '../harness/kit/python/python-syntax.ts';

const BY_ZERO = /division by zero|(?:division|modulo) or modulo by zero|modulo by zero/;

export const fixer = definePythonFixer({
  id: 'python-safe-division',
  summary: 'Division by zero in Python: divide only where there is something to divide by.',
  example: {
    message: 'division by zero',
    before: 'def percent(right, total):\n    return right / total * 100\n',
    after: 'def percent(right, total):\n    return (right / total if total else 0) * 100\n',
  },
  *propose(suspect, source) {
    if (!BY_ZERO.test(suspect.message)) return;
    const divisions = source.onLine(suspect.line, ['BinaryExpression']).filter((node) => {
      const operator = node.getChild('ArithOp');
      return operator !== null && /^(?:\/|\/\/|%)$/.test(source.textOf(operator)) && node.lastChild?.name !== 'Number';
    });
    for (const division of divisions) {
      const divisor = unwrapped(division.lastChild);
      if (divisor === undefined) continue;
      const test = source.textOf(divisor);
      if (isAskedFor(source, division, test)) continue;
      const text = `${source.textOf(division)} if ${test} else 0`;
      yield {
        edits: [inPlaceOf(division, text)],
        title: `divide by ${test} only where it is not 0`,
        confidence: 0.75,
      };
      const statement = enclosingStatement(division);
      const fn = enclosingFunction(division);
      if (statement === undefined || fn?.name !== 'FunctionDefinition') continue;
      const [exit = ''] = exitsOf(source, fn);
      const leave = exit === 'None' || exit === '' ? 'return 0' : `return ${exit}`;
      yield {
        edits: [exitBefore(source, statement, { test: `not ${test}`, exit: leave })],
        title: `stop where ${test} is 0`,
        confidence: 0.45,
      };
    }
  },
});

/** Undefined for what is calculated by a call: it may be another the second time. */
function unwrapped(node: SyntaxNode | null): SyntaxNode | undefined {
  const inner = node?.name === 'ParenthesizedExpression' ? node.getChild('(')?.nextSibling : node;
  return inner && /^(?:VariableName|MemberExpression|BinaryExpression|CallExpression)$/.test(inner.name)
    ? inner
    : undefined;
}
