/** Questions about Python's syntax that several fixers ask. */
import type { PythonSource, SyntaxNode } from './python-source.ts';

const STATEMENT = /Statement$/;
const FUNCTION = new Set(['FunctionDefinition', 'LambdaExpression']);
const MEMBER = 'MemberExpression';

/** The nearest node around one that has one of these names. */
export function around(node: SyntaxNode, names: ReadonlySet<string>): SyntaxNode | undefined {
  for (let at = node.parent; at !== null; at = at.parent) if (names.has(at.name)) return at;
  return undefined;
}

export function enclosingStatement(node: SyntaxNode): SyntaxNode | undefined {
  for (let at: SyntaxNode | null = node; at !== null; at = at.parent) if (STATEMENT.test(at.name)) return at;
  return undefined;
}

export function enclosingFunction(node: SyntaxNode): SyntaxNode | undefined {
  return around(node, FUNCTION);
}

/** `user` of `user.name` and of `user['name']`. */
export function receiverOf(node: SyntaxNode): SyntaxNode | undefined {
  return node.name === MEMBER ? (node.firstChild ?? undefined) : undefined;
}

/** `name` of `user.name`. */
export function attributeOf(source: PythonSource, node: SyntaxNode): string | undefined {
  const name = node.name === MEMBER ? node.getChild('PropertyName') : null;
  return name === null ? undefined : source.textOf(name);
}

/** What stands in the brackets of `rows[0]`. */
export function subscriptOf(node: SyntaxNode): SyntaxNode | undefined {
  if (node.name !== MEMBER || node.getChild('[') === null) return undefined;
  return node.getChild('[')?.nextSibling ?? undefined;
}

/** The whole of `user.name.strip()[0]` around one of its parts: attributes, calls and subscripts behind it. */
export function chainAround(node: SyntaxNode): SyntaxNode {
  const { parent } = node;
  const isBehind =
    parent !== null &&
    (parent.name === MEMBER || parent.name === 'CallExpression') &&
    parent.firstChild?.from === node.from;
  return isBehind && parent.from === node.from ? chainAround(parent) : node;
}

/** A name, or names with dots: what may be written twice. */
export function isPath(source: PythonSource, node: SyntaxNode): boolean {
  return /^[A-Za-z_]\w*(?:\.\w+)*$/.test(source.textOf(node));
}

/** Whether something is assigned to the node, or it is deleted. */
export function isTarget(node: SyntaxNode): boolean {
  const { parent } = node;
  if (parent === null) return false;
  if (parent.name === 'DeleteStatement') return true;
  if (parent.name !== 'AssignStatement' && parent.name !== 'UpdateStatement') return false;
  const operator = parent.getChild('AssignOp') ?? parent.getChild('UpdateOp');
  return operator !== null && node.to <= operator.from;
}

/** Calls that walk or measure the list that they are given. */
export const LIST_CALL = /^(?:len|sum|sorted|list|set|max|min|enumerate|reversed|any|all)$/;

export type PythonUse = 'text' | 'number' | 'list' | 'condition' | 'alone' | 'other';

const TEXT_METHODS =
  /^(?:strip|lstrip|rstrip|lower|upper|title|split|rsplit|splitlines|replace|startswith|endswith|join|format|encode|capitalize|casefold|zfill|ljust|rjust)$/;
const LIST_METHODS = /^(?:append|extend|sort|reverse|pop|insert|index|count)$/;

/** What becomes of a value where it stands. */
export function useOf(source: PythonSource, node: SyntaxNode): PythonUse {
  const { parent } = node;
  if (parent === null) return 'other';
  if (parent.name === 'ParenthesizedExpression') return useOf(source, parent);
  const name = attributeOf(source, parent);
  if (name !== undefined && parent.firstChild?.from === node.from) {
    return TEXT_METHODS.test(name) ? 'text' : LIST_METHODS.test(name) ? 'list' : 'other';
  }
  if (parent.name === 'FormatReplacement') return 'text';
  // `for row in rows`, also in a comprehension.
  if (node.prevSibling?.name === 'in') return 'list';
  if (parent.name === 'ArgList') {
    const called = parent.prevSibling === null ? '' : source.textOf(parent.prevSibling);
    if (LIST_CALL.test(called)) return 'list';
    return /^(?:int|float|round|abs)$/.test(called) ? 'number' : 'other';
  }
  if (parent.name === 'BinaryExpression') return useInBinary(source, node, parent);
  if (parent.name === 'IfStatement' || parent.name === 'WhileStatement' || parent.name === 'UnaryExpression')
    return 'condition';
  if (parent.name === 'ReturnStatement' || parent.name === 'AssignStatement') return 'alone';
  return parent.name === 'ExpressionStatement' ? 'alone' : 'other';
}

function useInBinary(source: PythonSource, node: SyntaxNode, parent: SyntaxNode): PythonUse {
  const operator = parent.getChild('ArithOp');
  if (operator === null) return 'condition';
  const sign = source.textOf(operator);
  if (sign !== '+') return sign === '%' ? 'other' : 'number';
  const other = parent.firstChild?.from === node.from ? parent.lastChild : parent.firstChild;
  return other !== null && /^(?:Format)?String$|^ContinuedString$/.test(other.name) ? 'text' : 'number';
}

/** What stands in for a missing value of a use, as source text. */
export function defaultFor(use: PythonUse, quote: string): string {
  if (use === 'text') return quote + quote;
  if (use === 'number') return '0';
  return use === 'list' ? '[]' : 'None';
}

/** How a function is left early: as it is left elsewhere, or bare. */
export function exitsOf(source: PythonSource, fn: SyntaxNode): string[] {
  const returned = source
    .find(['ReturnStatement'], fn)
    .filter((one) => enclosingFunction(one)?.from === fn.from)
    .map((one) => source.textOf(one).replace(/^return\s*/, ''));
  const plain = returned.filter((text) => /^(?:None|\[\]|\{\}|0|False|True|''|"")$/.test(text));
  const kinds = returned.flatMap((text) => {
    if (/^\[|^(?:sorted|list)\(/.test(text)) return ['[]'];
    if (/^\{.*:/.test(text)) return ['{}'];
    return /^f?['"]/.test(text) ? [source.style.quote + source.style.quote] : [];
  });
  const exits = [...new Set([...plain, ...kinds])];
  return exits.length > 0
    ? exits.slice(0, 2)
    : returned.length > 0 && returned.every((text) => text !== '')
      ? ['None']
      : [''];
}

/** Whether a condition around a node, or an `if` before it, asks for something: what that says is not looked at. */
export function isAskedFor(source: PythonSource, node: SyntaxNode, text: string): boolean {
  for (let at = node; at.parent !== null; at = at.parent) {
    const { parent } = at;
    const condition =
      parent.name === 'ConditionalExpression'
        ? parent.getChild('if')?.nextSibling
        : parent.name === 'IfStatement' && at.name === 'Body'
          ? at.prevSibling
          : undefined;
    if (condition && condition.from !== at.from && source.textOf(condition).includes(text)) return true;
    for (let sibling = at.prevSibling; sibling !== null && parent.name === 'Body'; sibling = sibling.prevSibling) {
      const asked = sibling.name === 'IfStatement' ? sibling.getChild('if')?.nextSibling : undefined;
      if (asked && source.textOf(asked).includes(text)) return true;
    }
    if (parent.name === 'FunctionDefinition') return false;
  }
  return false;
}

/** A conditional expression in a node's place, in parentheses where something around it binds tighter. */
export function inPlaceOf(node: SyntaxNode, text: string): { start: number; end: number; text: string } {
  const around = node.parent?.name ?? '';
  const isHeld =
    /^(?:BinaryExpression|FormatReplacement|MemberExpression|UnaryExpression)$/.test(around) ||
    // Behind `in` a choice would be the comprehension's own condition.
    (/ComprehensionExpression$/.test(around) && / if /.test(text));
  return { start: node.from, end: node.to, text: isHeld ? `(${text})` : text };
}

/** An `if` with one statement of its own in front of a statement. */
export function exitBefore(
  source: PythonSource,
  statement: SyntaxNode,
  { test, exit }: { readonly test: string; readonly exit: string },
): { start: number; end: number; text: string } {
  const indent = source.indentOf(statement);
  const text = `if ${test}:\n${indent}${source.style.indent}${exit}\n${indent}`;
  return { start: statement.from, end: statement.from, text };
}
