/** Names: where one is declared, which are in reach, what a file imports and exports, which keys its shapes have. */
import ts from 'typescript';
import type { SourceText } from './source-text.ts';
import { type AnyFunction, isAnyFunction } from './syntax.ts';

/** The nearest declaration of a name that a node can see: a variable, parameter or destructured element. */
export function declarationOf(
  node: ts.Node,
  name: string,
): ts.VariableDeclaration | ts.ParameterDeclaration | ts.BindingElement | undefined {
  for (let at: ts.Node | undefined = node.parent; at !== undefined; at = at.parent) {
    if (isAnyFunction(at)) {
      const found = at.parameters.map((parameter) => bound(parameter, name)).find((one) => one !== undefined);
      if (found) return found;
    }
    const declared = declarationsIn(at)
      .map((declaration) => bound(declaration, name))
      .find((one) => one !== undefined);
    if (declared) return declared;
  }
  return undefined;
}

function declarationsIn(node: ts.Node): ts.VariableDeclaration[] {
  if (ts.isForOfStatement(node) || ts.isForStatement(node) || ts.isForInStatement(node)) {
    return node.initializer && ts.isVariableDeclarationList(node.initializer) ? [...node.initializer.declarations] : [];
  }
  const statements = ts.isBlock(node) || ts.isSourceFile(node) || ts.isCaseOrDefaultClause(node) ? node.statements : [];
  return statements.flatMap((statement) =>
    ts.isVariableStatement(statement) ? [...statement.declarationList.declarations] : [],
  );
}

function bound<T extends ts.VariableDeclaration | ts.ParameterDeclaration | ts.BindingElement>(
  declaration: T,
  name: string,
): T | ts.BindingElement | undefined {
  if (ts.isIdentifier(declaration.name)) return declaration.name.text === name ? declaration : undefined;
  for (const element of declaration.name.elements) {
    const found = ts.isBindingElement(element) ? bound(element, name) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** Names of variables, parameters, functions, classes and imports that a node can see, nearest first. */
export function namesInScope(node: ts.Node): string[] {
  const names: string[] = [];
  for (let at: ts.Node | undefined = node; at !== undefined; at = at.parent) {
    if (isAnyFunction(at)) for (const parameter of at.parameters) names.push(...boundNames(parameter.name));
    for (const declaration of declarationsIn(at)) names.push(...boundNames(declaration.name));
    const statements = ts.isBlock(at) || ts.isSourceFile(at) ? at.statements : [];
    for (const statement of statements) {
      if ((ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) && statement.name)
        names.push(statement.name.text);
      if (ts.isImportDeclaration(statement)) names.push(...importedNames(statement));
    }
  }
  return [...new Set(names)];
}

function boundNames(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? boundNames(element.name) : []));
}

export function importedNames({ importClause }: ts.ImportDeclaration): string[] {
  if (importClause === undefined) return [];
  const { name, namedBindings } = importClause;
  const named =
    namedBindings && ts.isNamedImports(namedBindings) ? namedBindings.elements.map((element) => element.name.text) : [];
  const star = namedBindings && ts.isNamespaceImport(namedBindings) ? [namedBindings.name.text] : [];
  return [...(name ? [name.text] : []), ...named, ...star];
}

export function importsOf(source: SourceText): ts.ImportDeclaration[] {
  return source.tree.statements.filter(ts.isImportDeclaration);
}

export function moduleOf(declaration: ts.ImportDeclaration): string {
  return ts.isStringLiteral(declaration.moduleSpecifier) ? declaration.moduleSpecifier.text : '';
}

export interface Exported {
  readonly name: string;
  readonly kind: 'named' | 'default';
}

/** Names that a file exports, in its order. */
export function exportsIn(source: SourceText): Exported[] {
  return source.tree.statements.flatMap((statement): Exported[] => {
    if (ts.isExportDeclaration(statement) && statement.exportClause && ts.isNamedExports(statement.exportClause)) {
      return statement.exportClause.elements.map(({ name }) => ({ name: name.text, kind: 'named' }));
    }
    if (ts.isExportAssignment(statement) && ts.isIdentifier(statement.expression))
      return [{ name: statement.expression.text, kind: 'default' }];
    const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
    if (!modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
    const names = ts.isVariableStatement(statement)
      ? statement.declarationList.declarations.flatMap((declaration) => boundNames(declaration.name))
      : (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) && statement.name
        ? [statement.name.text]
        : [];
    const isDefault = modifiers.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword);
    return names.map((name) => ({ name, kind: isDefault ? 'default' : 'named' }));
  });
}

/** How a file exports a name, if it does. */
export function exportOf(source: SourceText, name: string): Exported['kind'] | undefined {
  return exportsIn(source).find((one) => one.name === name)?.kind;
}

/** Keys of every interface, type, class and object literal of a file, with how often each stands there. */
export function keysOf(source: SourceText): Map<string, number> {
  const counts = new Map<string, number>();
  const isKeyed = (
    node: ts.Node,
  ): node is
    | ts.PropertySignature
    | ts.PropertyAssignment
    | ts.ShorthandPropertyAssignment
    | ts.PropertyDeclaration
    | ts.MethodDeclaration
    | ts.MethodSignature =>
    ts.isPropertySignature(node) ||
    ts.isPropertyAssignment(node) ||
    ts.isShorthandPropertyAssignment(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isMethodSignature(node);
  for (const node of source.find(isKeyed)) {
    if (ts.isIdentifier(node.name) || ts.isStringLiteral(node.name))
      counts.set(node.name.text, (counts.get(node.name.text) ?? 0) + 1);
  }
  return counts;
}

export function isAsync(fn: AnyFunction): boolean {
  return (ts.getModifiers(fn) ?? []).some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword);
}

/** Functions and methods of a file by name. */
export function functionsNamed(source: SourceText, name: string): AnyFunction[] {
  return source.find(isAnyFunction).filter((fn) => functionName(fn) === name);
}

/** A function's own name, or that of the variable or property that holds it. */
export function functionName(fn: AnyFunction): string | undefined {
  if (!ts.isConstructorDeclaration(fn) && fn.name && (ts.isIdentifier(fn.name) || ts.isPrivateIdentifier(fn.name)))
    return fn.name.text;
  const { parent } = fn;
  const holder =
    ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)
      ? parent
      : undefined;
  return holder && ts.isIdentifier(holder.name) ? holder.name.text : undefined;
}
