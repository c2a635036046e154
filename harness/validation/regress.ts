/** What a patch broke or cured besides: the other scenarios, and the checks. */
import type { Case } from '../model/case.ts';
import { distinctScenarios, type ScenarioRef } from '../model/scenario.ts';
import type { BaseFacts } from './case.ts';
import type { JudgeTools } from './judge-tools.ts';
import type { Trial, TrialRun } from './trial.ts';
import { type Vanished, vanished } from './vanished.ts';

export interface Others {
  readonly broken: readonly string[];
  readonly cured: string[];
  readonly gone: { readonly scenario: string; readonly rule: Vanished; readonly what: string } | undefined;
}

/**
 * `broken` names scenarios that ought to be green with the patch and were red twice, `cured` the other cases of which every
 * scenario is green by now, `gone` the first that is green and leaves out, twice, what it does on the base.
 */
export async function sortOthers(
  trial: Trial,
  runs: readonly TrialRun[],
  { expected, others, base }: { expected: readonly ScenarioRef[]; others: readonly Case[]; base: BaseFacts },
  { runOnBase }: Pick<JudgeTools, 'runOnBase'>,
): Promise<Others> {
  const red = new Set(runs.filter((one) => one.red).map(({ run }) => run.scenario.id));
  const cured = others.filter(({ scenarios }) => scenarios.every(({ id }) => !red.has(id)));
  const green = new Set(base.green.map(({ id }) => id));
  const lessThanBefore = ({ run, red: isRed }: TrialRun) => {
    const before = isRed || !green.has(run.scenario.id) ? undefined : base.baseRun(run.scenario);
    return before && vanished(before, run);
  };
  const lesser = new Set(runs.filter(lessThanBefore).map(({ run }) => run.scenario.id));
  const doubtful = distinctScenarios(expected).filter(({ id }) => red.has(id) || lesser.has(id));
  const second = doubtful.length === 0 ? [] : await trial.run({ only: doubtful });
  const stillLesser = second.filter((one) => lesser.has(one.run.scenario.id) && lessThanBefore(one));
  // What other scenarios left behind may have been there and be gone: then the base does without it, too.
  const onBase = stillLesser.length === 0 ? [] : await runOnBase(stillLesser.map(({ run }) => run.scenario));
  const gone = stillLesser.find(({ run }) =>
    onBase.some((one) => one.run.scenario.id === run.scenario.id && lessThanBefore(one) === undefined),
  );
  const seen = gone && lessThanBefore(gone);
  return {
    broken: second.filter((one) => one.red).map(({ run }) => run.scenario.id),
    cured: cured.map(({ issue }) => issue.shortId),
    gone: gone && seen && { scenario: gone.run.scenario.id, ...seen },
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
