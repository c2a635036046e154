/** Edits of types alone: what is run is the same with and without them. */
import ts from 'typescript';
import { applyEdits } from '../../kit/apply-edits.ts';
import type { SourceText } from '../../kit/source-text.ts';
import type { Edit } from '../../model/patch.ts';

/** Those of the edits that change nothing of the program, each taken alone; none in JavaScript. */
export function erasedEdits({ file, text }: SourceText, edits: readonly Edit[]): Set<Edit> {
  if (!/\.[cm]?tsx?$/.test(file)) return new Set();
  const before = programOf(file, text);
  return new Set(
    edits.filter((edit) => {
      const after = applyEdits(text, [edit]);
      return after !== undefined && programOf(file, after) === before;
    }),
  );
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
