/** Something of None was read, walked or measured in Python: use the value only where it is there. */
import { type Alternative, definePythonFixer, type FixerSuspect } from '../harness/kit/fixer.ts';
import type { PythonSource, SyntaxNode } from '../harness/kit/python/python-source.ts';
import {
  around,
  attributeOf,
  chainAround,
  defaultFor,
  enclosingFunction,
  enclosingStatement,
  exitBefore,
  exitsOf,
  inPlaceOf,
  isPath,
  isTarget,
  LIST_CALL,
  receiverOf,
  subscriptOf,
  useOf,
} from '../harness/kit/python/python-syntax.ts';

const NO_ATTRIBUTE = /'NoneType' object has no attribute '(?<name>\w+)'/;
const NO_SUBSCRIPT = /'NoneType' object (?:is not subscriptable|does not support item assignment)/;
const NO_ORDER = /'(?:[<>]=?|[-+*/%]|\/\/)' not supported between instances of '(?<left>\w+)' and '(?<right>\w+)'/;
/** Django's fields for files, where none was stored. */
const NO_FILE = /The '(?<name>\w+)' attribute has no file associated with it/;
const NO_LIST =
  /'NoneType' object is not iterable|object of type 'NoneType' has no len\(\)|argument of type 'NoneType' is not iterable/;

export const fixer = definePythonFixer({
  id: 'python-none',
  summary: 'None where Python expects a value: use it only where it is there.',
  example: {
    message: "'NoneType' object has no attribute 'name'",
    before: 'def label(user):\n    return user.team.name\n',
    after: 'def label(user):\n    return user.team.name if user.team else None\n',
  },
  *propose(suspect, source) {
    const name = NO_ATTRIBUTE.exec(suspect.message)?.groups?.name;
    if (name !== undefined || NO_SUBSCRIPT.test(suspect.message)) {
      const reads = source.onLine(suspect.line, ['MemberExpression']).filter((node) => {
        return name === undefined ? subscriptOf(node) !== undefined : attributeOf(source, node) === name;
      });
      for (const read of likeliest(source, reads, suspect).slice(0, 2)) yield* guarded(source, read);
    }
    if (NO_LIST.test(suspect.message)) yield* lists(source, suspect);
    yield* compared(source, suspect);
    yield* empty(source, suspect);
  },
});

/** Those first whose receiver was seen to be None: Sentry's SDK sends what `repr` says. */
function likeliest(source: PythonSource, reads: readonly SyntaxNode[], { values }: FixerSuspect): SyntaxNode[] {
  const isNone = (read: SyntaxNode): boolean => {
    const receiver = receiverOf(read);
    return receiver !== undefined && values?.[source.textOf(receiver)] === 'None';
  };
  const seen = reads.filter(isNone);
  return seen.length > 0 ? seen : [...reads];
}

function* guarded(source: PythonSource, read: SyntaxNode): Generator<Alternative> {
  const receiver = receiverOf(read);
  if (receiver === undefined || !isPath(source, receiver) || source.textOf(receiver) === 'self') return;
  const test = source.textOf(receiver);
  const chain = chainAround(read);
  const statement = enclosingStatement(read);
  if (isTested(source, read, test)) return;
  const title = `use ${test} only where it is there`;
  const use = useOf(source, chain);
  if (use === 'condition') {
    yield { edits: [{ start: chain.from, end: chain.from, text: `${test} and ` }], title, confidence: 0.65 };
  } else if (!isTarget(chain) && statement?.name !== 'ExpressionStatement') {
    const isBare = use === 'alone' || use === 'other';
    const text = `${source.textOf(chain)} if ${test} else ${defaultFor(use, source.style.quote)}`;
    yield { edits: [inPlaceOf(chain, text)], title, confidence: isBare ? 0.6 : 0.55 };
  }
  if (statement === undefined) return;
  if (statement.name === 'ExpressionStatement' && isOneLine(source, statement)) {
    const text = `if ${test}:\n${source.indentOf(statement)}${source.style.indent}`;
    yield { edits: [{ start: statement.from, end: statement.from, text }], title, confidence: 0.55 };
  }
  yield* leaving(source, { statement, test: `${test} is None`, path: test, read });
}

function isOneLine(source: PythonSource, node: SyntaxNode): boolean {
  return !source.textOf(node).trim().includes('\n');
}

interface Leaving {
  readonly statement: SyntaxNode;
  /** When to leave. */
  readonly test: string;
  readonly path: string;
  readonly read: SyntaxNode;
}

/** Left in front of the statement, as the function is left elsewhere. */
function* leaving(source: PythonSource, { statement, test, path, read }: Leaving): Generator<Alternative> {
  const fn = enclosingFunction(read);
  if (fn === undefined || fn.name !== 'FunctionDefinition' || statement.name === 'ForStatement') return;
  const before = (exit: string): Alternative['edits'] => [exitBefore(source, statement, { test, exit })];
  const loop = around(statement, new Set(['ForStatement', 'WhileStatement']));
  const title = `stop where ${path} is missing`;
  if (loop && loop.from > fn.from) yield { edits: before('continue'), title, confidence: 0.5 };
  for (const [index, value] of exitsOf(source, fn).entries()) {
    yield { edits: before(value === '' ? 'return' : `return ${value}`), title, confidence: 0.5 - 0.1 * index };
  }
}

/** Whether a condition around the read, or an exit before it, asks for the value. */
function isTested(source: PythonSource, node: SyntaxNode, path: string): boolean {
  const asks = new RegExp(`(?<![\\w.])${path.replaceAll('.', '\\.')}(?![\\w.(\\[])`);
  for (let at = node; at.parent !== null; at = at.parent) {
    const { parent } = at;
    if (parent.name === 'ConditionalExpression') {
      const condition = parent.getChild('if')?.nextSibling;
      if (condition && condition.from !== at.from && asks.test(source.textOf(condition))) return true;
    }
    if (parent.name === 'IfStatement' && at.name === 'Body') {
      const condition = at.prevSibling;
      if (condition && asks.test(source.textOf(condition))) return true;
    }
    if (parent.name === 'BinaryExpression' && parent.getChild('and') && parent.lastChild?.from === at.from) {
      if (parent.firstChild && asks.test(source.textOf(parent.firstChild))) return true;
    }
    for (let sibling = at.prevSibling; sibling !== null && at.parent.name === 'Body'; sibling = sibling.prevSibling) {
      const condition = sibling.name === 'IfStatement' ? sibling.getChild('if')?.nextSibling : undefined;
      if (
        condition &&
        asks.test(source.textOf(condition)) &&
        /\b(?:return|raise|continue)\b/.test(source.textOf(sibling))
      )
        return true;
    }
    if (parent.name === 'FunctionDefinition') return false;
  }
  return false;
}

/** `for row in rows`, `len(rows)`, `key in rows`. */
function* lists(source: PythonSource, suspect: FixerSuspect): Generator<Alternative> {
  const walked = source.onLine(suspect.line, ['ForStatement', 'for']).flatMap((node) => {
    const list = node.name === 'ForStatement' ? node.getChild('in')?.nextSibling : walkedBy(node);
    return list ? [list] : [];
  });
  const handed = source.onLine(suspect.line, ['ArgList']).flatMap((node) => {
    const called = node.prevSibling;
    const only = onlyArgument(node);
    return called && only && LIST_CALL.test(source.textOf(called)) ? [only] : [];
  });
  const asked = source.onLine(suspect.line, ['BinaryExpression']).flatMap((node) => {
    return node.getChild('in') !== null && node.lastChild ? [node.lastChild] : [];
  });
  const lists = [...walked, ...handed, ...asked].filter(
    (node) => isPath(source, node) || node.name === 'CallExpression',
  );
  for (const list of [...new Map(lists.map((node) => [node.from, node])).values()].slice(0, 3)) {
    const text = `${source.textOf(list)} or []`;
    yield {
      edits: [inPlaceOf(list, text)],
      title: `use an empty list where ${source.textOf(list)} is None`,
      confidence: 0.7,
    };
  }
}

/** `rows` of `[row for row in rows]`. */
function walkedBy(node: SyntaxNode): SyntaxNode | undefined {
  for (let at = node.nextSibling; at !== null; at = at.nextSibling) {
    if (at.name === 'in') return at.nextSibling ?? undefined;
  }
  return undefined;
}

function onlyArgument(node: SyntaxNode): SyntaxNode | undefined {
  const found: SyntaxNode[] = [];
  for (let at = node.firstChild; at !== null; at = at.nextSibling) if (!/^[(),]$/.test(at.name)) found.push(at);
  return found.length === 1 ? found[0] : undefined;
}

/** `limit <= settings.most` with None on one side: what is not there sets no bound, or there is nothing to compare. */
function* compared(source: PythonSource, suspect: FixerSuspect): Generator<Alternative> {
  const { left, right } = NO_ORDER.exec(suspect.message)?.groups ?? {};
  if (left !== 'NoneType' && right !== 'NoneType') return;
  for (const node of source.onLine(suspect.line, ['BinaryExpression'])) {
    const operator = node.getChild('CompareOp');
    const side = left === 'NoneType' ? node.firstChild : node.lastChild;
    if (operator === null || side === null || !isPath(source, side)) continue;
    const path = source.textOf(side);
    if (isTested(source, node, path)) continue;
    const title = `compare ${path} only where it is there`;
    const isPart = node.parent?.name === 'BinaryExpression' && node.parent.getChild('and') !== null;
    const around = (test: string): Alternative['edits'] => [
      { start: node.from, end: node.from, text: `${isPart ? '(' : ''}${test} ` },
      ...(isPart ? [{ start: node.to, end: node.to, text: ')' }] : []),
    ];
    yield {
      edits: [{ start: node.from, end: node.from, text: `${path} is not None and ` }],
      title,
      confidence: 0.65,
    };
    yield { edits: around(`${path} is None or`), title: `let all through where ${path} is missing`, confidence: 0.6 };
  }
}

/** `self.image.read()` of a field without a file: the field is there, and false. */
function* empty(source: PythonSource, suspect: FixerSuspect): Generator<Alternative> {
  const name = NO_FILE.exec(suspect.message)?.groups?.name;
  if (name === undefined) return;
  for (const read of source.onLine(suspect.line, ['MemberExpression'])) {
    const path = source.textOf(read);
    const statement = enclosingStatement(read);
    if (attributeOf(source, read) !== name || statement === undefined || isTested(source, read, path)) continue;
    yield* leaving(source, { statement, test: `not ${path}`, path, read });
  }
}
