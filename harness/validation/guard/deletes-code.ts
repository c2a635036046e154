/** Refuses patches that mostly take away: calls, handlers, routes or elements that are gone hide an error with its feature. */
import ts from 'typescript';
import type { GuardRule, PatchedFile } from './rule.ts';
import { isRevert } from './rule.ts';
import { countNodes, parseFile } from './syntax.ts';

export const rule: GuardRule = {
  id: 'deletes-code',
  refuse({ patch, files }) {
    if (isRevert(patch)) return undefined;
    const poorer = files.find((file) => loses(file, isWork) || tagsIn(file.after) < tagsIn(file.before));
    return poorer && `${poorer.file} would do less than before: a call, an element or a statement is gone.`;
  },
};

function loses({ file, before, after }: PatchedFile, matches: (node: ts.Node) => boolean): boolean {
  const [old, now] = [parseFile(file, before), parseFile(file, after)];
  if (old === undefined || now === undefined) return false;
  return countNodes(now, matches) < countNodes(old, matches);
}

function isWork(node: ts.Node): boolean {
  return (
    ts.isCallExpression(node) ||
    ts.isJsxOpeningLikeElement(node) ||
    ts.isThrowStatement(node) ||
    ts.isAwaitExpression(node) ||
    ts.isJsxAttribute(node) ||
    ts.isTemplateSpan(node)
  );
}

/** Elements and attributes that a template writes, in whatever language. */
function tagsIn(text: string): number {
  return text.match(/<[a-z][\w-]*(?=[\s/>])|\s(?:on\w+|@[\w-]+|v-[\w:-]+|href|action)=/gi)?.length ?? 0;
}
