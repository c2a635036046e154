/** Questions of the guard's rules about the syntax of JavaScript and TypeScript files. */
import { extname } from 'node:path';
import ts from 'typescript';
import { embeddedScripts, hasEmbeddedScripts } from '../../model/embedded-scripts.ts';

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

/** The syntax tree, or undefined for files of another language; of components and pages that of their scripts. */
export function parseFile(file: string, text: string): ts.SourceFile | undefined {
  const [script, kind] = scriptOf(file, text);
  return kind === undefined ? undefined : ts.createSourceFile(file, script, ts.ScriptTarget.Latest, true, kind);
}

function scriptOf(file: string, text: string): [script: string, kind: ts.ScriptKind | undefined] {
  if (!hasEmbeddedScripts(file)) return [text, KINDS[extname(file)]];
  const { text: script, language } = embeddedScripts(file, text);
  return [script, KINDS[`.${language}`]];
}

/** How many nodes of a tree `matches` accepts. */
export function countNodes(root: ts.Node, matches: (node: ts.Node) => boolean): number {
  let count = 0;
  const visit = (node: ts.Node): void => {
    if (matches(node)) count++;
    node.forEachChild(visit);
  };
  visit(root);
  return count;
}

/** Whether the file after the patch has more nodes of a sort than before; false for files that are not JS or TS. */
export function hasMore(
  file: { file: string; before: string; after: string },
  matches: (node: ts.Node) => boolean,
): boolean {
  const before = parseFile(file.file, file.before);
  const after = parseFile(file.file, file.after);
  if (before === undefined || after === undefined) return false;
  return countNodes(after, matches) > countNodes(before, matches);
}

/** Number of syntax errors. */
export function countSyntaxErrors(file: string, text: string): number {
  const [script, kind] = scriptOf(file, text);
  if (kind === undefined) return 0;
  const { diagnostics = [] } = ts.transpileModule(script, {
    fileName: hasEmbeddedScripts(file) ? `${file}.${embeddedScripts(file, text).language}` : file,
    reportDiagnostics: true,
    compilerOptions: { jsx: ts.JsxEmit.Preserve, target: ts.ScriptTarget.ESNext, allowJs: true },
  });
  return diagnostics.length;
}
