/** What judging a patch asks of the world around it. */
import type { Case } from '../model/case.ts';
import type { Patch } from '../model/patch.ts';
import type { ScenarioRef } from '../model/scenario.ts';
import type { Rung } from '../model/verdict.ts';
import type { Trial, TrialRun } from './trial.ts';

export interface JudgeTools {
  /** Throws a usage Failure when the patched app does not build or start. */
  openTrial(patch: Patch): Promise<Trial>;
  /** How the scenarios of the case came out where many patches were screened together; undefined of one that was not. */
  screened(patch: Patch): readonly TrialRun[] | undefined;
  /** How a check ended on the base; run there at most once. */
  baseCheck(command: string): Promise<'green' | 'red'>;
  /** Runs scenarios on the unpatched app again. */
  runOnBase(only: readonly ScenarioRef[]): Promise<readonly TrialRun[]>;
  readonly checks: readonly string[];
  /** Milliseconds from any start. */
  now(): number;
  /** Least likeness of a green page to that of the last green run; below it the patch is put back for later. */
  readonly leastLikeness: number;
  /** The other cases of the night: a patch may cure them as well. */
  readonly others: readonly Case[];
  /** Text at the base commit. */
  readonly readSource: (file: string) => string | undefined;
  /** Told when a rung was passed, for the progress display. */
  passed(patch: Patch, rung: Rung): void;
}
