/** What the base shows once for all cases of a night: which control events arrive, and which issues it raises by itself. */
import type { BaseSignals, ControlRuntime } from '../model/case.ts';
import type { ScenarioRun } from '../model/scenario.ts';
import { signatureOf } from './same-error.ts';
import type { Trial } from './trial.ts';

/** Text that marks every control event's title. */
export const CONTROL = 'mendwright control event';

/** Raises a control event in each runtime of the unpatched app; a runtime whose event does not arrive is not asked of patches. */
export async function readBaseSignals(trial: Trial, runs: readonly ScenarioRun[]): Promise<BaseSignals> {
  const text = `${CONTROL} base`;
  const controls: ControlRuntime[] = [];
  const quickest = [...runs].filter(({ browserSdk }) => browserSdk === true).sort((a, b) => rank(a) - rank(b))[0];
  if (quickest !== undefined) {
    await trial.run({ only: [quickest.scenario], controlEvent: `${text} browser` });
    if (await trial.waitForTitle(`${text} browser`)) controls.push('browser');
  }
  const raised = await trial.raiseServerControl(`${text} server`);
  if (raised > 0 && (await trial.waitForTitle(`${text} server`))) controls.push('server');
  const issues = (await trial.issues()).filter(({ title }) => !title.includes(CONTROL)).map(signatureOf);
  return { controls, issues };
}

/** Green scenarios first, then short ones. */
function rank(run: ScenarioRun): number {
  return (run.status === 'passed' ? 0 : 1_000_000) + run.durationMs;
}
