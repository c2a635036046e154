/** TypeScript knows what is wrong with the line: its own fixes for a name, an import, a promise that is not waited for. */
import { defineFixer } from '../harness/kit/fixer.ts';

/** Fixes that change what a program does, and how sure each is. All others are about types and style alone. */
const SURE: Readonly<Record<string, number>> = {
  spelling: 0.85,
  import: 0.7,
  addMissingAwait: 0.85,
  fixAwaitInSyncFunction: 0.7,
  addMissingNewOperator: 0.8,
  forgottenThisPropertyAccess: 0.8,
  fixMissingCallParentheses: 0.6,
  returnValueCorrect: 0.7,
  fixMissingProperties: 0.4,
  fixIncorrectNamedTupleSyntax: 0.3,
};

export const fixer = defineFixer({
  id: 'code-fix',
  summary: "Error that TypeScript reports on the line: take TypeScript's own fix.",
  example: {
    message: "Cannot read properties of undefined (reading 'length')",
    before: 'const cart = { items: [1] };\nconst count = cart.itms.length;',
    typed: true,
    after: 'const cart = { items: [1] };\nconst count = cart.items.length;',
  },
  *propose(suspect, source, project) {
    for (const { name, title, edits } of project.types?.fixesAt(source.file, suspect.line, source.style) ?? []) {
      const confidence = SURE[name];
      if (confidence === undefined || edits.length === 0) continue;
      yield { edits, title: title.replace(/^[A-Z]/, (first) => first.toLowerCase()), confidence };
    }
  },
});
