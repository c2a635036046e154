/** A Python file that fixers ask: its text, its syntax tree, and where things stand in it. */
import type { SyntaxNode, Tree } from '@lezer/common';
import { parser } from '@lezer/python';

export type { SyntaxNode };

export function isPython(file: string): boolean {
  return /\.pyi?$/.test(file);
}

export interface PythonStyle {
  readonly quote: "'" | '"';
  readonly indent: string;
}

export class PythonSource {
  /** Relative to the app's root. */
  readonly file: string;
  readonly text: string;
  #tree: Tree | undefined;
  #starts: number[] | undefined;

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
  }

  /** Parsed at its first use; names of nodes are those of lezer's grammar. */
  get tree(): Tree {
    this.#tree ??= parser.parse(this.text);
    return this.#tree;
  }

  /** Nodes of these names, in order of the text. */
  find(
    names: readonly string[],
    within: { readonly from: number; readonly to: number } = { from: 0, to: this.text.length },
  ): SyntaxNode[] {
    const found: SyntaxNode[] = [];
    this.tree.iterate({
      from: within.from,
      to: within.to,
      enter: (node) => {
        if (names.includes(node.name) && node.from >= within.from && node.to <= within.to) found.push(node.node);
      },
    });
    return found;
  }

  /** Nodes of these names that begin on a 1-based line. */
  onLine(line: number, names: readonly string[]): SyntaxNode[] {
    const from = this.#lineStarts[line - 1];
    if (from === undefined) return [];
    const to = this.#lineStarts[line] ?? this.text.length + 1;
    const found: SyntaxNode[] = [];
    this.tree.iterate({
      from,
      to: Math.min(to, this.text.length),
      enter: (node) => {
        if (names.includes(node.name) && node.from >= from && node.from < to) found.push(node.node);
      },
    });
    return found;
  }

  textOf({ from, to }: { readonly from: number; readonly to: number }): string {
    return this.text.slice(from, to);
  }

  /** 1-based. */
  lineOf(offset: number): number {
    return this.#lineStarts.findLastIndex((start) => start <= offset) + 1;
  }

  line(line: number): string {
    const start = this.#lineStarts[line - 1];
    const next = this.#lineStarts[line] ?? this.text.length + 1;
    return start === undefined ? '' : this.text.slice(start, next - 1);
  }

  /** White space in front of the line on which a node begins. */
  indentOf({ from }: { readonly from: number }): string {
    return /^[ \t]*/.exec(this.line(this.lineOf(from)))?.[0] ?? '';
  }

  get style(): PythonStyle {
    const count = (pattern: RegExp): number => this.text.match(pattern)?.length ?? 0;
    return {
      quote: count(/"[^"\n]*"/g) > count(/'[^'\n]*'/g) ? '"' : "'",
      indent: /:[ \t]*\n([ \t]+)\S/.exec(this.text)?.[1]?.replace(/^.*?( {2,4}|\t)$/, '$1') ?? '    ',
    };
  }

  get #lineStarts(): number[] {
    if (this.#starts === undefined) {
      this.#starts = [0];
      for (let at = this.text.indexOf('\n'); at !== -1; at = this.text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
    }
    return this.#starts;
  }
}

/** Number of places that are no Python. */
export function pythonErrors(text: string): number {
  let errors = 0;
  parser.parse(text).iterate({
    enter: ({ type }) => {
      if (type.isError) errors++;
    },
  });
  return errors;
}
