/** A unified diff as files and numbered lines, with the changed words of a line marked. */
import { diffWordsWithSpace } from 'diff';
import { parse } from 'diff2html';

export interface DiffPart {
  readonly text: string;
  readonly isChanged: boolean;
}

export interface DiffLine {
  readonly kind: 'context' | 'delete' | 'insert';
  /** 1-based; in the old file for deleted lines, else in the new one. */
  readonly number: number;
  /** Without the leading sign. */
  readonly parts: readonly DiffPart[];
}

export interface DiffFile {
  readonly file: string;
  readonly isNew: boolean;
  /** One list per hunk. */
  readonly hunks: readonly (readonly DiffLine[])[];
  readonly inserted: number;
  readonly deleted: number;
}

/** Never throws: what is no diff yields no file. */
export function readDiff(diff: string): DiffFile[] {
  return parse(diff).map((file) => ({
    file: file.newName === '/dev/null' ? file.oldName : file.newName,
    isNew: file.oldName === '/dev/null' || file.isNew === true,
    hunks: file.blocks.map((block) => markWords(block.lines.map(asLine))),
    inserted: file.addedLines,
    deleted: file.deletedLines,
  }));
}

function asLine(line: {
  type: string;
  content: string;
  oldNumber: number | undefined;
  newNumber: number | undefined;
}): DiffLine {
  const kind = line.type === 'insert' || line.type === 'delete' ? line.type : 'context';
  const number = (kind === 'delete' ? line.oldNumber : line.newNumber) ?? 0;
  return { kind, number, parts: [{ text: line.content.slice(1), isChanged: false }] };
}

/** Deleted lines followed by as many inserted ones are taken for edits of each other, line by line. */
function markWords(lines: readonly DiffLine[]): DiffLine[] {
  const marked = [...lines];
  for (let start = 0; start < lines.length; start++) {
    if (lines[start]?.kind !== 'delete') continue;
    const count = runLength(lines, start, 'delete');
    if (runLength(lines, start + count, 'insert') === count) {
      for (let offset = 0; offset < count; offset++) markPair(marked, start + offset, start + count + offset);
    }
    start += count - 1;
  }
  return marked;
}

function runLength(lines: readonly DiffLine[], start: number, kind: DiffLine['kind']): number {
  let end = start;
  while (lines[end]?.kind === kind) end++;
  return end - start;
}

/** More of a line changed than this share: marking words would only make it restless. */
const RESTLESS = 0.7;

function markPair(lines: DiffLine[], before: number, after: number): void {
  const [old, fresh] = [lines[before], lines[after]];
  if (old === undefined || fresh === undefined) return;
  const changes = diffWordsWithSpace(textOf(old), textOf(fresh));
  const same = changes.filter(({ added, removed }) => !added && !removed);
  const kept = same.reduce((sum, { value }) => sum + value.trim().length, 0);
  if (kept < (1 - RESTLESS) * Math.max(textOf(old).trim().length, textOf(fresh).trim().length)) return;
  const part = (value: string, isChanged: boolean): DiffPart => ({ text: value, isChanged });
  lines[before] = { ...old, parts: changes.filter(({ added }) => !added).map((c) => part(c.value, c.removed)) };
  lines[after] = { ...fresh, parts: changes.filter(({ removed }) => !removed).map((c) => part(c.value, c.added)) };
}

export function textOf(line: DiffLine): string {
  return line.parts.map(({ text }) => text).join('');
}
