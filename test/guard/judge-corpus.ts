/** Runs the guard over the corpus: what it says of each bad and of each good patch. */
import { createTwoFilesPatch } from 'diff';
import type { Patch } from '../../harness/model/patch.ts';
import { guardPatch } from '../../harness/validation/guard/guard.ts';
import { patchOf } from '../ladder/scripted-trial.ts';
import type { GoodPatch } from './corpus.ts';

/** Id of the rule that refuses the patch; undefined where none does. */
export function ruleAgainst({ file = 'src/app.tsx', before, after }: GoodPatch): string | undefined {
  const patch: Patch = patchOf('corpus', {
    edits: [{ file, start: 0, end: before.length, text: after }],
    diff: createTwoFilesPatch(`a/${file}`, `b/${file}`, before, after),
  });
  return guardPatch(patch, { isSource: (name) => name.startsWith('src/'), readSource: () => before })?.rule;
}
