/** Which expression of a line the error's message complains of. */
import ts from 'typescript';
import type { Project } from './fixer.ts';
import { isGuarded } from './guards.ts';
import { lastName, readMessage } from './read-message.ts';
import { seenAt } from './seen-values.ts';
import { type Shape, shapeOf } from './shapes.ts';
import { similarity } from './similar-names.ts';
import type { SourceText } from './source-text.ts';
import { type Access, isAccess, isOptional, nameOf, pathOf } from './syntax.ts';

/** A line, a column where it is known, the message, and what its variables held, where somebody saw it. */
export interface Place {
  readonly message: string;
  readonly line: number;
  readonly column?: number | undefined;
  readonly values?: Readonly<Record<string, unknown>> | undefined;
}

/** Reads whose receiver was null or undefined, as the message says: exact names first, then the nearest to the column. */
export function nullishReads(source: SourceText, at: Place): Access[] {
  const complaint = readMessage(at.message);
  if (complaint.kind !== 'nullish-read') return [];
  const { property, receiver } = complaint;
  const accesses = source
    .findOnLine(at, isAccess, (node) => anchorOf(source, node))
    .filter((node) => !isOptional(node) && node.expression.kind !== ts.SyntaxKind.SuperKeyword);
  const named = accesses.filter(
    (node) =>
      property === undefined ||
      nameOf(node) === property ||
      (isComputed(node) && !isOtherCount(source, node, property)),
  );
  const exact =
    receiver === undefined ? named : named.filter((node) => pathOf(source, node.expression) === squeeze(receiver));
  const kept = (exact.length > 0 ? exact : named).filter(
    (node) => !isTested(source, node) && !wasThere(source, node, at),
  );
  const strangeness = (node: Access): number => (isComputed(node) ? 2 - keyLikeness(source, node, property) : 0);
  return [...kept].sort((a, b) => strangeness(a) - strangeness(b));
}

/** What was seen to be there is not what was missing. */
function wasThere(source: SourceText, node: Access, { values }: Place): boolean {
  const path = pathOf(source, node.expression);
  return path !== undefined && seenAt(values, path) === 'there';
}

/** What people call a place in a list. */
const COUNT = /^(?:[ijkn]|[\w$.]*(?:index|idx|number|count|position))$/i;

/** `rows[FIELDS.FULL_NAME]` may read 'full.name', and `rows[index]` reads '3': 0 to 1. */
function keyLikeness(source: SourceText, node: Access, property: string | undefined): number {
  if (property === undefined || !ts.isElementAccessExpression(node)) return 0;
  const name = /([\w$]+)\W*$/.exec(source.textOf(node.argumentExpression))?.[1] ?? '';
  const isCount = COUNT.test(name);
  if (/^\d+$/.test(property)) return isCount ? 1 : 0.5;
  return isCount ? 0 : similarity(name.toLowerCase(), property.toLowerCase().replace(/\W+/g, '_'));
}

/** `rows[index]` reads no 'full.name'. */
function isOtherCount(source: SourceText, node: Access, property: string): boolean {
  return (
    !/^\d+$/.test(property) &&
    ts.isElementAccessExpression(node) &&
    COUNT.test(source.textOf(node.argumentExpression).replace(/\W+$/, ''))
  );
}

/** A value that a condition has tested is not missing. */
function isTested(source: SourceText, node: Access): boolean {
  const path = pathOf(source, node.expression);
  return path !== undefined && isGuarded(source, node, path);
}

/** Calls on a line whose callee has this name, nearest to the column first. */
export function callsNamed(source: SourceText, at: Omit<Place, 'message'>, name: string): ts.CallExpression[] {
  return source
    .findOnLine(at, ts.isCallExpression, (node) =>
      isAccess(node.expression) ? anchorOf(source, node.expression) : source.start(node),
    )
    .filter(({ expression }) => {
      return (isAccess(expression) ? nameOf(expression) : ts.isIdentifier(expression) ? expression.text : '') === name;
    });
}

/** Lists on a line that turned out to be none: the one that the message names, else every one that is walked. */
export function notIterable(source: SourceText, at: Place): ts.Expression[] {
  const complaint = readMessage(at.message);
  if (complaint.kind !== 'not-iterable') return [];
  const walked = walkedOnLine(source, at);
  const named = walked.filter(
    (node) => complaint.path !== undefined && pathOf(source, node) === squeeze(complaint.path),
  );
  return named.length > 0 ? named : walked;
}

/** `...list`, `for (… of list)` and `const [one] = list` on a line. */
export function walkedOnLine(source: SourceText, at: Omit<Place, 'message'>): ts.Expression[] {
  return source
    .findOnLine(at, ts.isExpression, (node) => source.start(node))
    .filter((node) => {
      const { parent } = node;
      if (ts.isVariableDeclaration(parent)) return parent.initializer === node && ts.isArrayBindingPattern(parent.name);
      return ts.isSpreadElement(parent) || (ts.isForOfStatement(parent) && parent.expression === node);
    });
}

export interface MissingValue {
  readonly node: ts.Expression;
  /** What its use asks for; undefined where nothing tells. */
  readonly shape: Shape | undefined;
}

/** Expressions on the line that had no value, or none of the type that is used; likeliest first. */
export function missingValues(source: SourceText, at: Place, project: Project): MissingValue[] {
  const complaint = readMessage(at.message);
  switch (complaint.kind) {
    case 'nullish-read':
      return nullishReads(source, at).map(({ expression }) => ({
        node: expression,
        shape: shapeOf(source, expression, project),
      }));
    case 'not-iterable':
      return notIterable(source, at).map((node) => ({ node, shape: 'array' }));
    case 'destructured-nothing':
      return source
        .findOnLine(at, ts.isVariableDeclaration, (node) => source.start(node))
        .flatMap(({ name, initializer }) =>
          initializer && !ts.isIdentifier(name)
            ? [{ node: initializer, shape: ts.isArrayBindingPattern(name) ? ('array' as const) : ('object' as const) }]
            : [],
        );
    case 'nothing-to-object':
      return ['keys', 'values', 'entries', 'fromEntries']
        .flatMap((name) => callsNamed(source, at, name))
        .flatMap(({ arguments: [first] }) => (first ? [{ node: first, shape: 'object' as const }] : []));
    case 'not-a-function':
      return callsNamed(source, at, lastName(complaint.path)).flatMap(({ expression }) =>
        isAccess(expression)
          ? [{ node: expression.expression, shape: shapeOf(source, expression.expression, project) }]
          : [],
      );
    default:
      return [];
  }
}

function isComputed(node: Access): boolean {
  return ts.isElementAccessExpression(node) && nameOf(node) === undefined;
}

/** V8 points at the name that is read, and at the bracket of `rows[0]`. */
function anchorOf(source: SourceText, node: Access): number {
  return ts.isPropertyAccessExpression(node)
    ? source.start(node.name)
    : source.text.indexOf('[', node.expression.getEnd());
}

function squeeze(path: string): string {
  return path.replace(/\s+|[?!]/g, '');
}
