/** Questions of the guard's rules about the syntax of JavaScript and TypeScript files. */
import ts from 'typescript';
import { isScript, SourceText } from '../../kit/source-text.ts';

/** The syntax tree, or undefined for files of another language; of components and pages that of their scripts. */
export function parseFile(file: string, text: string): ts.SourceFile | undefined {
  return isScript(file) ? new SourceText(file, text).tree : undefined;
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
  if (!isScript(file)) return 0;
  const { tree, scriptName } = new SourceText(file, text);
  const { diagnostics = [] } = ts.transpileModule(tree.text, {
    fileName: scriptName,
    reportDiagnostics: true,
    compilerOptions: { jsx: ts.JsxEmit.Preserve, target: ts.ScriptTarget.ESNext, allowJs: true },
  });
  return diagnostics.length;
}
