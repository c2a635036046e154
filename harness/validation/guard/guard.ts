/** The static guard: refuses patches that reach outside the app's sources or that only silence an error. */
import type { Patch } from '../../model/patch.ts';
import { rule as constantCondition } from './constant-condition.ts';
import { rule as deletesCode } from './deletes-code.ts';
import { rule as emptiesFunction } from './empties-function.ts';
import { rule as emptyCatch } from './empty-catch.ts';
import { rule as outsideSources } from './outside-sources.ts';
import { rule as parses } from './parses.ts';
import type { GuardRule, PatchedFile, Refusal } from './rule.ts';
import { rule as swallowsGlobally } from './swallows-globally.ts';
import { rule as switchesOff } from './switches-off.ts';
import { rule as tooLarge } from './too-large.ts';
import { rule as monitoring } from './touches-monitoring.ts';
import { rule as widerPolicy } from './wider-policy.ts';

export const RULES: readonly GuardRule[] = [
  outsideSources,
  parses,
  tooLarge,
  monitoring,
  widerPolicy,
  swallowsGlobally,
  emptyCatch,
  constantCondition,
  switchesOff,
  emptiesFunction,
  deletesCode,
];

export interface GuardContext {
  /** Whether a path, relative to the app's root, is one of `app.sources`. */
  readonly isSource: (file: string) => boolean;
  /** Text at the base commit; undefined for files that do not exist there. */
  readonly readSource: (file: string) => string | undefined;
}

/** The first rule that refuses the patch, or undefined where none does. */
export function guardPatch(patch: Patch, context: GuardContext): Refusal | undefined {
  const files = patchedFiles(patch, context);
  for (const rule of RULES) {
    const why = rule.refuse({ patch, files, isSource: context.isSource });
    if (why !== undefined) return { rule: rule.id, why };
  }
  return undefined;
}

function patchedFiles(patch: Patch, { readSource }: GuardContext): PatchedFile[] {
  const names = [...new Set(patch.edits.map((edit) => edit.file))];
  const edited = names.map((file): PatchedFile => {
    const before = readSource(file) ?? '';
    return { file, before, after: applyEdits(before, patch, file) };
  });
  return [...edited, ...patch.newFiles.map(({ file, text }): PatchedFile => ({ file, before: '', after: text }))];
}

function applyEdits(before: string, patch: Patch, file: string): string {
  const edits = patch.edits.filter((edit) => edit.file === file).sort((a, b) => b.start - a.start || b.end - a.end);
  let text = before;
  for (const edit of edits) text = text.slice(0, edit.start) + edit.text + text.slice(edit.end);
  return text;
}
