/** A name that the throwing line still uses, though a recent change took it away elsewhere: a rename that was not carried through. */
import ts from 'typescript';
import type { Project } from '../kit/fixer.ts';
import { missingValues, type Place } from '../kit/missing-values.ts';
import { lastName, readMessage } from '../kit/read-message.ts';
import type { SourceText } from '../kit/source-text.ts';
import { isAccess, nameOf } from '../kit/syntax.ts';
import type { Change } from './rank-changes.ts';

export interface GoneName {
  readonly name: string;
  readonly change: Change;
}

/** The likeliest change that removed a name which the message complains of, and left none of it in its file. */
export function goneName(
  source: SourceText,
  at: Place,
  { project, changes }: { project: Project; changes: readonly Change[] },
): GoneName | undefined {
  for (const name of namesComplainedOf(source, at, project)) {
    const change = changes.find(({ hunk }) => {
      const isTaken = has(hunk.oldLines, name) && !has(hunk.newLines, name);
      // Taken away without another in its place, it is missing there, and not called wrongly here.
      const isRenamed = wordsOf(hunk.newLines).some((word) => !has(hunk.oldLines, word));
      return isTaken && isRenamed && !has([project.source(hunk.file)?.text ?? ''], name);
    });
    if (change) return { name, change };
  }
  return undefined;
}

/** `slots` where `day.slots` has no value, `load` where `api.load` is not a function. */
function namesComplainedOf(source: SourceText, at: Place, project: Project): string[] {
  const complaint = readMessage(at.message);
  const called = complaint.kind === 'not-a-function' ? [lastName(complaint.path)] : [];
  const missing = missingValues(source, at, project).flatMap(({ node }) => {
    if (isAccess(node)) return nameOf(node) ?? [];
    return ts.isIdentifier(node) ? node.text : [];
  });
  return [...called, ...missing];
}

function wordsOf(lines: readonly string[]): string[] {
  return lines.flatMap((line) => line.match(/[A-Za-z_$][\w$]*/g) ?? []);
}

function has(lines: readonly string[], name: string): boolean {
  const word = new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`);
  return lines.some((line) => word.test(line));
}
