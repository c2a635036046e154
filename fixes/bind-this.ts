/** A method is handed over without its object: keep `this`, by an arrow property or at the place where it is handed over. */
import ts from 'typescript';
import { type Alternative, defineFixer, type FixerSuspect, type Project } from '../harness/kit/fixer.ts';
import { callsNamed, nullishReads } from '../harness/kit/missing-values.ts';
import { lastName, readMessage } from '../harness/kit/read-message.ts';
import type { SourceText } from '../harness/kit/source-text.ts';
import { enclosing, isAccess, pathOf } from '../harness/kit/syntax.ts';

export const fixer = defineFixer({
  id: 'bind-this',
  summary: 'Method that lost its object: keep `this`.',
  example: {
    message: "Cannot read properties of undefined (reading 'items')",
    before: 'class Cart {\n  count() {\n    return this.items.length;\n  }\n}',
    after: 'class Cart {\n  count = () => {\n    return this.items.length;\n  };\n}',
  },
  *propose(suspect, source, project) {
    const access =
      nullishReads(source, suspect).find((node) => pathOf(source, node.expression) === 'this') ??
      lostCall(source, suspect) ??
      lostMember(source, suspect, project);
    const method = access && enclosing(access, ts.isMethodDeclaration);
    if (method === undefined || !ts.isIdentifier(method.name) || !method.body) return;
    const name = method.name.text;
    yield* handedOver(name, source, project);
    if (ts.isClassLike(method.parent)) yield* asArrow(method, name, source);
  },
});

/** `this.render is not a function`: a listener's `this` is the element, which has another method of that name or none. */
function lostCall(source: SourceText, suspect: FixerSuspect): ts.Node | undefined {
  const complaint = readMessage(suspect.message);
  if (complaint.kind !== 'not-a-function' || !complaint.path.startsWith('this.')) return undefined;
  return callsNamed(source, suspect, lastName(complaint.path)).find(
    ({ expression }) => isAccess(expression) && pathOf(source, expression.expression) === 'this',
  );
}

/** `this.room.id` where `this` is an element by now: in a method that somebody hands over without its object. */
function lostMember(source: SourceText, suspect: FixerSuspect, project: Project): ts.Node | undefined {
  return nullishReads(source, suspect).find((access) => {
    const isOfThis = /^this\.[\w$#]+$/.test(pathOf(source, access.expression) ?? '');
    const name = isOfThis ? enclosing(access, ts.isMethodDeclaration)?.name : undefined;
    if (name === undefined || !ts.isIdentifier(name)) return false;
    return project.reads(name.text).some((one) => isHandedOver(one.access));
  });
}

function* asArrow(method: ts.MethodDeclaration, name: string, source: SourceText): Generator<Alternative> {
  const modifiers = ts.getModifiers(method) ?? [];
  const cannot =
    method.asteriskToken || method.questionToken || modifiers.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword);
  if (cannot || method.body === undefined || source.textOf(method.body).includes('super.')) return;
  const isAsync = modifiers.find(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword);
  const open = source.text.indexOf('(', method.name.getEnd());
  const afterName = method.name.getEnd();
  const edits = [
    ...(isAsync ? [{ start: source.start(isAsync), end: source.start(method.name), text: '' }] : []),
    {
      start: afterName,
      end: Math.min(open, source.start(method.typeParameters?.[0] ?? method.body)),
      text: ` = ${isAsync ? 'async ' : ''}`,
    },
    { start: source.start(method.body), end: source.start(method.body), text: '=> ' },
    { start: method.getEnd(), end: method.getEnd(), text: source.style.semicolon },
  ];
  if (method.typeParameters) return;
  yield { edits, title: `keep ${name} bound to its object`, confidence: 0.75 };
}

/** `onClick={cart.clear}` to `onClick={() => cart.clear()}` would change its arguments: `.bind` keeps them. */
function* handedOver(name: string, source: SourceText, project: Project): Generator<Alternative> {
  const reads = project.reads(name).filter(({ access }) => isHandedOver(access));
  // Where the method's own file hands it over, that is the place.
  for (const { source: text, access } of [...reads].sort(
    (a, b) => Number(b.source === source) - Number(a.source === source),
  )) {
    const owner = text.textOf(access.expression);
    const end = access.getEnd();
    const edits = [{ file: text.file, start: end, end, text: `.bind(${owner})` }];
    yield { edits, title: `hand ${name} over with its object`, confidence: 0.5 };
  }
}

function isHandedOver(access: ts.PropertyAccessExpression): boolean {
  const { parent } = access;
  if (ts.isCallExpression(parent)) return parent.expression !== access;
  if (isAccess(parent)) return false;
  return (
    ts.isJsxExpression(parent) ||
    ts.isPropertyAssignment(parent) ||
    ts.isVariableDeclaration(parent) ||
    ts.isReturnStatement(parent) ||
    ts.isArrayLiteralExpression(parent)
  );
}
