/** What a patch broke or cured besides: the other scenarios, and the checks. */
import type { Case } from '../model/case.ts';
import { distinctScenarios, type ScenarioRef } from '../model/scenario.ts';
import type { JudgeTools } from './judge-tools.ts';
import type { Trial, TrialRun } from './trial.ts';

/**
 * `broken` names scenarios that ought to be green with the patch and were red twice, `cured` the other cases of which every
 * scenario is green by now.
 */
export async function sortOthers(
  trial: Trial,
  runs: readonly TrialRun[],
  { expected, others }: { expected: readonly ScenarioRef[]; others: readonly Case[] },
): Promise<{ broken: string[]; cured: string[] }> {
  const red = new Set(runs.filter((one) => one.red).map(({ run }) => run.scenario.id));
  const cured = others.filter(({ scenarios }) => scenarios.every(({ id }) => !red.has(id)));
  const doubtful = distinctScenarios(expected).filter(({ id }) => red.has(id));
  const second = doubtful.length === 0 ? [] : await trial.run({ only: doubtful });
  return {
    broken: second.filter((one) => one.red).map(({ run }) => run.scenario.id),
    cured: cured.map(({ issue }) => issue.shortId),
  };
}

export async function runChecks(
  trial: Trial,
  tools: Pick<JudgeTools, 'checks' | 'baseCheck'>,
): Promise<{ command: string; base: 'green' | 'red'; patched: 'green' | 'red' }[]> {
  const results = [];
  for (const command of tools.checks) {
    const [base, patched] = await Promise.all([tools.baseCheck(command), trial.check(command)]);
    results.push({ command, base, patched });
  }
  return results;
}
