/** Whether the app is as it was when the scenario was green, so that the scenario's expectation is in doubt. */
import type { Case } from '../model/case.ts';
import type { Skipped } from '../model/stage-result.ts';
import type { Commit } from '../model/suspect.ts';
import type { Trial } from './trial.ts';

export interface ScenarioHistory {
  /** The commit at which the scenario was last seen green, or from before its file was last changed. */
  readonly green: Commit;
  /** True when an earlier night saw it green; false when that is only supposed. */
  readonly seen: boolean;
  /** Whether any file of `app.sources` differs between `green` and the base. */
  readonly sourcesChanged: boolean;
  /** Files beside the scenario, itself included, that differ: their text at `green`, by path from the app's root. */
  readonly changedSpecs: ReadonlyMap<string, string>;
  /** The newest commit that changed them. */
  readonly specCommit?: Commit | undefined;
  /** Whether a commit that changed them changed the app's sources as well. */
  readonly changedTogether: boolean;
}

export interface ExpectationTools {
  /** Undefined where nothing is known of an earlier state of the scenario. */
  scenarioHistory(scenario: { id: string; file: string }): Promise<ScenarioHistory | undefined>;
}

/** The settled outcome `scenario-wrong`, or undefined. Only for scenarios that failed without an error of the app. */
export async function findWrongExpectation(
  one: Case,
  trial: Trial,
  tools: ExpectationTools,
): Promise<Skipped | undefined> {
  if (!one.issue.reportedByHarness || one.issue.runtime !== 'scenario') return undefined;
  for (const scenario of one.scenarios) {
    const history = await tools.scenarioHistory(scenario);
    if (history === undefined) return undefined;
    const { changedSpecs, specCommit, green } = history;
    if (changedSpecs.size === 0) {
      if (history.sourcesChanged || !history.seen) return undefined;
      return settled(
        one,
        'nothing-changed',
        `Neither the app nor the scenario changed since it was green at ${short(green)}.`,
      );
    }
    if (history.changedTogether) return undefined;
    if (!(await wasGreenBefore(scenario.file, trial, changedSpecs))) return undefined;
    const culprit = specCommit ? `${short(specCommit)} “${specCommit.subject}”` : 'a later commit';
    return settled(
      one,
      'expectation-changed',
      `The scenario as of ${short(green)} is green on today’s app; ${culprit} changed what it expects.`,
    );
  }
  return undefined;
}

/** Puts the old scenario in place and runs its file on the app of today. */
async function wasGreenBefore(
  file: string,
  trial: Trial,
  replacedFiles: ReadonlyMap<string, string>,
): Promise<boolean> {
  if (!replacedFiles.has(file)) return false;
  const runs = await trial.run({ replacedFiles, file });
  return runs.length > 0 && runs.every(({ red }) => !red);
}

function settled(one: Case, reason: Skipped['reason'], detail: string): Skipped {
  return {
    subject: one.issue.shortId,
    result: 'scenario-wrong',
    reason,
    detail: `${detail} A person decides which is right.`,
  };
}

function short({ sha }: Commit): string {
  return sha.slice(0, 7);
}
