/** Callers that hand over nothing for a parameter: those that a recent change forgot, else the few beside many that do. */
import ts from 'typescript';
import type { Hunk, Project } from './fixer.ts';
import { missingValues, type Place } from './missing-values.ts';
import { declarationOf, functionName } from './scope.ts';
import type { SourceText } from './source-text.ts';
import { isAnyFunction, rootOf } from './syntax.ts';

export interface LackingCaller {
  readonly source: SourceText;
  readonly call: ts.CallExpression | ts.NewExpression;
  readonly parameter: ts.ParameterDeclaration;
  readonly name: string;
}

/** Where `stack` names some of the callers, they alone. */
export function lackingCallers(
  source: SourceText,
  at: Place,
  {
    project,
    hunks,
    stack,
  }: {
    project: Project;
    hunks: readonly Hunk[];
    stack: readonly { readonly file: string; readonly line: number }[];
  },
): LackingCaller[] {
  const found = missingValues(source, at, project).flatMap(({ node }) => {
    const root = rootOf(node);
    const declared = root && ts.isIdentifier(root) ? declarationOf(root, root.text) : undefined;
    if (root === undefined || !ts.isIdentifier(root) || declared === undefined || !ts.isParameter(declared)) return [];
    const isForgotten = hunks.length === 0 ? isUsual(declared, project) : isNew(declared, root.text, source, hunks);
    if (!isForgotten) return [];
    return callersWithout(declared, project).map((caller) => ({ ...caller, name: root.text, parameter: declared }));
  });
  const calling = found.filter(({ source: from, call }) => {
    const line = from.tree.getLineAndCharacterOfPosition(from.start(call)).line + 1;
    return stack.some((one) => one.file === from.file && Math.abs(one.line - line) <= 1);
  });
  return calling.length > 0 ? calling : found;
}

/** Where nobody knows what changed: whether other callers hand something over. */
function isUsual(parameter: ts.ParameterDeclaration, project: Project): boolean {
  const fn = parameter.parent;
  const name = isAnyFunction(fn) ? functionName(fn) : undefined;
  if (name === undefined || parameter.questionToken !== undefined) return false;
  const index = fn.parameters.indexOf(parameter);
  return project
    .callers(name)
    .some(({ site }) => !ts.isJsxOpeningLikeElement(site) && (site.arguments?.length ?? 0) > index);
}

function isNew(parameter: ts.ParameterDeclaration, name: string, source: SourceText, hunks: readonly Hunk[]): boolean {
  const line = source.tree.getLineAndCharacterOfPosition(source.start(parameter)).line + 1;
  const word = new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`);
  return hunks.some(
    (hunk) =>
      hunk.file === source.file &&
      hunk.newStart <= line &&
      line < hunk.newStart + hunk.newLines.length &&
      !hunk.oldLines.some((text) => word.test(text)),
  );
}

function callersWithout(
  parameter: ts.ParameterDeclaration,
  project: Project,
): Pick<LackingCaller, 'source' | 'call'>[] {
  const fn = parameter.parent;
  const name = isAnyFunction(fn) ? functionName(fn) : undefined;
  if (name === undefined || parameter.initializer !== undefined) return [];
  const index = fn.parameters.indexOf(parameter);
  return project.callers(name).flatMap(({ source, site }) => {
    if (ts.isJsxOpeningLikeElement(site)) return [];
    const handed = site.arguments ?? [];
    const hasSpread = handed.some(ts.isSpreadElement);
    return handed.length <= index && !hasSpread ? [{ source, call: site }] : [];
  });
}
