/** Whether the scenario sees what a confirmed patch wrote. */
import type { Case } from '../model/case.ts';
import { Failure } from '../model/failure.ts';
import type { Patch } from '../model/patch.ts';
import { isErrorOfApp } from './is-error-of-app.ts';
import type { JudgeTools } from './judge-tools.ts';
import type { TrialRun } from './trial.ts';
import { withoutValue } from './without-value.ts';

/**
 * Whether runs without the value that a patch wrote fell because the scenario looked for it. Where the app itself broke without
 * it, nobody need have looked: dropping half of a list is green as well, and no list at all breaks the page.
 */
export function missValue(runs: readonly TrialRun[]): boolean {
  return runs.some((ran) => ran.red && !isErrorOfApp(ran));
}

/** Strong: the scenario sees what the patch wrote, and is red again where that is gone. */
export async function strengthOf(
  one: Case,
  patch: Patch,
  tools: Pick<JudgeTools, 'openTrial' | 'screened' | 'readSource'>,
): Promise<'strong' | 'weak'> {
  const without = withoutValue(patch, tools.readSource);
  if (without === undefined) return 'weak';
  const together = tools.screened(without);
  if (together) return missValue(together) ? 'strong' : 'weak';
  try {
    const trial = await tools.openTrial(without);
    try {
      const runs = await trial.run({ only: one.scenarios, stopAtError: true });
      return missValue(runs) ? 'strong' : 'weak';
    } finally {
      await trial.close();
    }
  } catch (error) {
    // What does not even build says nothing of the scenario.
    if (error instanceof Failure) return 'weak';
    throw error;
  }
}
