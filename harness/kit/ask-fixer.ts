/** Asks a fixer about a suspect, if it knows the language of the suspect's file. */
import type { AnyFixer, FixerSuspect, Offers, Project } from './fixer.ts';
import type { PythonSource } from './python/python-source.ts';
import type { SourceText } from './source-text.ts';

/** A file of the sources, whatever its language; undefined for one that fixers cannot read. */
export function sourceOf(file: string, project: Project): SourceText | PythonSource | undefined {
  return project.source(file) ?? project.python(file);
}

/** Nothing for files of another language, and for those that are not among the sources. */
export function offersOf(fixer: AnyFixer, suspect: FixerSuspect, project: Project): Offers {
  if (fixer.language === 'python') {
    const source = project.python(suspect.file);
    return source ? fixer.propose(suspect, source, project) : [];
  }
  const source = project.source(suspect.file);
  return source ? fixer.propose(suspect, source, project) : [];
}
