/** The type of a value that is missing, told by whatever else is done with it. */
import ts from 'typescript';
import type { Project } from './fixer.ts';
import { declarationOf } from './scope.ts';
import type { SourceText } from './source-text.ts';
import { enclosing, enclosingFunction, isAccess, nameOf, outermostFunction, pathOf } from './syntax.ts';
import { readsOf, typeOfMember, useOf } from './uses.ts';

export type Shape = 'array' | 'string' | 'number' | 'object';

/**
 * By the members that are read of the same path in the same function or class; where these fit several types, by what
 * becomes of the result, by the types that the app declares for the name, and by how the rest of the app reads it.
 * Undefined where nothing tells.
 */
export function shapeOf(source: SourceText, node: ts.Expression, project: Project): Shape | undefined {
  const path = pathOf(source, node);
  const own = isAccess(node.parent) && node.parent.expression === node ? nameOf(node.parent) : undefined;
  const scope = enclosing(node, ts.isClassLike) ?? outermostFunction(node) ?? source.tree;
  const members = path === undefined ? [] : readsOf(source, path, scope).map((access) => nameOf(access));
  const known = shapeOfMembers([own, ...members]);
  if (known !== undefined) return known === 'date' ? undefined : known;
  if (!SHARED.has(own ?? '')) return 'object';
  const written = ts.isIdentifier(node) ? typeOfVariable(node) : undefined;
  if (written !== undefined) return written;
  const key = isAccess(node) ? nameOf(node) : ts.isIdentifier(node) ? node.text : undefined;
  return (
    shapeOfResult(source, node) ??
    (key === undefined ? undefined : (declaredShape(key, project) ?? shapeElsewhere(key, project))) ??
    (own === 'length' || own === 'includes' || own === 'concat' ? 'array' : undefined)
  );
}

/** What a parameter's or a variable's own type says. */
function typeOfVariable(node: ts.Identifier): Shape | undefined {
  const declared = declarationOf(node, node.text);
  const type = declared && !ts.isBindingElement(declared) ? declared.type : undefined;
  return type && shapeOfType(type);
}

/** Members that several types have. */
const SHARED = new Set('length includes indexOf slice concat at valueOf toString toLocaleString'.split(' '));

function shapeOfMembers(members: readonly (string | undefined)[]): Shape | 'date' | undefined {
  const types = new Set(members.filter((name) => !SHARED.has(name ?? '')).map(typeOfMember));
  return (['array', 'string', 'number', 'date'] as const).find((type) => types.has(type));
}

/** `value.slice(0, 2).map(…)`, or a variable that takes the slice: it has the type of the value. */
function shapeOfResult(source: SourceText, node: ts.Expression): Shape | undefined {
  const { parent } = node;
  const isCopy = isAccess(parent) && (nameOf(parent) === 'slice' || nameOf(parent) === 'concat');
  if (!isCopy || !ts.isCallExpression(parent.parent)) return undefined;
  const call = parent.parent;
  const holder = call.parent;
  if (ts.isVariableDeclaration(holder) && ts.isIdentifier(holder.name)) {
    const reads = readsOf(source, holder.name.text, enclosingFunction(holder)?.body ?? source.tree);
    const shape = shapeOfMembers(reads.map((access) => nameOf(access)));
    return shape === 'date' ? undefined : shape;
  }
  if (isAccess(holder) && SHARED.has(nameOf(holder) ?? '')) return undefined;
  const use = useOf(call);
  return use === 'array' || use === 'string' ? use : undefined;
}

/** What every type of the app that has this key says of it. */
function declaredShape(key: string, project: Project): Shape | undefined {
  return agreed(project.typesOf(key).map(shapeOfType));
}

function shapeElsewhere(key: string, project: Project): Shape | undefined {
  const members = project.reads(key).flatMap(({ access: { parent } }) => (isAccess(parent) ? [nameOf(parent)] : []));
  const shape = shapeOfMembers(members);
  return shape === 'date' ? undefined : shape;
}

function agreed(shapes: readonly (Shape | undefined)[]): Shape | undefined {
  const [first] = shapes;
  return shapes.every((shape) => shape === first) ? first : undefined;
}

function shapeOfType(type: ts.TypeNode): Shape | undefined {
  if (ts.isParenthesizedTypeNode(type)) return shapeOfType(type.type);
  if (ts.isTypeOperatorNode(type)) return shapeOfType(type.type);
  if (ts.isArrayTypeNode(type) || ts.isTupleTypeNode(type)) return 'array';
  if (ts.isUnionTypeNode(type)) return agreed(type.types.filter((one) => !isNothing(one)).map(shapeOfType));
  if (ts.isLiteralTypeNode(type)) return ts.isStringLiteral(type.literal) ? 'string' : undefined;
  if (ts.isTypeReferenceNode(type)) return /^(?:Readonly)?Array$/.test(type.typeName.getText()) ? 'array' : undefined;
  if (ts.isTypeLiteralNode(type)) return 'object';
  if (type.kind === ts.SyntaxKind.StringKeyword) return 'string';
  return type.kind === ts.SyntaxKind.NumberKeyword ? 'number' : undefined;
}

function isNothing(type: ts.TypeNode): boolean {
  const isNull = ts.isLiteralTypeNode(type) && type.literal.kind === ts.SyntaxKind.NullKeyword;
  return isNull || type.kind === ts.SyntaxKind.UndefinedKeyword;
}
