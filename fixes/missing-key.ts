/** An object that is written out lacks a key that is read of it: give it the key, empty, as its readers use it. */
import ts from 'typescript';
import { entryAfter } from '../harness/kit/edits.ts';
import { type Alternative, defineFixer, type Project } from '../harness/kit/fixer.ts';
import { missingValues } from '../harness/kit/missing-values.ts';
import { saysNull } from '../harness/kit/read-message.ts';
import { declarationOf } from '../harness/kit/scope.ts';
import type { SourceText } from '../harness/kit/source-text.ts';
import { type Access, isAccess, nameOf, pathOf } from '../harness/kit/syntax.ts';
import { defaultFor } from '../harness/kit/uses.ts';

/** So many of an object's keys must be read of the same name elsewhere for it to be the same kind of object. */
const LIKENESS = 0.6;
const MOST = 3;

export const fixer = defineFixer({
  id: 'missing-key',
  summary: 'Object that lacks a key which is read of it: give it the key, empty.',
  example: {
    message: "Cannot read properties of undefined (reading 'includes')",
    before:
      "const NONE = { seats: 0, sort: 'name' };\nshow(filters.seats, filters.sort, filters.tags.includes(tag), filters.tags.map(label));",
    after:
      "const NONE = { seats: 0, sort: 'name', tags: [] };\nshow(filters.seats, filters.sort, filters.tags.includes(tag), filters.tags.map(label));",
  },
  *propose(suspect, source, project) {
    // What is null has a key.
    if (saysNull(suspect.message)) return;
    for (const { node, shape } of missingValues(source, suspect, project).slice(0, 2)) {
      const read = isAccess(node) ? readOf(source, node, project) : takenOut(node);
      if (read === undefined || shape === undefined) continue;
      const { key, holder, known } = read;
      const lacking = literalsLike(known, key, project).slice(0, MOST);
      const value = defaultFor(shape, source.style.quote);
      for (const [index, { source: from, literal }] of lacking.entries()) {
        const last = literal.properties.at(-1);
        if (last === undefined) continue;
        yield {
          edits: [{ file: from.file, ...entryAfter(from, last, `${key}: ${value}`) }],
          title: `give the object a key ${key}, ${value}`,
          rationale: `It has the other keys that are read of ${holder}, but not ${key}.`,
          confidence: 0.6 - 0.1 * index,
        } satisfies Alternative;
      }
    }
  },
});

interface Read {
  readonly key: string;
  /** What the object is called where the key is read. */
  readonly holder: string;
  /** The key, and the others that are read beside it. */
  readonly known: ReadonlySet<string>;
}

function readOf(source: SourceText, node: Access, project: Project): Read | undefined {
  const key = nameOf(node);
  const holder = pathOf(source, node.expression)?.split('.').at(-1);
  if (key === undefined || holder === undefined || holder === 'this') return undefined;
  return { key, holder, known: keysReadOf(holder, key, project) };
}

/** `({ seats, tags }) => tags.map(…)`: the pattern names the keys. */
function takenOut(node: ts.Expression): Read | undefined {
  const declared = ts.isIdentifier(node) ? declarationOf(node, node.text) : undefined;
  if (declared === undefined || !ts.isBindingElement(declared) || declared.initializer) return undefined;
  const pattern = declared.parent;
  if (!ts.isObjectBindingPattern(pattern)) return undefined;
  const keys = pattern.elements.flatMap(({ propertyName, name, dotDotDotToken }) => {
    const own = propertyName ?? name;
    return ts.isIdentifier(own) && !dotDotDotToken ? [own.text] : [];
  });
  const own = declared.propertyName ?? declared.name;
  return ts.isIdentifier(own) ? { key: own.text, holder: 'what is handed over', known: new Set(keys) } : undefined;
}

/** Keys that are read of everything of this name in files that read the missing one of it as well. */
function keysReadOf(holder: string, key: string, project: Project): Set<string> {
  const files = new Set(project.reads(key).map(({ source }) => source));
  const keys = new Set<string>();
  for (const source of files) {
    for (const access of source.find(ts.isPropertyAccessExpression)) {
      if (pathOf(source, access.expression)?.split('.').at(-1) === holder) keys.add(access.name.text);
    }
  }
  return keys;
}

interface Literal {
  readonly source: SourceText;
  readonly literal: ts.ObjectLiteralExpression;
  readonly likeness: number;
}

/** Objects with plain keys, two or more of them known, and not the missing one; most alike first. */
function literalsLike(known: ReadonlySet<string>, key: string, project: Project): Literal[] {
  const found = project.files().flatMap((file): Literal[] => {
    const source = project.source(file);
    if (source === undefined || ![...known].some((one) => one !== key && source.text.includes(`${one}:`))) return [];
    return source.find(ts.isObjectLiteralExpression).flatMap((literal): Literal[] => {
      const names = literal.properties.map((one) =>
        ts.isPropertyAssignment(one) ? source.textOf(one.name) : undefined,
      );
      const shared = names.filter((name) => name !== undefined && known.has(name)).length;
      const likeness = shared / names.length;
      const isLike = names.every((name) => name !== undefined) && shared > 1 && likeness >= LIKENESS;
      return isLike && !names.includes(key) && !isTold(literal) ? [{ source, literal, likeness }] : [];
    });
  });
  return found.sort((a, b) => b.likeness - a.likeness);
}

/** What is handed to a call, or sent, is no object that is kept. */
function isTold({ parent }: ts.ObjectLiteralExpression): boolean {
  return (
    ts.isCallExpression(parent) &&
    !/\b(?:useState|freeze|ref|reactive|signal|create)\b/.test(parent.expression.getText())
  );
}
