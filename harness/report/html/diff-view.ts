/** A diff as HTML: one column or two, the changed words marked, in colours where somebody knows the language. */
import { type Html, html } from '../../markup/html-tag.ts';
import { type DiffFile, type DiffLine, readDiff, textOf } from '../diff-lines.ts';

/** A piece of a line and what it is in its language; '' for what has no colour. */
export interface Coloured {
  readonly text: string;
  readonly kind: string;
}

/** Lines that follow each other in a file, each in its pieces. */
export type ColourLines = (file: string, lines: readonly string[]) => readonly (readonly Coloured[])[];

export interface DiffLook {
  /** Without it, nothing is coloured. */
  readonly colour?: ColourLines;
  /** `split`: old and new side by side; one column where left out. */
  readonly form?: 'unified' | 'split';
}

export function formatDiff(diff: string, { colour = plain, form = 'unified' }: DiffLook = {}): Html {
  return html`${readDiff(diff).map((file) => diffFile(file, colour, form))}`;
}

const plain: ColourLines = (_, lines) => lines.map((text) => [{ text, kind: '' }]);

function diffFile({ file, isNew, hunks, inserted, deleted }: DiffFile, colour: ColourLines, form: string): Html {
  const gap = html`<div class="gap">⋮</div>`;
  const lines = form === 'split' ? splitHunk : unifiedHunk;
  return html`<div class="diff" role="group" aria-label="Changes in ${file}">
<div class="diff-file">${file}${isNew && ' (new file)'} <span>+${inserted} −${deleted}</span></div>
${hunks.map((hunk, index) => html`${index > 0 && gap}${lines(hunk, paint(file, hunk, colour))}`)}
</div>`;
}

type Paint = ReadonlyMap<DiffLine, readonly Coloured[]>;

/** Old and new side are texts of their own: a language is told from what stands around a word. */
function paint(file: string, hunk: readonly DiffLine[], colour: ColourLines): Paint {
  const painted = new Map<DiffLine, readonly Coloured[]>();
  for (const other of ['insert', 'delete'] as const) {
    const side = hunk.filter(({ kind }) => kind !== other);
    const coloured = colour(file, side.map(textOf));
    for (const [index, line] of side.entries()) painted.set(line, coloured[index] ?? []);
  }
  return painted;
}

const SIGNS = { context: ' ', delete: '−', insert: '+' } as const;

function unifiedHunk(hunk: readonly DiffLine[], painted: Paint): Html {
  return html`${hunk.map((line) => diffLine(line, painted))}`;
}

function diffLine(line: DiffLine, painted: Paint): Html {
  const { kind, number } = line;
  return html`<div class="line ${kind}"><span class="no">${number}</span><span class="sign">${SIGNS[kind]}</span><span class="text">${code(line, painted)}</span></div>`;
}

/** Deleted lines stand beside the inserted ones that follow them. */
function splitHunk(hunk: readonly DiffLine[], painted: Paint): Html {
  const rows: [DiffLine | undefined, DiffLine | undefined][] = [];
  // Where the run of changes begins whose inserted lines still look for their place.
  let start = 0;
  for (const line of hunk) {
    if (line.kind === 'context') {
      rows.push([line, line]);
      start = rows.length;
    } else if (line.kind === 'delete') rows.push([line, undefined]);
    else {
      const free = rows.findIndex(([, right], index) => index >= start && right === undefined);
      const row = rows[free];
      if (row) row[1] = line;
      else rows.push([undefined, line]);
    }
  }
  const side = (line: DiffLine | undefined): Html =>
    line === undefined ? html`<div class="line none"></div>` : diffLine(line, painted);
  return html`${rows.map(([left, right]) => html`<div class="split">${side(left)}${side(right)}</div>`)}`;
}

function code(line: DiffLine, painted: Paint): Html[] {
  const pieces = [...(painted.get(line) ?? [])];
  return line.parts.map(({ text, isChanged }) => {
    const inside = take(pieces, text.length).map((one) => (one.kind === '' ? html`${one.text}` : spanOf(one)));
    if (!isChanged) return html`${inside}`;
    return line.kind === 'delete' ? html`<del>${inside}</del>` : html`<ins>${inside}</ins>`;
  });
}

function spanOf({ text, kind }: Coloured): Html {
  return html`<span class="code-${kind}">${text}</span>`;
}

/** The first `length` letters; a piece that reaches further is cut. */
function take(pieces: Coloured[], length: number): Coloured[] {
  const taken: Coloured[] = [];
  let left = length;
  while (left > 0) {
    const piece = pieces.shift();
    if (piece === undefined) break;
    taken.push({ ...piece, text: piece.text.slice(0, left) });
    if (piece.text.length > left) pieces.unshift({ ...piece, text: piece.text.slice(left) });
    left -= piece.text.length;
  }
  return taken;
}
