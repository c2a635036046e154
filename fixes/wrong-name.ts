/** A name that nothing has: the nearest one in scope, among the keys that the app's shapes have, or of a recent rename. */
import ts from 'typescript';
import {
  type Alternative,
  defineFixer,
  type FixerEdit,
  type FixerSuspect,
  type Project,
} from '../harness/kit/fixer.ts';
import { lastName, readMessage } from '../harness/kit/read-message.ts';
import { keysOf, namesInScope } from '../harness/kit/scope.ts';
import { nearestNames, similarity } from '../harness/kit/similar-names.ts';
import type { SourceText } from '../harness/kit/source-text.ts';
import { type Access, callsNamed, isAccess, nameOf, nullishReads, pathOf } from '../harness/kit/syntax.ts';

/** Names less alike than this are offered only where a recent change or a value seen names them. */
const ALIKE = 0.55;
const MOST = 4;

export const fixer = defineFixer({
  id: 'wrong-name',
  summary: 'Name that nothing has: the nearest one that exists.',
  example: {
    message: 'totl is not defined',
    before: 'const total = 3;\nshow(totl);',
    after: 'const total = 3;\nshow(total);',
  },
  *propose(suspect, source, project) {
    const complaint = readMessage(suspect.message);
    if (complaint.kind === 'not-defined') yield* otherVariable(complaint.name, suspect, source);
    if (complaint.kind === 'nullish-read') {
      for (const access of nullishReads(source, suspect).slice(0, 2)) {
        // `a.b.c` with `a.b` undefined: `b` is the name in doubt.
        if (isAccess(access.expression)) yield* otherKey(access.expression, suspect, { source, project });
      }
    }
    if (complaint.kind === 'not-a-function') {
      for (const { expression } of callsNamed(source, suspect, lastName(complaint.path)).slice(0, 2)) {
        if (!isAccess(expression)) yield* otherVariable(lastName(complaint.path), suspect, source);
        else {
          yield* otherKey(expression, suspect, { source, project });
          if (isAccess(expression.expression)) yield* otherKey(expression.expression, suspect, { source, project });
          yield* insideWrapper(expression, suspect);
        }
      }
    }
    if (complaint.kind === 'not-iterable') yield* iterableInside(suspect, source);
  },
});

function* otherVariable(name: string, suspect: FixerSuspect, source: SourceText): Generator<Alternative> {
  const uses = source
    .findOnLine(suspect, ts.isIdentifier, (node) => source.start(node))
    .filter((node) => node.text === name && !(ts.isPropertyAccessExpression(node.parent) && node.parent.name === node));
  const [use] = uses;
  if (use === undefined) return;
  const recent = renames(suspect, name);
  const scope = namesInScope(use);
  const candidates = [...recent.filter((one) => scope.includes(one)), ...nearestNames(name, scope, ALIKE)];
  for (const candidate of [...new Set(candidates)].slice(0, MOST)) {
    const everywhere = source.find(ts.isIdentifier).filter((node) => node.text === name && isFreeUse(node));
    yield rename(source, everywhere, candidate, confidenceOf(name, candidate, recent));
  }
  for (const owner of ['this', 'props'].filter((one) => one === 'this' || scope.includes(one))) {
    if (hasMember(source, owner, name))
      yield {
        edits: [replace(source, use, `${owner}.${name}`)],
        title: `read ${name} from ${owner}`,
        confidence: 0.55,
      };
  }
}

function isFreeUse(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  return (
    !ts.isPropertyAssignment(parent) &&
    !ts.isPropertySignature(parent) &&
    !ts.isBindingElement(parent) &&
    !ts.isImportSpecifier(parent) &&
    !ts.isJsxAttribute(parent)
  );
}

function hasMember(source: SourceText, owner: string, name: string): boolean {
  return source
    .find(ts.isPropertyAccessExpression)
    .some((node) => node.name.text === name && source.textOf(node.expression) === owner);
}

/** The same object under another key: names of the app's shapes that look alike, and those that a recent change brought. */
function* otherKey(
  access: Access,
  suspect: FixerSuspect,
  { source, project }: { source: SourceText; project: Project },
): Generator<Alternative> {
  const name = nameOf(access);
  if (name === undefined) return;
  const recent = renames(suspect, name);
  const seen = keysSeen(suspect, pathOf(source, access.expression));
  const candidates = [
    ...seen.filter((key) => similarity(key, name) >= 0.4),
    ...recent,
    ...nearestNames(name, allKeys(project, source), ALIKE),
  ];
  for (const candidate of [...new Set(candidates)].filter((key) => key !== name).slice(0, MOST)) {
    const path = pathOf(source, access);
    const same = source
      .find(isAccess)
      .filter((node) => nameOf(node) === name && (node === access || pathOf(source, node) === path));
    const names = same.flatMap((node) => (ts.isPropertyAccessExpression(node) ? [node.name] : []));
    if (names.length > 0) yield rename(source, names, candidate, confidenceOf(name, candidate, [...recent, ...seen]));
  }
}

function allKeys(project: Project, source: SourceText): string[] {
  const keys = new Set(keysOf(source).keys());
  for (const file of project.files()) {
    const other = project.source(file);
    if (other) for (const key of keysOf(other).keys()) keys.add(key);
  }
  return [...keys];
}

/** Keys of a value that somebody saw at the throw. */
function keysSeen({ values }: FixerSuspect, path: string | undefined): string[] {
  let value: unknown = values;
  for (const part of path?.split('.') ?? []) value = isObject(value) ? value[part] : undefined;
  return isObject(value) ? Object.keys(value) : [];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Names that recent hunks put in the place of this one. */
function renames({ hunks }: FixerSuspect, name: string): string[] {
  const found: string[] = [];
  const words = (lines: readonly string[]): Set<string> => new Set(lines.join('\n').match(/[A-Za-z_$][\w$]*/g));
  for (const { oldLines, newLines } of hunks) {
    const [before, after] = [words(oldLines), words(newLines)];
    if (!before.has(name) || after.has(name)) continue;
    const brought = [...after].filter((word) => !before.has(word));
    found.push(...nearestNames(name, brought, 0.2), ...(brought.length === 1 ? brought : []));
  }
  return [...new Set(found)].slice(0, MOST);
}

/** `answer.map` where the list lies one level deeper by now: `answer.items.map`, as recent hunks name it. */
function* insideWrapper(callee: Access, suspect: FixerSuspect): Generator<Alternative> {
  for (const key of broughtKeys(suspect)) {
    const end = callee.expression.getEnd();
    yield { edits: [{ start: end, end, text: `.${key}` }], title: `read the list from ${key}`, confidence: 0.6 };
  }
}

function* iterableInside(suspect: FixerSuspect, source: SourceText): Generator<Alternative> {
  const isWalked = (node: ts.Node): node is ts.SpreadElement | ts.ForOfStatement =>
    ts.isSpreadElement(node) || ts.isForOfStatement(node);
  for (const { expression } of source
    .findOnLine(suspect, isWalked, (node) => source.start(node.expression))
    .slice(0, 1)) {
    for (const key of broughtKeys(suspect)) {
      yield {
        edits: [{ start: expression.getEnd(), end: expression.getEnd(), text: `.${key}` }],
        title: `read the list from ${key}`,
        confidence: 0.6,
      };
    }
  }
}

/** Keys of object literals that recent hunks added. */
function broughtKeys({ hunks }: FixerSuspect): string[] {
  const added = hunks.flatMap(({ newLines, oldLines }) => {
    const before = oldLines.join('\n');
    return [...newLines.join('\n').matchAll(/(?<=[{,]\s*)([A-Za-z_$][\w$]*)(?=\s*[:,}])/g)]
      .map(([, key = '']) => key)
      .filter((key) => !new RegExp(`[{,]\\s*${key}\\s*[:,}]`).test(before));
  });
  return [...new Set(added)].slice(0, MOST);
}

function confidenceOf(name: string, candidate: string, known: readonly string[]): number {
  return known.includes(candidate) ? 0.8 : 0.25 + 0.5 * similarity(name, candidate);
}

function rename(source: SourceText, nodes: readonly ts.Node[], to: string, confidence: number): Alternative {
  const from = nodes[0] ? source.textOf(nodes[0]) : '';
  return { edits: nodes.map((node) => replace(source, node, to)), title: `read ${to} instead of ${from}`, confidence };
}

function replace(source: SourceText, node: ts.Node, text: string): FixerEdit {
  return { start: source.start(node), end: node.getEnd(), text };
}
