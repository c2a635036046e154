/** What fixers and the ranking may ask of types, where the app has them. */
import type { Edit } from './patch.ts';

/** A fix of TypeScript's own. */
export interface CodeFix {
  /** TypeScript's name of it: `spelling`, `import`, `addMissingAwait`. */
  readonly name: string;
  /** What it does, as editors show it. */
  readonly title: string;
  readonly edits: readonly Edit[];
}

/** How the file is written. */
export interface Habits {
  readonly quote: string;
  readonly semicolon: string;
  readonly indent: string;
}

export interface TypeService {
  /** Fixes for what is reported on a 1-based line; none for files that are no scripts. */
  fixesAt(file: string, line: number, habits: Habits): readonly CodeFix[];
  /** Errors that new texts of files bring to these files, by number and text; none where the app is not typed. */
  errorsBrought(after: ReadonlyMap<string, string>): readonly string[];
}
