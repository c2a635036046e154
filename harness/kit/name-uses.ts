/** How a file uses a name: as a variable, as a member of something, taken out of something. */
import ts from 'typescript';
import type { SourceText } from './source-text.ts';

/** Whether an identifier stands for a variable: it is no key, no member, no type and declares nothing. */
export function isFreeUse(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isJsxOpeningLikeElement(parent) || ts.isJsxClosingElement(parent)) return true;
  return (
    !(ts.isPropertyAssignment(parent) && parent.name === node) &&
    !isDeclaring(parent, node) &&
    !ts.isTypeReferenceNode(parent)
  );
}

function isDeclaring(parent: ts.Node, node: ts.Identifier): boolean {
  if (ts.isBindingElement(parent)) return parent.initializer !== node;
  if (ts.isVariableDeclaration(parent) || ts.isParameter(parent)) return parent.name === node;
  return (
    ts.isPropertySignature(parent) ||
    ts.isImportSpecifier(parent) ||
    ts.isImportClause(parent) ||
    ts.isJsxAttribute(parent) ||
    ts.isMethodDeclaration(parent) ||
    ts.isFunctionDeclaration(parent) ||
    (ts.isPropertyDeclaration(parent) && parent.name === node)
  );
}

/** Whether the file reads `owner.name` somewhere. */
export function hasMember(source: SourceText, owner: string, name: string): boolean {
  return source
    .find(ts.isPropertyAccessExpression)
    .some((node) => node.name.text === name && source.textOf(node.expression) === owner);
}

/** Whether the file takes a name out of a holder: `const { name } = holder`. */
export function isDestructured(source: SourceText, holder: string, name: string): boolean {
  return source.find(ts.isObjectBindingPattern).some((pattern) => {
    const { parent } = pattern;
    const from = ts.isVariableDeclaration(parent) && parent.initializer ? source.textOf(parent.initializer) : '';
    return (
      from === holder && pattern.elements.some((element) => (element.propertyName ?? element.name).getText() === name)
    );
  });
}
