/** The name of the function that encloses a place in a file, for people. */
import { extname } from 'node:path';
import ts from 'typescript';
import { embeddedScripts, hasEmbeddedScripts } from '../../model/embedded-scripts.ts';

const KINDS: Readonly<Record<string, ts.ScriptKind>> = {
  '.tsx': ts.ScriptKind.TSX,
  '.jsx': ts.ScriptKind.JSX,
  '.js': ts.ScriptKind.JSX,
  '.mjs': ts.ScriptKind.JSX,
  '.cjs': ts.ScriptKind.JSX,
};
const SCRIPTS = /\.[cm]?[jt]sx?$/;

/** Innermost named function, method or class around a 1-based line; undefined at module level and in other languages. */
export function functionAt(file: string, text: string, line: number): string | undefined {
  const embedded = hasEmbeddedScripts(file) ? embeddedScripts(file, text) : undefined;
  if (embedded === undefined && !SCRIPTS.test(file)) return undefined;
  const kind = KINDS[embedded ? `.${embedded.language}` : extname(file)] ?? ts.ScriptKind.TS;
  const tree = ts.createSourceFile(file, embedded?.text ?? text, ts.ScriptTarget.Latest, true, kind);
  if (line > tree.getLineStarts().length) return undefined;
  let found: string | undefined;
  const visit = (node: ts.Node): void => {
    const first = tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
    const last = tree.getLineAndCharacterOfPosition(node.end).line + 1;
    if (line < first || line > last) return;
    found = nameOf(node) ?? found;
    node.forEachChild(visit);
  };
  visit(tree);
  return found;
}

function nameOf(node: ts.Node): string | undefined {
  if (
    ts.isFunctionDeclaration(node) ||
    ts.isFunctionExpression(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isAccessor(node) ||
    ts.isClassLike(node)
  )
    return node.name?.getText();
  const isHolder = ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node) || ts.isPropertyDeclaration(node);
  return isHolder && node.initializer && isCallable(node.initializer) ? node.name.getText() : undefined;
}

const WRAPPERS = /^(?:React\.)?(?:useCallback|useMemo|memo|forwardRef)$/;

/** A function, or one that React wraps: `useCallback(() => …)`, `memo(function …)`. */
function isCallable(node: ts.Expression): boolean {
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return true;
  if (!ts.isCallExpression(node) || !WRAPPERS.test(node.expression.getText())) return false;
  const [first] = node.arguments;
  return first !== undefined && (ts.isArrowFunction(first) || ts.isFunctionExpression(first));
}
