/** Branches in, a combination out: merges all branches of a night into one tree and runs the whole suite and the checks on it. */
import { type BranchConflict, Combination } from '../model/combination.ts';
import { Failure } from '../model/failure.ts';
import type { Issue } from '../model/issue.ts';
import type { IssueOutcome } from '../model/run-record.ts';
import { distinctScenarios, type ScenarioRef } from '../model/scenario.ts';
import type { JudgeTools } from '../validation/judge-tools.ts';
import { runChecks } from '../validation/regress.ts';
import type { Trial } from '../validation/trial.ts';

export interface BranchTip {
  readonly branch: string;
  readonly commit: string;
}

export interface Merged {
  /** The merged tree as a commit that no reference leads to. */
  readonly commit: string;
  readonly branches: readonly string[];
  readonly conflicts: readonly BranchConflict[];
}

export interface CombineTools extends Pick<JudgeTools, 'checks' | 'baseCheck' | 'now'> {
  /** Merges into the base one after the other; what does not go is left out. Writes no reference. Throws Failures. */
  merge(tips: readonly BranchTip[]): Promise<Merged>;
  /** The app at that commit. Throws a Failure where it does not build or start. */
  openTrial(commit: string): Promise<Trial>;
  progress(text: string): void;
}

export interface NightOfBranches {
  readonly issues: readonly Pick<Issue, 'shortId' | 'scenarios'>[];
  readonly outcomes: readonly IssueOutcome[];
  /** All that the night ran. */
  readonly scenarios: readonly ScenarioRef[];
  /** Ids of those that are green on the base. */
  readonly green: readonly string[];
}

/** Undefined where the night wrote no branch, or only one branch waits: that one was judged by the whole suite already. */
export async function combineBranches(
  { issues, outcomes, scenarios, green }: NightOfBranches,
  tools: CombineTools,
): Promise<Combination | undefined> {
  const start = tools.now();
  const tips = waitingBranches(outcomes);
  if (tips.length < 2 || !outcomes.some(({ result, reason }) => isFresh(result) && reason === 'confirmed')) {
    return undefined;
  }
  const told = (
    merged: Pick<Merged, 'branches' | 'conflicts'>,
    rest: Pick<Combination, 'verdict' | 'why'> & Partial<Combination>,
  ): Combination =>
    Combination.parse({
      ...{ branches: [...merged.branches], conflicts: [...merged.conflicts] },
      ...{ broken: [], failedChecks: [], green: 0, seconds: (tools.now() - start) / 1000, ...rest },
    });
  let merged: Merged;
  try {
    merged = await tools.merge(tips);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return told({ branches: [], conflicts: [] }, { verdict: 'not-run', why: error.message });
  }
  if (merged.branches.length < 2) {
    return told(merged, { verdict: 'not-run', why: 'No two of the branches can be merged with each other.' });
  }
  tools.progress(`Running every scenario on ${merged.branches.length} branches together`);
  let trial: Trial;
  try {
    trial = await tools.openTrial(merged.commit);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return told(merged, { verdict: 'not-run', why: `With all branches, ${error.message}` });
  }
  try {
    const expected = new Set([...green, ...curedScenarios(issues, outcomes, merged.branches)]);
    const [runs, checks] = await Promise.all([
      trial.run({ only: distinctScenarios(scenarios) }),
      runChecks(trial, tools),
    ]);
    const doubtful = runs.filter(({ red, run }) => red && expected.has(run.scenario.id));
    const again =
      doubtful.length === 0
        ? []
        : await trial.run({ only: distinctScenarios(doubtful.map(({ run }) => run.scenario)) });
    const broken = again.filter(({ red }) => red).map(({ run }) => run.scenario.id);
    const ran = new Set(runs.map(({ run }) => run.scenario.id));
    // One that did not run has shown nothing.
    broken.push(...[...expected].filter((id) => !ran.has(id)));
    const failedChecks = checks.filter((one) => one.base === 'green' && one.patched === 'red');
    const passed = runs.filter(({ red }) => !red).length + again.filter(({ red }) => !red).length;
    return told(merged, {
      verdict: broken.length + failedChecks.length === 0 ? 'green' : 'red',
      why: whyOf(broken, failedChecks),
      broken: [...new Set(broken)].sort(),
      failedChecks: failedChecks.map(({ command }) => command),
      green: passed,
    });
  } finally {
    await trial.close();
  }
}

function isFresh(result: IssueOutcome['result']): boolean {
  return result === 'branch-created' || result === 'branch-updated';
}

/** Branches that wait for a person, each once: tonight's, and those of earlier nights that nothing has changed for. */
function waitingBranches(outcomes: readonly IssueOutcome[]): BranchTip[] {
  const tips = new Map<string, BranchTip>();
  for (const { result, reason, branch, commit } of outcomes) {
    const waits = isFresh(result) || (result === 'no-work' && /^branch-(?:created|updated)$/.test(reason));
    if (waits && branch !== undefined && commit !== undefined) tips.set(branch, { branch, commit });
  }
  return [...tips.values()].sort((a, b) => (a.branch < b.branch ? -1 : 1));
}

/** Scenarios all of whose issues are mended by what was merged. */
function curedScenarios(
  issues: NightOfBranches['issues'],
  outcomes: readonly IssueOutcome[],
  merged: readonly string[],
): string[] {
  const mended = new Set(
    outcomes.filter(({ branch }) => branch !== undefined && merged.includes(branch)).map(({ shortId }) => shortId),
  );
  const open = new Set(issues.filter(({ shortId }) => !mended.has(shortId)).flatMap(({ scenarios }) => scenarios));
  return issues
    .filter(({ shortId }) => mended.has(shortId))
    .flatMap(({ scenarios }) => scenarios)
    .filter((id) => !open.has(id));
}

function whyOf(broken: readonly string[], checks: readonly { readonly command: string }[]): string {
  if (broken.length + checks.length === 0) return 'All that ought to be green is green with all branches together.';
  const parts = [...broken, ...checks.map(({ command }) => `the check ${command}`)];
  return `Each alone is green, but together these are red: ${parts.join(', ')}.`;
}
