/** A recent commit brought the error: undo the guilty hunk, a line of it, or all that it changed in the file. */
import { type Alternative, defineFixer, type FixerEdit, type Hunk, type Project } from '../harness/kit/fixer.ts';
import type { SourceText } from '../harness/kit/source-text.ts';

/** A guard, a default or an await that a commit took away is the likeliest slip of all. */
const GUARDS =
  /\?\.|\?\?|&&|\|\||\bif\s*\(|\.filter\(|\bawait\b|Array\.isArray|\btypeof\b|\btry\b|\bcatch\b|\bimport\b|\bbind\(|=>|Number\(|String\(/g;
const FAR = 40;
/** Lines that stand this near to where they were deleted are there again. */
const NEAR = 3;

export const fixer = defineFixer({
  id: 'revert-hunk',
  summary: 'Change that brought the error: undo the guilty hunk.',
  example: {
    message: "Cannot read properties of undefined (reading 'total')",
    before: 'const sum = cart.total;',
    after: 'const sum = cart?.total;',
    hunks: [
      {
        commit: '3f2a91c0',
        file: 'example.ts',
        oldStart: 1,
        oldLines: ['const sum = cart?.total;'],
        newStart: 1,
        newLines: ['const sum = cart.total;'],
      },
    ],
  },
  *propose(suspect, source, project) {
    const own = suspect.hunks.filter(({ file }) => file === suspect.file);
    const near = own.filter((hunk) => distance(hunk, suspect.line) <= FAR);
    for (const hunk of near) {
      const edit = undo(source, hunk);
      if (edit === undefined) continue;
      yield* restoreGuards(source, hunk);
      const lines =
        hunk.oldLines.length === hunk.newLines.length && hunk.newLines.length > 1 ? singleLines(source, hunk) : [];
      const title = `undo a change of ${hunk.commit.slice(0, 7)} in ${fileName(suspect.file)}`;
      const rationale = `Commit ${hunk.commit.slice(0, 7)} changed these lines.`;
      yield {
        edits: [edit],
        title,
        rationale,
        confidence: confidenceIn(hunk.oldLines.join('\n'), hunk.newLines.join('\n')),
      };
      for (const { edit: line, before, after } of lines) {
        yield { edits: [line], title, rationale, confidence: confidenceIn(before, after) - 0.05 };
      }
    }
    for (const commit of new Set(own.map((hunk) => hunk.commit))) {
      yield* undoMore(commit, suspect.hunks, suspect.file, { source, project });
    }
  },
});

function* undoMore(
  commit: string,
  hunks: readonly Hunk[],
  file: string,
  at: { source: SourceText; project: Project },
): Generator<Alternative> {
  const short = commit.slice(0, 7);
  const inFile = hunks.filter((hunk) => hunk.commit === commit && hunk.file === file);
  const edits = inFile.map((hunk) => undo(at.source, hunk));
  if (inFile.length > 1 && edits.every((edit) => edit !== undefined)) {
    yield {
      edits,
      title: `undo what ${short} changed in ${fileName(file)}`,
      rationale: `Commit ${short} changed these places.`,
      confidence: 0.3,
    };
  }
  const everywhere = hunks.filter((hunk) => hunk.commit === commit);
  const all: FixerEdit[] = [];
  for (const hunk of everywhere) {
    const text = hunk.file === file ? at.source : at.project.source(hunk.file);
    const edit = text && undo(text, hunk);
    if (edit === undefined) return;
    all.push({ ...edit, file: hunk.file });
  }
  if (everywhere.length > inFile.length) {
    yield {
      edits: all,
      title: `undo what ${short} changed`,
      rationale: `Commit ${short} brought the error.`,
      confidence: 0.25,
    };
  }
}

function confidenceIn(before: string, after: string): number {
  const guards = (text: string): number => (text.match(GUARDS) ?? []).length;
  const lost = guards(before) > guards(after);
  const isSmall = before.split('\n').length <= 4 && after.split('\n').length <= 4;
  return (lost ? 0.8 : 0.5) - (isSmall ? 0 : 0.2);
}

function distance({ newStart, newLines }: Hunk, line: number): number {
  return Math.max(0, newStart - line, line - (newStart + Math.max(0, newLines.length - 1)));
}

/** The edit that puts the old lines back, wherever the new ones stand by now; undefined where they are gone. */
function undo(source: SourceText, { newStart, newLines, oldLines }: Hunk): FixerEdit | undefined {
  const { newline } = source.style;
  if (newLines.length === 0) {
    if (locate(source, newStart + 1, oldLines, NEAR) !== undefined) return undefined;
    const [, end] = source.lineSpan(newStart);
    if (newStart === 0) return { start: 0, end: 0, text: `${oldLines.join(newline)}${newline}` };
    return { start: end, end, text: newline + oldLines.join(newline) };
  }
  const line = locate(source, newStart, newLines);
  if (line === undefined) return undefined;
  const [start] = source.lineSpan(line);
  const [, end] = source.lineSpan(line + newLines.length - 1);
  if (oldLines.length > 0) return { start, end, text: oldLines.join(newline) };
  const next = Math.min(source.text.length, end + (source.text.startsWith('\r\n', end) ? 2 : 1));
  return { start, end: next, text: '' };
}

/** Where the lines stand: at their own place, else at the nearest one where all of them follow each other. */
function locate(source: SourceText, start: number, lines: readonly string[], most = 200): number | undefined {
  const isHere = (line: number): boolean =>
    lines.every((text, index) => source.line(line + index) === text.replace(/\r$/, ''));
  for (let off = 0; off <= most; off++) {
    if (isHere(start + off)) return start + off;
    if (start - off >= 1 && isHere(start - off)) return start - off;
  }
  return undefined;
}

/** A whole line such as `if (x === undefined) return;` that the hunk took away, put back in front of what it brought. */
const GUARD_LINE = /^\s*if \(.+\)\s*(?:return\b[^;]*|continue|break|throw .+);?\s*$/;

function* restoreGuards(source: SourceText, hunk: Hunk): Generator<Alternative> {
  const line = hunk.newLines.length === 0 ? undefined : locate(source, hunk.newStart, hunk.newLines);
  const above = [1, 2, 3].map((off) => source.line((line ?? 1) - off));
  const isLost = (text: string): boolean =>
    GUARD_LINE.test(text) && !hunk.newLines.includes(text) && !above.includes(text);
  const lost = hunk.oldLines.filter(isLost);
  if (lost.length === 0 || line === undefined) return;
  const [start] = source.lineSpan(line);
  const { newline } = source.style;
  const title = `put back a guard that ${hunk.commit.slice(0, 7)} took away`;
  const rationale = `Commit ${hunk.commit.slice(0, 7)} deleted this guard; what it added stays.`;
  for (const guard of lost)
    yield { edits: [{ start, end: start, text: guard + newline }], title, rationale, confidence: 0.85 };
  if (lost.length > 1) {
    yield {
      edits: [{ start, end: start, text: lost.map((guard) => guard + newline).join('') }],
      title,
      rationale,
      confidence: 0.6,
    };
  }
}

/** One line of a hunk undone, the others kept. */
function singleLines(source: SourceText, hunk: Hunk): { edit: FixerEdit; before: string; after: string }[] {
  const first = locate(source, hunk.newStart, hunk.newLines);
  if (first === undefined) return [];
  return hunk.newLines.flatMap((after, index) => {
    const before = hunk.oldLines[index] ?? '';
    if (before === after) return [];
    const [start, end] = source.lineSpan(first + index);
    return [{ edit: { start, end, text: before }, before, after }];
  });
}

function fileName(file: string): string {
  return file.split('/').at(-1) ?? file;
}
