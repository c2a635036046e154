/** The smallest part of a program around an edit that can be written twice: a function's body, an expression, a default. */
import ts from 'typescript';
import type { SourceText } from '../../kit/source-text.ts';

/**
 * `statements`: what stands between braces, or one statement of a module; `arrow`: the expression that an arrow function
 * returns; `default`: an empty place behind a parameter's or a binding's name.
 */
export interface Home {
  readonly kind: 'statements' | 'arrow' | 'expression' | 'default';
  readonly start: number;
  readonly end: number;
}

export interface HomeRequest {
  readonly edit: { readonly start: number; readonly end: number };
  /** How far the patch moves an offset of the original. */
  readonly shift: (offset: number) => number;
  /** How much longer the patch makes a part of the original; undefined where an edit lies half inside. */
  readonly growth: (start: number, end: number) => number | undefined;
}

export interface FoundHome {
  readonly home: Home;
  /** The same part of the patched text. */
  readonly variant: string;
  /** An arrow function's expression that has become a block; `variant` is what stands between its braces. */
  readonly isBlock: boolean;
}

/** Undefined where the edit changes what cannot be written twice: names, types, decorators, exports. */
export function homeOf(source: SourceText, patched: SourceText, request: HomeRequest): FoundHome | undefined {
  for (const node of around(source.tree, request.edit)) {
    for (const home of homesAt(source, node)) {
      if (home.start > request.edit.start || home.end < request.edit.end) continue;
      const found = inPatched(patched, home, request);
      if (found) return found;
    }
  }
  return undefined;
}

/** Nodes whose text holds the edit, the smallest first. */
function around(tree: ts.SourceFile, { start, end }: { start: number; end: number }): ts.Node[] {
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (node.getStart(tree) > start || node.end < end) return;
    found.unshift(node);
    node.forEachChild(visit);
  };
  tree.forEachChild(visit);
  // Two nodes may end and begin at one place: the smaller one is asked first.
  return found.sort((a, b) => a.end - a.getStart(tree) - (b.end - b.getStart(tree)));
}

function homesAt(source: SourceText, node: ts.Node): Home[] {
  const { parent } = node;
  if (ts.isBlock(node) && (isWithBody(parent) || ts.isClassStaticBlockDeclaration(parent))) {
    return [{ kind: 'statements', start: afterDirectives(source, node), end: node.end - 1 }];
  }
  const range = { start: source.start(node), end: node.end };
  if (ts.isArrowFunction(parent) && parent.body === node) return [{ kind: 'arrow', ...range }];
  if (isDefaultable(node) && node.initializer === undefined)
    return [{ kind: 'default', start: node.end, end: node.end }];
  if (isInFunction(node)) return isInitializer(node) && isDefaultable(parent) ? [{ kind: 'expression', ...range }] : [];
  if (isInitializer(node)) return [{ kind: 'expression', ...range }];
  return ts.isSourceFile(parent) && isPlainStatement(node) ? [{ kind: 'statements', ...range }] : [];
}

/** Values of declarations, class fields and exports: whatever stands there is an expression. */
function isInitializer(node: ts.Node): node is ts.Expression {
  const { parent } = node;
  if (ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent) || isDefaultable(parent)) {
    return parent.initializer === node;
  }
  return ts.isExportAssignment(parent) && parent.expression === node;
}

/** Statements that declare nothing. */
function isPlainStatement(node: ts.Node): boolean {
  if (ts.isExpressionStatement(node)) return !ts.isStringLiteral(node.expression);
  return ts.isIfStatement(node) || ts.isIterationStatement(node, false) || ts.isTryStatement(node);
}

function isDefaultable(node: ts.Node): node is ts.ParameterDeclaration | ts.BindingElement {
  if (ts.isBindingElement(node)) return node.dotDotDotToken === undefined;
  return ts.isParameter(node) && node.dotDotDotToken === undefined && node.questionToken === undefined;
}

function isWithBody(node: ts.Node): boolean {
  return ts.isFunctionLike(node) && 'body' in node;
}

/** Whether the node is a part of a function's body or its parameters. */
function isInFunction(node: ts.Node): boolean {
  for (let at: ts.Node | undefined = node.parent; at !== undefined; at = at.parent) {
    if (ts.isFunctionLike(at) || ts.isClassStaticBlockDeclaration(at)) return true;
  }
  return false;
}

function afterDirectives(source: SourceText, block: ts.Block): number {
  let end = source.start(block) + 1;
  for (const statement of block.statements) {
    if (!ts.isExpressionStatement(statement) || !ts.isStringLiteral(statement.expression)) break;
    end = statement.end;
  }
  return end;
}

/** The home's counterpart in the patched text, if it is of the same kind there. */
function inPatched(patched: SourceText, home: Home, { shift, growth }: HomeRequest): FoundHome | undefined {
  const grown = growth(home.start, home.end);
  if (grown === undefined) return undefined;
  const start = home.start + shift(home.start);
  const end = home.end + shift(home.start) + grown;
  const text = patched.text.slice(start, end);
  const made = (variant: string, isBlock = false): FoundHome => ({ home, variant, isBlock });
  if (home.kind === 'default') {
    const [node] = patched.find(isDefaultable).filter(({ initializer }) => initializer?.end === end);
    const isAdded = node?.initializer && /^\s*=/.test(text) && patched.start(node.initializer) > start;
    return isAdded ? made(patched.textOf(node.initializer)) : undefined;
  }
  if (home.kind === 'statements') return isWholeStatements(patched, { start, end }) ? made(text) : undefined;
  const [node] = patched.find((one): one is ts.Expression | ts.Block => {
    if (one.end !== end || patched.start(one) !== start || ts.isSourceFile(one)) return false;
    return home.kind === 'arrow' ? ts.isArrowFunction(one.parent) && one.parent.body === one : isInitializer(one);
  });
  if (node === undefined) return undefined;
  return ts.isBlock(node) ? made(patched.text.slice(start + 1, end - 1), true) : made(text);
}

/** Whether a part of the text is all that stands between the braces of a body, or statements of the module that declare nothing. */
function isWholeStatements(patched: SourceText, { start, end }: { start: number; end: number }): boolean {
  const [body] = patched.find(
    (node): node is ts.Block =>
      ts.isBlock(node) &&
      (isWithBody(node.parent) || ts.isClassStaticBlockDeclaration(node.parent)) &&
      node.end - 1 === end &&
      afterDirectives(patched, node) === start,
  );
  if (body) return true;
  const touched = patched.tree.statements.filter((one) => patched.start(one) < end && one.end > start);
  return (
    touched.length > 0 && touched.every((one) => isPlainStatement(one) && patched.start(one) >= start && one.end <= end)
  );
}
