/** The lines around a place in a text, cut as Sentry cuts them. */
import type { Place } from '../../source-maps/source-map.ts';

export interface SourceContext {
  readonly pre_context: string[];
  readonly context_line: string;
  readonly post_context: string[];
}

const LINES_AROUND = 5;

/** Undefined where the text has no such line. Line and column are 1-based. */
export function contextAt(text: string, { line, column }: Place): SourceContext | undefined {
  const first = Math.max(1, line - LINES_AROUND);
  const lines = linesOf(text, first, line + LINES_AROUND).map((one) => cutAround(one, column));
  const before = line - first;
  const found = lines[before];
  if (found === undefined) return undefined;
  return { pre_context: lines.slice(0, before), context_line: found, post_context: lines.slice(before + 1) };
}

/** Both ends included; a text of a million lines is not taken apart for eleven of them. */
function linesOf(text: string, first: number, last: number): string[] {
  const lines: string[] = [];
  let start = 0;
  for (let number = 1; number <= last && start <= text.length; number += 1) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    // What follows the last line break is no line when it is empty.
    if (number >= first && (found >= 0 || end > start)) lines.push(text.slice(start, end).replace(/\r$/, ''));
    start = end + 1;
  }
  return lines;
}

const LONG = 150;
const KEPT = 140;
const BEFORE = 60;
const NEAR = 5;

/** Of a long line the part around the column is kept; the column of the frame counts for its neighbours too. */
function cutAround(line: string, column: number): string {
  if (line.length <= LONG) return line;
  let start = Math.max(0, Math.min(column, line.length) - BEFORE);
  if (start < NEAR) start = 0;
  let end = Math.min(start + KEPT, line.length);
  if (end > line.length - NEAR) end = line.length;
  if (end === line.length) start = end - KEPT;
  return `${start > 0 ? '{snip} ' : ''}${line.slice(start, end).toWellFormed()}${end < line.length ? ' {snip}' : ''}`;
}
