/** A name that nothing has: the nearest one in scope, among the keys that the app's shapes have, or of a recent rename. */
import ts from 'typescript';
import {
  type Alternative,
  defineFixer,
  type FixerEdit,
  type FixerSuspect,
  type Project,
} from '../harness/kit/fixer.ts';
import { callsNamed, nullishReads, walkedOnLine } from '../harness/kit/missing-values.ts';
import { hasMember, isDestructured, isFreeUse } from '../harness/kit/name-uses.ts';
import { lastName, readMessage } from '../harness/kit/read-message.ts';
import { broughtKeys, keysSeen, renamesOf } from '../harness/kit/recent-names.ts';
import { resolveModule } from '../harness/kit/resolve-module.ts';
import {
  declarationOf,
  exportsIn,
  importedNames,
  importsOf,
  keysOf,
  moduleOf,
  namesInScope,
} from '../harness/kit/scope.ts';
import { kindSeen } from '../harness/kit/seen-values.ts';
import { nearestNames, similarity } from '../harness/kit/similar-names.ts';
import type { SourceText } from '../harness/kit/source-text.ts';
import {
  type Access,
  enclosing,
  enclosingFunction,
  isAccess,
  isAnyFunction,
  nameOf,
  pathOf,
} from '../harness/kit/syntax.ts';
import { typeOfMember } from '../harness/kit/uses.ts';

/** Names less alike than this are offered only where a recent change or a value seen names them. */
const ALIKE = 0.55;
const MOST = 4;

interface Asked {
  readonly suspect: FixerSuspect;
  readonly source: SourceText;
  readonly project: Project;
}

export const fixer = defineFixer({
  id: 'wrong-name',
  summary: 'Name that nothing has: the nearest one that exists.',
  example: {
    message: 'totl is not defined',
    before: 'const total = 3;\nshow(totl);',
    after: 'const total = 3;\nshow(total);',
  },
  *propose(suspect, source, project) {
    const asked = { suspect, source, project };
    const complaint = readMessage(suspect.message);
    if (complaint.kind === 'not-defined') yield* otherVariable(complaint.name, asked);
    if (complaint.kind === 'nullish-read') {
      for (const access of nullishReads(source, suspect).slice(0, 2)) {
        // `a.b.c` with `a.b` undefined: `b` is the name in doubt.
        if (!isAccess(access.expression)) continue;
        yield* otherKey(access.expression, asked);
        yield* otherReceiver(access.expression, source);
      }
    }
    if (complaint.kind === 'not-a-function') {
      for (const { expression } of callsNamed(source, suspect, lastName(complaint.path)).slice(0, 2)) {
        if (!isAccess(expression)) yield* otherVariable(lastName(complaint.path), asked);
        else {
          yield* otherKey(expression, asked);
          yield* otherExport(expression, asked);
          yield* otherReceiver(expression, source);
          if (isAccess(expression.expression)) yield* otherKey(expression.expression, asked);
          yield* inside(expression.expression, suspect);
        }
      }
    }
    if (complaint.kind === 'not-iterable') {
      for (const walked of walkedOnLine(source, suspect).slice(0, 1)) {
        if (isAccess(walked)) yield* otherKey(walked, asked);
        yield* inside(walked, suspect);
      }
    }
  },
});

function* otherVariable(name: string, { suspect, source }: Asked): Generator<Alternative> {
  const uses = source
    .findOnLine(suspect, ts.isIdentifier, (node) => source.start(node))
    .filter((node) => node.text === name && isFreeUse(node));
  // Where the line's only use is bound after all, the engine knows better than the syntax.
  const use = uses.find((node) => !isKnown(node)) ?? uses[0];
  if (use === undefined) return;
  const recent = renamesOf(suspect, name);
  const scope = namesInScope(use);
  const close = closeNames(name, scope);
  const candidates = [...recent.filter((one) => scope.includes(one)), ...close, ...nearestNames(name, scope, ALIKE)];
  const everywhere = isKnown(use)
    ? [use]
    : source.find(ts.isIdentifier).filter((node) => node.text === name && isFreeUse(node) && !isKnown(node));
  for (const candidate of [...new Set(candidates)].slice(0, MOST)) {
    const reached = everywhere.filter((node) => namesInScope(node).includes(candidate));
    yield rename(source, reached, candidate, confidenceOf(name, candidate, recent));
  }
  const others = [...new Set(everywhere.map((node) => enclosingFunction(node)))];
  if (others.length === 1 && !isKnown(use)) yield* takenOut(use, name, source);
  for (const owner of ['this', 'props'].filter((one) => one === 'this' || scope.includes(one))) {
    if (hasMember(source, owner, name)) {
      const title = `read ${name} from ${owner}`;
      yield { edits: [replace(source, use, `${owner}.${name}`)], title, confidence: 0.55 };
    }
  }
}

/** `data` for `errorData`: one is the end or the beginning of the other. */
function closeNames(name: string, scope: readonly string[]): string[] {
  const short = name.toLowerCase();
  return scope.filter(
    (one) => one !== name && short.length > 2 && (one.toLowerCase().endsWith(short) || one.startsWith(name)),
  );
}

function isKnown(node: ts.Identifier): boolean {
  return declarationOf(node, node.text) !== undefined;
}

/** The name is a key of what is destructured nearby: `const { a } = this.props` to `const { a, name } = this.props`. */
function* takenOut(use: ts.Identifier, name: string, source: SourceText): Generator<Alternative> {
  const patterns = source.find(ts.isObjectBindingPattern).filter((pattern) => isVisible(pattern, use));
  for (const pattern of patterns.reverse().slice(0, 2)) {
    const last = pattern.elements.findLast((element) => element.dotDotDotToken === undefined);
    if (last === undefined) continue;
    const isKey = keysOf(source).has(name) || /props/i.test(pattern.parent.getText());
    yield {
      edits: [{ start: last.getEnd(), end: last.getEnd(), text: `, ${name}` }],
      title: `take ${name} out of ${holderOf(pattern)}`,
      confidence: isKey ? 0.6 : 0.3,
    };
  }
}

function holderOf({ parent }: ts.ObjectBindingPattern): string {
  if (ts.isVariableDeclaration(parent) && parent.initializer) return parent.initializer.getText().slice(0, 40);
  return 'what is handed over';
}

function isVisible(pattern: ts.ObjectBindingPattern, use: ts.Node): boolean {
  const { parent } = pattern;
  const fn = ts.isParameter(parent) && isAnyFunction(parent.parent) ? parent.parent : enclosingFunction(pattern);
  return fn !== undefined && pattern.pos < use.pos && fn.pos <= use.pos && fn.end >= use.end;
}

/** `notices.noticesOn` of `import * as notices`: what that file exports, the nearest first, what is used here already last. */
function* otherExport(access: Access, { source, project }: Asked): Generator<Alternative> {
  const holder = access.expression;
  const name = nameOf(access);
  if (name === undefined || !ts.isIdentifier(holder) || !ts.isPropertyAccessExpression(access)) return;
  const from = importsOf(source).find((one) => namespaceOf(one) === holder.text);
  const module = from && resolveModule(project, source.file, moduleOf(from));
  const all = module ? exportsIn(module).map((one) => one.name) : [];
  if (all.includes(name)) return;
  const isUsed = (one: string): boolean => hasMember(source, holder.text, one);
  const likeness = (one: string): number => similarity(name.toLowerCase(), one.toLowerCase()) - (isUsed(one) ? 0.2 : 0);
  const near = all.sort((a, b) => likeness(b) - likeness(a)).slice(0, MOST);
  for (const [index, candidate] of near.entries()) {
    yield rename(source, [access.name], candidate, Math.max(0.35, 0.7 - 0.12 * index));
  }
}

function namespaceOf({ importClause }: ts.ImportDeclaration): string | undefined {
  const bindings = importClause?.namedBindings;
  return bindings && ts.isNamespaceImport(bindings) ? bindings.name.text : undefined;
}

/** The same object under another key: names of the app's shapes that look alike, and those that a recent change brought. */
function* otherKey(access: Access, { suspect, source, project }: Asked): Generator<Alternative> {
  const name = nameOf(access);
  if (name === undefined || !ts.isPropertyAccessExpression(access)) return;
  const recent = renamesOf(suspect, name);
  const seen = keysSeen(suspect, pathOf(source, access.expression));
  // Whoever saw the value knows that the key is there: another one is sought only where it is not.
  if (seen.includes(name)) return;
  const near = seen.length > 0 ? nearestNames(name, seen, 0.3) : project.keysLike(name, ALIKE);
  const fitting = usedAlike(access, { suspect, source, seen });
  const candidates = [...recent, ...near, ...fitting].filter(
    (key) => key !== name && (seen.length === 0 || seen.includes(key) || recent.includes(key)),
  );
  const path = pathOf(source, access);
  const same = source
    .find(ts.isPropertyAccessExpression)
    .filter((node) => node.name.text === name && (node === access || pathOf(source, node) === path));
  for (const candidate of [...new Set(candidates)].slice(0, MOST)) {
    yield* renamedWhereMade(name, candidate, { suspect, source, project });
    yield rename(
      source,
      same.map((node) => node.name),
      candidate,
      fitting.includes(candidate) && !recent.includes(candidate)
        ? Math.max(0.55, confidenceOf(name, candidate, seen))
        : confidenceOf(name, candidate, [...recent, ...seen]),
    );
  }
}

/** The key that the value had is written in one place, and nobody reads it there: that place has the wrong name. */
function* renamedWhereMade(name: string, candidate: string, { source, project }: Asked): Generator<Alternative> {
  if (project.reads(candidate).length > 0) return;
  const made = project.files().flatMap((file) => {
    const other = project.source(file);
    if (other === undefined || !other.text.includes(candidate)) return [];
    return other
      .find(ts.isPropertyAssignment)
      .filter(({ name: key }) => ts.isIdentifier(key) && key.text === candidate)
      .map(({ name: key }) => ({ other, key }));
  });
  const [only, ...more] = made;
  if (only === undefined || more.length > 0) return;
  yield {
    edits: [{ file: only.other.file, ...replace(only.other, only.key, name) }],
    title: `call it ${name} where it is made`,
    rationale: `Nobody reads ${candidate}; ${source.file} reads ${name}.`,
    confidence: 0.6,
  };
}

/** Other keys of the same object that are lists where a list is asked for: by what was seen, else as the file uses them. */
function usedAlike(
  access: Access,
  { suspect, source, seen }: { suspect: FixerSuspect; source: SourceText; seen: readonly string[] },
): string[] {
  const path = pathOf(source, access.expression);
  const typeAt = (node: ts.Node): string | undefined =>
    isAccess(node.parent) && node.parent.expression === node ? typeOfMember(nameOf(node.parent)) : undefined;
  const type = typeAt(access);
  if (path === undefined || type === undefined) return [];
  const KINDS: Readonly<Record<string, string>> = { list: 'array', text: 'string', number: 'number' };
  const byValue = seen.filter((key) => KINDS[kindSeen(suspect.values, `${path}.${key}`)] === type);
  if (byValue.length > 0 || seen.length > 0) return byValue.length === 1 ? byValue : [];
  const others = source
    .find(ts.isPropertyAccessExpression)
    .filter(
      (node) => pathOf(source, node.expression) === path && typeAt(node) === type && nameOf(node) !== nameOf(access),
    );
  const names = [...new Set(others.map((node) => node.name.text))];
  return names.length === 1 ? names : [];
}

/** `this.props.api` for `this.api`: another holder whose member of the same name the file uses or declares. */
function* otherReceiver(access: Access, source: SourceText): Generator<Alternative> {
  const name = nameOf(access);
  const own = source.textOf(access.expression);
  if (name === undefined || !/^(?:this|props|(?:this\.)?(?:props|state|context))$/.test(own)) return;
  const members = enclosing(access, ts.isClassLike)?.members ?? [];
  const isMember = members.some((member) => member.name && member.name.getText() === name);
  const holders = ['this', 'this.props', 'this.state', 'this.context', 'props'].filter((holder) => holder !== own);
  for (const holder of holders) {
    const isUsed = hasMember(source, holder, name) || isDestructured(source, holder, name);
    const isDeclared = holder === 'this' && isMember;
    if (!isUsed && !isDeclared) continue;
    const edits = [replace(source, access.expression, holder)];
    yield { edits, title: `read ${name} from ${holder}`, confidence: isDeclared ? 0.7 : 0.5 };
  }
  const imported = importsOf(source).some((declaration) => importedNames(declaration).includes(name));
  if (imported || declarationOf(access, name)) {
    yield { edits: [replace(source, access, name)], title: `read ${name} itself`, confidence: 0.4 };
  }
}

/** `answer.map` where the list lies one level deeper by now: `answer.items.map`, as recent hunks or the value seen name it. */
function* inside(node: ts.Expression, suspect: FixerSuspect): Generator<Alternative> {
  const seen = keysSeen(suspect, node.getText().replace(/[?!]/g, ''));
  const brought = broughtKeys(suspect).filter((key) => seen.length === 0 || seen.includes(key));
  for (const key of brought.filter((one) => !(isAccess(node) && nameOf(node) === one))) {
    const end = node.getEnd();
    yield { edits: [{ start: end, end, text: `.${key}` }], title: `read the list from ${key}`, confidence: 0.6 };
  }
}

/** Names that differ in a letter, or only in capitals, are the surest sign of a slip. */
function confidenceOf(name: string, candidate: string, known: readonly string[]): number {
  const alike = similarity(name, candidate);
  if (alike >= 0.85) return 0.95;
  return known.includes(candidate) ? 0.8 : 0.25 + 0.5 * alike;
}

function rename(source: SourceText, nodes: readonly ts.Node[], to: string, confidence: number): Alternative {
  const from = nodes[0] ? source.textOf(nodes[0]) : '';
  return { edits: nodes.map((node) => replace(source, node, to)), title: `read ${to} instead of ${from}`, confidence };
}

function replace(source: SourceText, node: ts.Node, text: string): FixerEdit {
  return { start: source.start(node), end: node.getEnd(), text };
}
