/** A source file that fixers ask: its text, its syntax tree, and where things stand in it. */
import { extname } from 'node:path';
import ts from 'typescript';
import { embeddedScripts, hasEmbeddedScripts } from '../model/embedded-scripts.ts';

const KINDS: Readonly<Record<string, ts.ScriptKind>> = {
  '.ts': ts.ScriptKind.TS,
  '.mts': ts.ScriptKind.TS,
  '.cts': ts.ScriptKind.TS,
  '.tsx': ts.ScriptKind.TSX,
  '.js': ts.ScriptKind.JSX,
  '.mjs': ts.ScriptKind.JSX,
  '.cjs': ts.ScriptKind.JSX,
  '.jsx': ts.ScriptKind.JSX,
};

/** Whether fixers can read a file's syntax. */
export function isScript(file: string): boolean {
  return extname(file) in KINDS || hasEmbeddedScripts(file);
}

export class SourceText {
  /** Relative to the app's root. */
  readonly file: string;
  readonly text: string;
  readonly #isModern: () => boolean;
  #tree: ts.SourceFile | undefined;
  #style: Style | undefined;

  /** `isModern`: whether a default is `??` in a file that has none yet. */
  constructor(file: string, text: string, isModern: () => boolean = () => true) {
    this.file = file;
    this.text = text;
    this.#isModern = isModern;
  }

  /** Parsed at its first use. Of files with scripts inside only those are seen; other languages give an empty tree. */
  get tree(): ts.SourceFile {
    this.#tree ??= parse(this.file, this.text);
    return this.#tree;
  }

  /** Whether the app may use the syntax and the functions of the 2020s. */
  get isModern(): boolean {
    return this.#isModern();
  }

  /** A name under which a part of the file's script parses as the file does. */
  get scriptName(): string {
    if (!hasEmbeddedScripts(this.file)) return this.file;
    return `${this.file}.${embeddedScripts(this.file, this.text).language}`;
  }

  /** Text of a 1-based line, '' where there is none. */
  line(line: number): string {
    const [start, end] = this.lineSpan(line);
    return this.text.slice(start, end);
  }

  /** Offsets of a 1-based line, without its end. */
  lineSpan(line: number): [start: number, end: number] {
    const starts = this.tree.text === '' && this.text !== '' ? lineStarts(this.text) : this.tree.getLineStarts();
    const start = starts[line - 1];
    if (start === undefined) return [this.text.length, this.text.length];
    const next = starts[line] ?? this.text.length + 1;
    const end = Math.max(start, next - 1);
    return [start, this.text[end - 1] === '\r' ? end - 1 : end];
  }

  /** 1-based line of an offset. */
  lineOf(offset: number): number {
    return this.tree.getLineAndCharacterOfPosition(offset).line + 1;
  }

  /** Offset of a 1-based line and column; the line's first character that is no space where no column is known. */
  offsetOf(line: number, column: number | undefined): number {
    const [start, end] = this.lineSpan(line);
    if (column !== undefined) return Math.min(end, start + column - 1);
    const indent = /^\s*/.exec(this.text.slice(start, end))?.[0].length ?? 0;
    return start + indent;
  }

  /** Every node that `matches` accepts, in order of the text. */
  find<T extends ts.Node>(matches: (node: ts.Node) => node is T, within: ts.Node = this.tree): T[] {
    const found: T[] = [];
    const visit = (node: ts.Node): void => {
      if (matches(node)) found.push(node);
      node.forEachChild(visit);
    };
    visit(within);
    return found;
  }

  /** Nodes that stand, or end, on a line; those nearest to the column first. */
  findOnLine<T extends ts.Node>(
    at: { line: number; column?: number | undefined },
    matches: (node: ts.Node) => node is T,
    anchor: (node: T) => number,
  ): T[] {
    const offset = this.offsetOf(at.line, at.column);
    const [start, end] = this.lineSpan(at.line);
    const found: T[] = [];
    const visit = (node: ts.Node): void => {
      if (node.end < start || node.pos > end) return;
      if (matches(node) && anchor(node) >= start && anchor(node) <= end) found.push(node);
      node.forEachChild(visit);
    };
    visit(this.tree);
    return found.sort((a, b) =>
      at.column === undefined ? 0 : Math.abs(anchor(a) - offset) - Math.abs(anchor(b) - offset),
    );
  }

  start(node: ts.Node): number {
    return node.getStart(this.tree);
  }

  textOf(node: ts.Node): string {
    return this.text.slice(this.start(node), node.getEnd());
  }

  /** White space in front of the line on which a node starts. */
  indentOf(node: ts.Node): string {
    return /^[ \t]*/.exec(this.line(this.lineOf(this.start(node))))?.[0] ?? '';
  }

  /** The file's own habits. */
  get style(): Style {
    this.#style ??= readStyle(this.tree.text, this.#isModern());
    return this.#style;
  }
}

function parse(file: string, text: string): ts.SourceFile {
  const create = (script: string, kind: ts.ScriptKind): ts.SourceFile =>
    ts.createSourceFile(file, script, ts.ScriptTarget.Latest, true, kind);
  if (hasEmbeddedScripts(file)) {
    const { text: scripts, language } = embeddedScripts(file, text);
    return create(scripts, KINDS[`.${language}`] ?? ts.ScriptKind.TS);
  }
  const kind = KINDS[extname(file)];
  return kind === undefined ? create('', ts.ScriptKind.TS) : create(text, kind);
}

export interface Style {
  readonly quote: "'" | '"';
  readonly semicolon: ';' | '';
  readonly newline: '\n' | '\r\n';
  readonly indent: string;
  /** What its author writes for a default: `||` where `|| []` and its like stand more often than `??`. */
  readonly otherwise: '??' | '||';
  /** Whether `?.` stands in the file. */
  readonly chains: boolean;
  /** Whether a lone exit stands in braces: `if (!a) { return; }`. */
  readonly braces: boolean;
  /** Whether any other statement behind an `if` does. */
  readonly blocks: boolean;
}

function readStyle(text: string, isModern: boolean): Style {
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  const ends = count(/[^\s{},;(>][ \t]*\r?$/gm);
  const chains = /\?\.[\w$[(]/.test(text);
  const ors = count(/\|\| (?:\[\]|\{\}|''|""|0\b|null\b)/g);
  const coalesces = count(/\?\? /g);
  return {
    quote: count(/(?<!=)"[^"\n]*"/g) > count(/'[^'\n]*'/g) ? '"' : "'",
    semicolon: count(/;[ \t]*\r?$/gm) === 0 && ends > 0 ? '' : ';',
    newline: text.includes('\r\n') ? '\r\n' : '\n',
    indent: /^(\t| {2,8})\S/m.exec(text)?.[1] ?? '  ',
    otherwise: ors > coalesces || (ors === coalesces && !isModern && !chains) ? '||' : '??',
    chains,
    braces:
      count(/\bif \(.*\) \{\s*\n\s*(?:return|continue)\b.*\n\s*\}/g) > count(/\bif \(.*\) (?:return|continue)\b/g),
    blocks: count(/\bif \(.*\) \{/g) >= count(/\bif \(.*\) (?!return|continue|break|throw|\{)[\w$]/g),
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
