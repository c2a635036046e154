/**
 * One tree for many patches: each patched function, expression or default stands behind a switch beside the original, so
 * that one build and one start serve all candidates. A program that selects none of them runs as it was.
 */
import ts from 'typescript';
import { applyEdits, syntaxErrors } from '../../kit/apply-edits.ts';
import { isScript, SourceText } from '../../kit/source-text.ts';
import { hasEmbeddedScripts } from '../../model/embedded-scripts.ts';
import type { Edit, Patch } from '../../model/patch.ts';
import { type AddedImport, addedImports } from './added-imports.ts';
import { withoutErased } from './erased.ts';
import { type Home, homeOf } from './home.ts';

export interface SwitchedTree {
  /** Whole texts of the files that the shared patches touch; path relative to the app's root. */
  readonly files: ReadonlyMap<string, string>;
  /** A patch's number is its index; see `SELECT`. */
  readonly shared: readonly Patch[];
  /** Numbers of the patches that stand at one place, in the order in which their switches are asked until one is on. */
  readonly places: readonly (readonly number[])[];
  /** Numbers that a file asks for when it is loaded, by file. */
  readonly probes: ReadonlyMap<string, number>;
  /** Those that need a tree of their own, with the reason. */
  readonly apart: readonly { readonly patch: Patch; readonly why: string }[];
}

/** Name of the global function that a switched tree asks: takes a patch's number, tells whether that one is selected. */
export const SELECT = '__mendwright';

/** Numbers from here on are no patches, but files that tell that they are loaded. */
const PROBES = 1_000_000;

/** What a patch changes in one file: homes that never overlap, and imports that come. */
interface FilePart {
  readonly homes: readonly { readonly home: Home; readonly variant: string; readonly isBlock: boolean }[];
  readonly imports: readonly string[];
}

export function switchedTree(
  patches: readonly Patch[],
  readSource: (file: string) => string | undefined,
): SwitchedTree {
  const shared: Patch[] = [];
  const apart: { patch: Patch; why: string }[] = [];
  const trees = new Map<string, FileTree>();
  for (const patch of patches) {
    const parts = partsOf(patch, readSource, trees);
    if (typeof parts === 'string') {
      apart.push({ patch, why: parts });
      continue;
    }
    for (const [file, part] of parts) trees.get(file)?.add(shared.length, part);
    shared.push(patch);
  }
  const changed = [...trees].filter(([, tree]) => tree.isChanged);
  const probes = new Map(changed.map(([file], index) => [file, PROBES + index]));
  const files = new Map(
    changed.map(([file, tree]) => [file, `${tree.print()}\n;${asked(probes.get(file) ?? PROBES)};\n`]),
  );
  const places = changed.flatMap(([, tree]) => tree.places);
  return { files, shared, places, probes, apart };
}

/** The parts of a patch by file, or why it cannot share a tree. */
function partsOf(
  patch: Patch,
  readSource: (file: string) => string | undefined,
  trees: Map<string, FileTree>,
): Map<string, FilePart> | string {
  if (patch.newFiles.length > 0) return 'it brings a new file';
  const parts = new Map<string, FilePart>();
  for (const file of new Set(patch.edits.map((edit) => edit.file))) {
    if (!isScript(file) || hasEmbeddedScripts(file)) return `${file} is no script of its own`;
    const text = readSource(file);
    if (text === undefined) return `${file} cannot be read`;
    const tree = trees.get(file) ?? new FileTree(new SourceText(file, text));
    trees.set(file, tree);
    const part = tree.partOf(patch.edits.filter((edit) => edit.file === file));
    if (typeof part === 'string') return `${file}: ${part}`;
    parts.set(file, part);
  }
  return parts;
}

class FileTree {
  readonly #source: SourceText;
  readonly #homes = new Map<string, { home: Home; variants: { number: number; text: string; isBlock: boolean }[] }>();
  readonly #imports = new Set<string>();

  constructor(source: SourceText) {
    this.#source = source;
  }

  get isChanged(): boolean {
    return this.#homes.size > 0 || this.#imports.size > 0;
  }

  get places(): number[][] {
    return [...this.#homes.values()].map(({ variants }) => variants.map(({ number }) => number));
  }

  partOf(edits: readonly Edit[]): FilePart | string {
    const { text, file } = this.#source;
    const after = applyEdits(text, edits);
    if (after === undefined) return 'its edits overlap';
    const patched = new SourceText(file, after);
    if (syntaxErrors(file, after) > syntaxErrors(file, text)) return 'it does not parse';
    const imports = addedImports(this.#source, patched);
    if (imports === undefined) return 'it changes what is imported';
    if (!this.#areFree(imports)) return 'it imports a name that is taken, or that would change the others';
    const inImports = new Set(edits.filter((edit) => isInImport(this.#source, patched, edits, edit)));
    const needed = edits.filter((edit) => !inImports.has(edit));
    const homes = (some: readonly Edit[]) => homesOf(this.#source, patched, edits, some);
    const found = homes(needed) ?? homes(withoutErased(this.#source, needed));
    return found === undefined
      ? 'it changes more than statements and expressions'
      : { homes: found, imports: imports.map(({ statement }) => statement) };
  }

  add(number: number, { homes, imports }: FilePart): void {
    for (const { home, variant, isBlock } of homes) {
      const key = `${home.start} ${home.end} ${home.kind}`;
      const known = this.#homes.get(key) ?? { home, variants: [] };
      this.#homes.set(key, known);
      known.variants.push({ number, text: variant, isBlock });
    }
    for (const one of imports) this.#imports.add(one);
  }

  print(): string {
    const { text } = this.#source;
    const imports = [...this.#imports].map((one) => `\n${one}`).join('');
    return this.#render(0, text.length) + imports;
  }

  /** Imports have no switch: nothing of the original may use their names, and no import of another patch bind them otherwise. */
  #areFree(imports: readonly AddedImport[]): boolean {
    if (imports.length === 0) return true;
    const used = new Set(this.#source.find(ts.isIdentifier).map(({ text }) => text));
    return imports.every(({ statement, name }) => {
      const binds = new RegExp(`\\b${name.replaceAll('$', '\\$')}\\b`);
      const isTaken = [...this.#imports].some((other) => other !== statement && binds.test(other));
      return name !== '' && !used.has(name) && !isTaken;
    });
  }

  /** The text between two offsets with the outermost homes in it switched. */
  #render(from: number, to: number, inside?: Home): string {
    const { text } = this.#source;
    const within = [...this.#homes.values()]
      .filter(({ home }) => home !== inside && home.start >= from && home.end <= to)
      .sort((a, b) => a.home.start - b.home.start || b.home.end - a.home.end);
    let result = '';
    let at = from;
    for (const { home, variants } of within) {
      if (home.start < at) continue;
      result += text.slice(at, home.start) + this.#switch(home, variants);
      at = home.end;
    }
    return result + text.slice(at, to);
  }

  #switch(home: Home, variants: readonly { number: number; text: string; isBlock: boolean }[]): string {
    if (home.kind === 'default') return ` = ${choice(variants, 'undefined')}`;
    const original = this.#render(home.start, home.end, home);
    if (home.kind === 'expression') return choice(variants, original);
    if (home.kind === 'statements') return branches(variants, original);
    if (variants.every(({ isBlock }) => !isBlock)) return choice(variants, original);
    const blocks = variants.map((one) => (one.isBlock ? one : { ...one, text: `return (${one.text}\n);` }));
    return `{ ${branches(blocks, `return (${original}\n);`)} }`;
  }
}

function asked(number: number): string {
  return `Reflect.get(globalThis, '${SELECT}')?.(${number})`;
}

/** The line ends keep a comment at the end of a text from swallowing what follows. */
function choice(variants: readonly { number: number; text: string }[], original: string): string {
  const chosen = variants.map(({ number, text }) => `${asked(number)} ? (${text}\n) : `);
  return `(${chosen.join('')}(${original}\n))`;
}

function branches(variants: readonly { number: number; text: string }[], original: string): string {
  const chosen = variants.map(({ number, text }) => `if (${asked(number)}) {${text}\n} else `);
  return `${chosen.join('')}{${original}\n}`;
}

/** Edits in front of an offset of the original move it in the patched text. */
function shiftBefore(edits: readonly Edit[], offset: number): number {
  return edits
    .filter(({ start, end }) => end <= offset && start < offset)
    .reduce((sum, { start, end, text }) => sum + text.length - (end - start), 0);
}

/** The homes of the edits, the outer one where two lie in each other; undefined where an edit has none. */
function homesOf(
  source: SourceText,
  patched: SourceText,
  all: readonly Edit[],
  edits: readonly Edit[],
): FilePart['homes'] | undefined {
  let homes: { home: Home; variant: string; isBlock: boolean }[] = [];
  for (const edit of edits) {
    if (homes.some(({ home }) => home.start <= edit.start && edit.end <= home.end && home.kind !== 'default')) continue;
    const found = homeOf(source, patched, {
      edit,
      shift: (offset) => shiftBefore(all, offset),
      growth: (start, end) => {
        const own = all.filter((one) => one.start >= start && one.end <= end);
        const isWhole = all.every((one) => own.includes(one) || one.end <= start || one.start >= end);
        return isWhole ? own.reduce((sum, one) => sum + one.text.length - (one.end - one.start), 0) : undefined;
      },
    });
    if (found === undefined) return undefined;
    homes = [...homes.filter(({ home }) => !(found.home.start <= home.start && home.end <= found.home.end)), found];
  }
  return homes;
}

function isInImport(source: SourceText, patched: SourceText, all: readonly Edit[], edit: Edit): boolean {
  const covers = (tree: ts.SourceFile, start: number, end: number): boolean =>
    tree.statements.some((one) => ts.isImportDeclaration(one) && one.getStart(tree) <= start && end <= one.end);
  if (edit.end > edit.start) return covers(source.tree, edit.start, edit.end);
  const start = edit.start + shiftBefore(all, edit.start);
  const lead = edit.text.length - edit.text.trimStart().length;
  return edit.text.trim() !== '' && areImports(patched, start + lead, start + edit.text.trimEnd().length);
}

/** Whether a part of the text lies in import declarations alone. */
function areImports({ tree }: SourceText, start: number, end: number): boolean {
  const touched = tree.statements.filter((one) => one.getStart(tree) < end && one.end > start);
  return touched.length > 0 && touched.every(ts.isImportDeclaration);
}
