/** Where a value comes from, as far as the syntax tells: initialiser, argument, attribute, state, or returned value. */
import ts from 'typescript';
import type { Project } from './fixer.ts';
import { declarationOf, functionName, functionsNamed } from './scope.ts';
import type { SourceText } from './source-text.ts';
import { type AnyFunction, enclosing, enclosingFunction, isAccess, isAnyFunction, nameOf, pathOf } from './syntax.ts';

export interface ValueSource {
  readonly source: SourceText;
  readonly node: ts.Expression;
  readonly how: 'declared' | 'argument' | 'state' | 'returned';
}

const MOST = 6;

/** Expressions whose value arrives at a place, nearest first; one step back each, two through a returned value. */
export function sourcesOf(node: ts.Expression, source: SourceText, project: Project): ValueSource[] {
  const found = ts.isIdentifier(node) ? ofName(node, source, project) : ofMember(node, source, project);
  const all = found.flatMap((one) => [one, ...returnedBy(one, project)]);
  return all.filter((one, index) => all.findIndex(({ node: other }) => other === one.node) === index).slice(0, MOST);
}

function ofName(name: ts.Identifier, source: SourceText, project: Project): ValueSource[] {
  const declared = declarationOf(name, name.text);
  if (declared === undefined) return [];
  if (ts.isVariableDeclaration(declared)) {
    return declared.initializer ? [{ source, node: declared.initializer, how: 'declared' }] : [];
  }
  if (ts.isParameter(declared)) return argumentsOf(declared, undefined, project);
  const key = keyOf(declared);
  const holder = declared.parent.parent;
  if (key === undefined || !ts.isObjectBindingPattern(declared.parent)) return [];
  if (ts.isParameter(holder)) return argumentsOf(holder, key, project);
  if (!ts.isVariableDeclaration(holder) || holder.initializer === undefined) return [];
  return ofKey({ owner: holder.initializer, key }, source, project);
}

/** `{ key: name }` and `{ key }`. */
function keyOf(element: ts.BindingElement): string | undefined {
  const name = element.propertyName ?? element.name;
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : undefined;
}

function ofMember(node: ts.Expression, source: SourceText, project: Project): ValueSource[] {
  if (ts.isCallExpression(node)) return returnedBy({ source, node, how: 'declared' }, project);
  const key = isAccess(node) ? nameOf(node) : undefined;
  return isAccess(node) && key !== undefined ? ofKey({ owner: node.expression, key }, source, project) : [];
}

function ofKey(
  { owner, key }: { owner: ts.Expression; key: string },
  source: SourceText,
  project: Project,
): ValueSource[] {
  const path = pathOf(source, owner);
  if (path === 'this.state' || path === 'state') return stateOf(source, key);
  if (path === 'this.props') {
    const component = enclosing(owner, ts.isClassLike)?.name?.text;
    return component === undefined ? [] : attributesOf(component, key, project);
  }
  if (!ts.isIdentifier(owner)) return [];
  const declared = declarationOf(owner, owner.text);
  return declared && ts.isParameter(declared) ? argumentsOf(declared, key, project) : [];
}

/** What callers hand over for a parameter, or for a key of it. */
function argumentsOf(parameter: ts.ParameterDeclaration, key: string | undefined, project: Project): ValueSource[] {
  const fn = parameter.parent;
  const name = isAnyFunction(fn) ? functionName(fn) : undefined;
  if (name === undefined) return [];
  const index = fn.parameters.indexOf(parameter);
  return project.callers(name).flatMap(({ source, site }): ValueSource[] => {
    if (ts.isJsxOpeningLikeElement(site)) return index === 0 && key !== undefined ? attributeOf(source, site, key) : [];
    const handed = site.arguments?.[index];
    if (handed === undefined) return [];
    if (key === undefined) return [{ source, node: handed, how: 'argument' }];
    return ts.isObjectLiteralExpression(handed) ? propertyOf(source, handed, key, 'argument') : [];
  });
}

function attributesOf(component: string, key: string, project: Project): ValueSource[] {
  return project
    .callers(component)
    .flatMap(({ source, site }) => (ts.isJsxOpeningLikeElement(site) ? attributeOf(source, site, key) : []));
}

function attributeOf(source: SourceText, site: ts.JsxOpeningLikeElement, key: string): ValueSource[] {
  for (const attribute of site.attributes.properties) {
    if (!ts.isJsxAttribute(attribute) || attribute.name.getText() !== key) continue;
    const value = attribute.initializer;
    if (value && ts.isJsxExpression(value) && value.expression)
      return [{ source, node: value.expression, how: 'argument' }];
  }
  return [];
}

function propertyOf(
  source: SourceText,
  literal: ts.ObjectLiteralExpression,
  key: string,
  how: ValueSource['how'],
): ValueSource[] {
  return literal.properties.flatMap((one): ValueSource[] =>
    ts.isPropertyAssignment(one) && one.name.getText().replace(/['"]/g, '') === key
      ? [{ source, node: one.initializer, how }]
      : [],
  );
}

/** The initial state and what `setState` puts there later, in React's class components. */
function stateOf(source: SourceText, key: string): ValueSource[] {
  return source.find(ts.isObjectLiteralExpression).flatMap((literal) => {
    return isState(source, literal) ? propertyOf(source, literal, key, 'state') : [];
  });
}

function isState(source: SourceText, literal: ts.ObjectLiteralExpression): boolean {
  let at: ts.Node = literal;
  while (ts.isParenthesizedExpression(at.parent) || ts.isAsExpression(at.parent)) at = at.parent;
  const { parent } = at;
  if (ts.isCallExpression(parent)) return /\bsetState$/.test(source.textOf(parent.expression));
  if (ts.isPropertyDeclaration(parent)) return parent.name.getText() === 'state';
  if (ts.isBinaryExpression(parent)) return source.textOf(parent.left) === 'this.state';
  const fn = enclosingFunction(at);
  if (fn === undefined || (!ts.isReturnStatement(parent) && fn.body !== at)) return false;
  if (/^get(?:Initial|Default)State$/.test(functionName(fn) ?? '')) return true;
  return ts.isCallExpression(fn.parent) && /\bsetState$/.test(source.textOf(fn.parent.expression));
}

/** What the app's own function returns, where the value is a call of it. */
function returnedBy({ node, source }: ValueSource, project: Project): ValueSource[] {
  const call = ts.isAwaitExpression(node) ? node.expression : node;
  if (!ts.isCallExpression(call) || !ts.isIdentifier(call.expression)) return [];
  const name = call.expression.text;
  const own = functionsNamed(source, name).map((fn) => ({ fn, source }));
  const others = project.exportsOf(name).flatMap(({ file }) => {
    const other = project.source(file);
    return other && file !== source.file ? functionsNamed(other, name).map((fn) => ({ fn, source: other })) : [];
  });
  const known = own.length > 0 ? own : others;
  return known.flatMap(({ fn, source: text }) =>
    returnsOf(fn, text).map((value) => ({ source: text, node: value, how: 'returned' as const })),
  );
}

/** Values that a function returns itself, not those of functions inside of it. */
export function returnsOf(fn: AnyFunction, source: SourceText): ts.Expression[] {
  if (!fn.body) return [];
  if (!ts.isBlock(fn.body)) return [fn.body];
  return source.find(ts.isReturnStatement, fn.body).flatMap((statement) => {
    return statement.expression && enclosingFunction(statement) === fn ? [statement.expression] : [];
  });
}
