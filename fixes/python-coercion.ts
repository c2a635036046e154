/** Python is strict about texts and numbers: turn the one into the other where they meet. */
import { type Alternative, definePythonFixer } from '../harness/kit/fixer.ts';
import type { PythonSource, SyntaxNode } from '../harness/kit/python/python-source.ts';
import { around, enclosingStatement } from '../harness/kit/python/python-syntax.ts';

const NO_NUMBER =
  /invalid literal for int\(\) with base 10: (?<text>'.*')|could not convert string to float: (?<other>'.*')/;
const NOT_GIVEN = /(?:int|float)\(\) argument must be a string.* not '?NoneType'?/;
const MIXED =
  /can only concatenate str \(not "(?<type>\w+)"\) to str|unsupported operand type\(s\) for \+: '(?<left>\w+)' and '(?<right>\w+)'/;
const TEXTS = /^(?:Format)?String$|^ContinuedString$/;

export const fixer = definePythonFixer({
  id: 'python-coercion',
  summary: 'Text and number in each other’s place in Python: convert where they meet.',
  example: {
    message: 'can only concatenate str (not "int") to str',
    before: 'label = "Points: " + points\n',
    after: 'label = "Points: " + str(points)\n',
  },
  *propose(suspect, source) {
    const number = NO_NUMBER.exec(suspect.message)?.groups;
    const isEmpty = number === undefined ? NOT_GIVEN.test(suspect.message) : (number.text ?? number.other) === "''";
    if (number !== undefined || isEmpty) yield* numbers(source, suspect.line, isEmpty);
    const mixed = MIXED.exec(suspect.message)?.groups;
    if (mixed !== undefined) yield* texts(source, suspect.line, mixed);
  },
});

function* numbers(source: PythonSource, line: number, isEmpty: boolean): Generator<Alternative> {
  for (const call of source.onLine(line, ['CallExpression'])) {
    const name = call.firstChild ? source.textOf(call.firstChild) : '';
    const given = call.getChild('ArgList')?.getChild('(')?.nextSibling;
    if ((name !== 'int' && name !== 'float') || !given || given.name === ')') continue;
    const zero = name === 'int' ? '0' : '0.0';
    if (isEmpty && !/ or /.test(source.textOf(given))) {
      yield {
        edits: [{ start: given.to, end: given.to, text: ' or 0' }],
        title: `take nothing for 0 in ${name}()`,
        confidence: 0.7,
      };
    }
    const statement = enclosingStatement(call);
    const isPlain =
      statement?.name === 'AssignStatement' &&
      statement.lastChild?.from === call.from &&
      statement.lastChild.to === call.to &&
      around(statement, new Set(['TryStatement'])) === undefined;
    if (!isPlain || !statement.firstChild) continue;
    const indent = source.indentOf(statement);
    const inner = `${indent}${source.style.indent}`;
    const target = source.textOf(statement.firstChild);
    const error = 'except (TypeError, ValueError):';
    yield {
      edits: [
        {
          start: statement.from,
          end: statement.to,
          text: `try:\n${inner}${source.textOf(statement)}\n${indent}${error}\n${inner}${target} = ${zero}`,
        },
      ],
      title: `use ${zero} where the text is no number`,
      confidence: isEmpty ? 0.4 : 0.6,
    };
  }
}

/** `'a' + 3`: the operand that is no text becomes one. */
function* texts(
  source: PythonSource,
  line: number,
  { type, left, right }: Readonly<Record<string, string | undefined>>,
): Generator<Alternative> {
  const sums = source.onLine(line, ['BinaryExpression']).filter((node) => {
    const operator = node.getChild('ArithOp');
    return operator !== null && source.textOf(operator) === '+';
  });
  for (const sum of sums) {
    const [first, last] = [sum.firstChild, sum.lastChild];
    if (!first || !last) continue;
    const isRight = type !== undefined || left === 'str';
    const other = isRight ? last : right === 'str' ? first : undefined;
    // The text must be one: a literal, or a sum that begins with one.
    if (other === undefined || TEXTS.test(other.name) || isConverted(source, other)) continue;
    const against = other === last ? first : last;
    if (sums.length > 1 && !mayBeText(source, against)) continue;
    yield {
      edits: [
        { start: other.from, end: other.from, text: 'str(' },
        { start: other.to, end: other.to, text: ')' },
      ],
      title: `write ${source.textOf(other)} as text`,
      confidence: mayBeText(source, against) ? 0.7 : 0.5,
    };
    // Two names, of which one turned out to be text: a sum, more likely than a sentence.
    const types = [left, right];
    if (mayBeText(source, against) || !types.includes('str') || isNumber(source, against)) continue;
    const kind = types.includes('float') ? 'float' : 'int';
    yield {
      edits: [
        { start: against.from, end: against.from, text: `${kind}(` },
        { start: against.to, end: against.to, text: ')' },
      ],
      title: `take ${source.textOf(against)} for a number`,
      confidence: 0.65,
    };
  }
}

function mayBeText(source: PythonSource, node: SyntaxNode): boolean {
  return TEXTS.test(node.name) || (node.name === 'BinaryExpression' && /['"]/.test(source.textOf(node)));
}

function isConverted(source: PythonSource, node: SyntaxNode): boolean {
  return /^str\(/.test(source.textOf(node));
}

function isNumber(source: PythonSource, node: SyntaxNode): boolean {
  return /^(?:int|float)\(|^\d/.test(source.textOf(node));
}
