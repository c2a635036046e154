/** A function got a new parameter, and a caller hands over nothing for it: hand over what the others do. */
import ts from 'typescript';
import { type Alternative, defineFixer, type Project } from '../harness/kit/fixer.ts';
import { type LackingCaller, lackingCallers } from '../harness/kit/lacking-callers.ts';
import { declarationOf, functionName } from '../harness/kit/scope.ts';
import type { SourceText } from '../harness/kit/source-text.ts';
import { isAccess, isAnyFunction } from '../harness/kit/syntax.ts';

export const fixer = defineFixer({
  id: 'missing-argument',
  summary: 'Caller that a new parameter forgot: hand it over.',
  example: {
    message: "Cannot read properties of undefined (reading 'year')",
    before: 'function fee(hours, day) {\n  return hours * day.year;\n}\nshow(fee(1, start.day));\nadd(fee(2));',
    after:
      'function fee(hours, day) {\n  return hours * day.year;\n}\nshow(fee(1, start.day));\nadd(fee(2, start.day));',
    hunks: [
      {
        commit: 'a1b2c3d',
        file: 'example.ts',
        oldStart: 1,
        oldLines: ['function fee(hours) {'],
        newStart: 1,
        newLines: ['function fee(hours, day) {'],
      },
    ],
  },
  *propose(suspect, source, project) {
    for (const lacking of lackingCallers(source, suspect, { ...suspect, project })) {
      for (const { text, confidence } of offers(lacking, project)) yield handOver(lacking, { text, confidence });
    }
  },
});

interface Offer {
  readonly text: string;
  readonly confidence: number;
}

/** What the other callers hand over, as far as it has a meaning here; then a variable of the parameter's own name. */
function offers({ source, call, parameter, name }: LackingCaller, project: Project): Offer[] {
  const fn = parameter.parent;
  const callee = isAnyFunction(fn) ? functionName(fn) : undefined;
  const index = fn.parameters.indexOf(parameter);
  // Only the very next one: what stands between is nobody's to guess.
  if (callee === undefined || (call.arguments ?? []).length !== index) return [];
  const others = project.callers(callee).flatMap(({ source: from, site }) => {
    const handed = ts.isJsxOpeningLikeElement(site) ? undefined : site.arguments?.[index];
    return handed && hasMeaningAt(handed, { from, source, call }) ? [from.textOf(handed)] : [];
  });
  const texts = [...new Set(others)].map((text) => ({ text, confidence: 0.8 }));
  const own = declarationOf(call, name);
  return own === undefined || texts.some(({ text }) => text === name)
    ? texts
    : [...texts, { text: name, confidence: 0.7 }];
}

/** Whether every variable of an expression is one here, too. */
function hasMeaningAt(
  node: ts.Expression,
  { from, source, call }: { from: SourceText; source: SourceText; call: ts.Node },
): boolean {
  const names = from.find(ts.isIdentifier, node).filter((one) => !isMemberName(one));
  return names.every((one) => {
    const isHere = declarationOf(call, one.text) !== undefined;
    if (declarationOf(one, one.text) !== undefined) return isHere;
    // A function or an import of that file, or the language's own.
    return !isHere && (from.file === source.file || Object.hasOwn(globalThis, one.text));
  });
}

function isMemberName({ parent, ...node }: ts.Identifier): boolean {
  if (isAccess(parent)) return ts.isPropertyAccessExpression(parent) && parent.name.end === node.end;
  return ts.isPropertyAssignment(parent) && parent.name.end === node.end;
}

function handOver({ source, call, name }: LackingCaller, { text, confidence }: Offer): Alternative {
  const last = call.arguments?.at(-1);
  const at = last?.getEnd() ?? call.getEnd() - 1;
  return {
    edits: [{ file: source.file, start: at, end: at, text: last ? `, ${text}` : text }],
    title: `hand over ${name} to ${source.textOf(call.expression)}`,
    confidence,
  };
}
