/** The contract of a fixer: what it is told of an error, and what it yields. */
import type ts from 'typescript';
import type { Hunk, Suspect } from '../model/suspect.ts';
import type { TypeService } from '../model/type-service.ts';
import type { PythonSource } from './python/python-source.ts';
import type { SourceText } from './source-text.ts';
import type { AnyFunction } from './syntax.ts';

/** A replacement; `file` is the suspect's own where it is left out. Offsets are UTF-16, `end` exclusive. */
export interface FixerEdit {
  readonly file?: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Alternative {
  readonly edits: readonly FixerEdit[];
  readonly newFiles?: readonly { readonly file: string; readonly text: string }[];
  /** Imperative, for the subject of a commit; made from the fixer's summary where it is left out. */
  readonly title?: string;
  /** Why this may be the cure. */
  readonly rationale?: string;
  /** How sure the fixer is of this alternative, 0 to 1; 0.5 where it is left out. */
  readonly confidence?: number;
}

/** What a fixer may know of the error: a place, the message, values where someone saw them, and recent changes. */
export type FixerSuspect = Pick<Suspect, 'message' | 'errorType' | 'file' | 'line' | 'runtime' | 'stack' | 'hunks'> &
  Partial<Pick<Suspect, 'column' | 'function' | 'values' | 'commit'>>;

/** A place that calls, constructs or renders something by its name. */
export interface Caller {
  readonly source: SourceText;
  readonly site: ts.CallExpression | ts.NewExpression | ts.JsxOpeningLikeElement;
}

/** All scripts of `app.sources`, the suspect's own file among them. */
export interface Project {
  /** Undefined for a file that is not among the sources or that is no script. */
  source(file: string): SourceText | undefined;
  /** A Python file; undefined for all others. */
  python(file: string): PythonSource | undefined;
  /** The scripts, sorted. */
  files(): readonly string[];
  /** Sorted. */
  pythonFiles(): readonly string[];
  /** Calls of a function or method and uses of a component, by name alone; sorted by file and place. */
  callers(name: string): readonly Caller[];
  /** Functions and methods of a name, sorted by file and place. */
  functions(name: string): readonly { readonly source: SourceText; readonly fn: AnyFunction }[];
  /** Places where a member of this name is read, `cart.name`, sorted by file and place. */
  reads(name: string): readonly { readonly source: SourceText; readonly access: ts.PropertyAccessExpression }[];
  /** Types that interfaces, type literals and classes declare for a member of this name. */
  typesOf(name: string): readonly ts.TypeNode[];
  /** Files that export a name, sorted. */
  exportsOf(name: string): readonly { readonly file: string; readonly kind: 'named' | 'default' }[];
  /** Whether `?.` is part of how the app is written. */
  readonly chains: boolean;
  /** Where somebody opened the app's types. */
  readonly types?: TypeService | undefined;
  /** Keys of the app's interfaces, types, classes and object literals that are spelt like a name, most alike first. */
  keysLike(name: string, least: number): readonly string[];
}

/** What all fixers tell of themselves. */
interface Described {
  /** Equals the file's name. */
  readonly id: string;
  /** One sentence: the fault, a colon, the cure. */
  readonly summary: string;
  /** Run as a test and printed in docs/fixers.md. */
  readonly example: {
    readonly message: string;
    readonly before: string;
    readonly after: string;
    /** Hunks of the suspect commit, for fixers that live on them. */
    readonly hunks?: readonly Hunk[];
    /** Values seen at the throw, for fixers that need them. */
    readonly values?: Readonly<Record<string, unknown>>;
    /** Whether the fixer asks for types. */
    readonly typed?: boolean;
  };
}

/** Alternatives, best first; nothing where the fixer is not sure. */
export type Offers = Iterable<Alternative | readonly FixerEdit[]>;

/** For JavaScript and TypeScript. */
export interface Fixer extends Described {
  readonly language?: never;
  propose(suspect: FixerSuspect, source: SourceText, project: Project): Offers;
}

export interface PythonFixer extends Described {
  readonly language: 'python';
  propose(suspect: FixerSuspect, source: PythonSource, project: Project): Offers;
}

export type AnyFixer = Fixer | PythonFixer;

/** Returns its argument; gives an editor the types of a fixer. */
export function defineFixer(fixer: Fixer): Fixer {
  return fixer;
}

export function definePythonFixer(fixer: Omit<PythonFixer, 'language'>): PythonFixer {
  return { ...fixer, language: 'python' };
}

export type { Hunk };
