/** Edits of types alone: what is run is the same with and without them. */
import ts from 'typescript';
import { applyEdits } from '../../kit/apply-edits.ts';
import type { SourceText } from '../../kit/source-text.ts';
import type { Edit } from '../../model/patch.ts';

/** The edits that change something of the program, each taken alone; all in JavaScript. */
export function withoutErased({ file, text }: SourceText, edits: readonly Edit[]): readonly Edit[] {
  if (!/\.[cm]?tsx?$/.test(file)) return edits;
  const before = programOf(file, text);
  return edits.filter((edit) => {
    const after = applyEdits(text, [edit]);
    return after === undefined || programOf(file, after) !== before;
  });
}

function programOf(fileName: string, text: string): string {
  const { ESNext } = ts.ScriptTarget;
  const compilerOptions = {
    target: ESNext,
    module: ts.ModuleKind.ESNext,
    jsx: ts.JsxEmit.Preserve,
    removeComments: true,
  };
  return ts.transpileModule(text, { fileName, compilerOptions }).outputText;
}
