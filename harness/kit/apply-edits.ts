/** Applies a fixer's edits to texts, and tells whether two results are the same program. */
import ts from 'typescript';
import { hasEmbeddedScripts } from '../model/embedded-scripts.ts';
import type { FixerEdit } from './fixer.ts';
import { isPython, PythonSource, pythonErrors } from './python/python-source.ts';
import { isScript, SourceText } from './source-text.ts';

/** The text of `file` with its edits applied; undefined where they overlap or lie outside of it. */
export function applyEdits(text: string, edits: readonly FixerEdit[]): string | undefined {
  const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  let result = '';
  let at = 0;
  for (const { start, end, text: inserted } of sorted) {
    if (start < at || end < start || end > text.length) return undefined;
    result += text.slice(at, start) + inserted;
    at = end;
  }
  return result + text.slice(at);
}

/** Equal for scripts that differ in white space and comments only; of other languages the text itself. */
export function tokensOf(file: string, text: string): string {
  if (!isScript(file) || hasEmbeddedScripts(file)) return text;
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.JSX, text);
  const tokens: string[] = [];
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    tokens.push(scanner.getTokenText());
    if (tokens.length > 200_000) break;
  }
  return tokens.join(' ');
}

/** Number of syntax errors in a script or a Python file. */
export function syntaxErrors(file: string, text: string): number {
  if (isPython(file)) return pythonErrors(text);
  const { tree } = new SourceText(file, text);
  // TypeScript keeps them in the tree, but not in its types; asking a program for them takes ten times as long.
  return 'parseDiagnostics' in tree && Array.isArray(tree.parseDiagnostics) ? tree.parseDiagnostics.length : 0;
}

/** Whether edits of a file bring a syntax error that it did not have. Parses only the statements they touch. */
export function breaksSyntax(source: SourceText | PythonSource, edits: readonly FixerEdit[]): boolean {
  if (source instanceof PythonSource) {
    const after = applyEdits(source.text, edits);
    return after === undefined || pythonErrors(after) > pythonErrors(source.text);
  }
  const from = Math.min(...edits.map(({ start }) => start));
  const to = Math.max(...edits.map(({ end }) => end));
  const program = source.tree.text;
  const touched = source.tree.statements.filter(({ pos, end }) => pos <= to && end >= from);
  const start = Math.min(from, touched[0]?.pos ?? 0);
  const end = Math.max(to, touched.at(-1)?.end ?? program.length);
  const before = program.slice(start, end);
  const moved = edits.map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start }));
  const after = applyEdits(before, moved);
  const name = source.scriptName;
  return after === undefined || errorsInModule(name, after) > errorsInModule(name, before);
}

/** A part of a module is one as well: there `await` may stand outside of functions. */
function errorsInModule(file: string, part: string): number {
  return syntaxErrors(file, `${part}\nexport {};`);
}
