/** Whether the scenario sees what a confirmed patch wrote. */
import type { Case } from '../model/case.ts';
import { Failure } from '../model/failure.ts';
import type { Patch } from '../model/patch.ts';
import type { JudgeTools } from './judge-tools.ts';
import { withoutValue } from './without-value.ts';

/** Strong: the scenario sees what the patch wrote, and is red again where that is gone. */
export async function strengthOf(
  one: Case,
  patch: Patch,
  tools: Pick<JudgeTools, 'openTrial' | 'screened' | 'readSource'>,
): Promise<'strong' | 'weak'> {
  const without = withoutValue(patch, tools.readSource);
  if (without === undefined) return 'weak';
  const together = tools.screened(without);
  if (together) return together.some(({ red }) => red) ? 'strong' : 'weak';
  try {
    const trial = await tools.openTrial(without);
    try {
      const runs = await trial.run({ only: one.scenarios, stopAtError: true });
      return runs.some(({ red }) => red) ? 'strong' : 'weak';
    } finally {
      await trial.close();
    }
  } catch (error) {
    // What does not even build says nothing of the scenario.
    if (error instanceof Failure) return 'weak';
    throw error;
  }
}
