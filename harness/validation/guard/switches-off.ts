/** Refuses patches that switch something off: a flag of the app that was true is false. */
import ts from 'typescript';
import type { GuardRule, PatchedFile } from './rule.ts';
import { isRevert } from './rule.ts';
import { parseFile } from './syntax.ts';

export const rule: GuardRule = {
  id: 'switches-off',
  refuse({ patch, files }) {
    if (isRevert(patch)) return undefined;
    for (const file of files) {
      const name = switched(file);
      if (name !== undefined) return `${file.file} would switch ${name} off.`;
    }
    return undefined;
  },
};

/** The first flag whose value is another one than before. */
function switched({ file, before, after }: PatchedFile): string | undefined {
  const [old, now] = [flagsIn(file, before), flagsIn(file, after)];
  for (const [name, values] of old) {
    const next = now.get(name);
    if (next !== undefined && next.length === values.length && next.some((value, index) => value !== values[index]))
      return name;
  }
  return undefined;
}

/** `live: true` and `const live = true`, by name, in the file's order. */
function flagsIn(file: string, text: string): Map<string, boolean[]> {
  const flags = new Map<string, boolean[]>();
  const visit = (node: ts.Node): void => {
    const isHolder = ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node);
    const kind = isHolder ? node.initializer?.kind : undefined;
    if (isHolder && (kind === ts.SyntaxKind.TrueKeyword || kind === ts.SyntaxKind.FalseKeyword)) {
      const name = node.name.getText();
      flags.set(name, [...(flags.get(name) ?? []), kind === ts.SyntaxKind.TrueKeyword]);
    }
    node.forEachChild(visit);
  };
  const tree = parseFile(file, text);
  if (tree) visit(tree);
  return flags;
}
