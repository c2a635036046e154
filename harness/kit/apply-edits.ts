/** Applies a fixer's edits to texts, and tells whether two results are the same program. */
import ts from 'typescript';
import type { FixerEdit } from './fixer.ts';
import { SourceText } from './source-text.ts';

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

/** Equal for texts that differ in white space and comments only. */
export function tokensOf(text: string): string {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.JSX, text);
  const tokens: string[] = [];
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    tokens.push(scanner.getTokenText());
    if (tokens.length > 200_000) break;
  }
  return tokens.join(' ');
}

/** Number of syntax errors in a script. */
export function syntaxErrors(file: string, text: string): number {
  const { tree } = new SourceText(file, text);
  // TypeScript keeps them in the tree, but not in its types; asking a program for them takes ten times as long.
  return 'parseDiagnostics' in tree && Array.isArray(tree.parseDiagnostics) ? tree.parseDiagnostics.length : 0;
}
