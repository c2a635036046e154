/** Repeats the proof of a branch, whoever made it and wherever: base and branch beside each other, the other scenarios, the checks. */
import { Failure } from '../model/failure.ts';
import { distinctScenarios, type ScenarioRef } from '../model/scenario.ts';
import type { Tally } from '../model/verdict.ts';
import { addTallies, tally, totals } from './case.ts';
import { fisherExact } from './fisher.ts';
import { LUCK, RUNS_EACH } from './judge-patch.ts';
import type { JudgeTools } from './judge-tools.ts';
import { runChecks } from './regress.ts';
import type { Trial, TrialRun } from './trial.ts';

export interface ProofTools extends Pick<JudgeTools, 'checks' | 'now'> {
  /** The app at that commit. Throws a Failure where it does not build or start. */
  openTrial(commit: string): Promise<Trial>;
  progress(text: string): void;
}

export interface Claim {
  readonly base: string;
  readonly commit: string;
  /** Ids of the scenarios that the branch is said to turn green; a long one may end in `…`. */
  readonly scenarios: readonly string[];
}

export interface Proof {
  readonly isRepeated: boolean;
  /** One sentence: what was seen. */
  readonly why: string;
  readonly base: readonly Tally[];
  readonly patched: readonly Tally[];
  readonly pValue: number;
  /** Other scenarios that are green on the base and were red twice on the branch. */
  readonly broken: readonly string[];
  /** Other scenarios that are as green as on the base. */
  readonly others: number;
  readonly failedChecks: readonly string[];
  readonly seconds: number;
}

/** Throws the usage Failure `scenario-gone` where one of the claim's scenarios is not in the branch. */
export async function proveBranch({ base, commit, scenarios }: Claim, tools: ProofTools): Promise<Proof> {
  const start = tools.now();
  const [before, after] = await openBoth(base, commit, tools);
  try {
    tools.progress('running every scenario on base and branch');
    const [first, patched] = await Promise.all([before.run({}), after.run({})]);
    const claimed = claimedScenarios(scenarios, patched);
    tools.progress(`running ${claimed.length} of them ${RUNS_EACH - 1} more times`);
    const again = { only: claimed, repeat: RUNS_EACH - 1 };
    const [moreBefore, moreAfter] = await Promise.all([before.run({ ...again, stopAtError: true }), after.run(again)]);
    const checks = await runChecks(after, { checks: tools.checks, baseCheck: (command) => before.check(command) });
    const own = new Set(claimed.map(({ id }) => id));
    const isOwn = ({ run }: TrialRun): boolean => own.has(run.scenario.id);
    const tallies = {
      base: addTallies(tally(first.filter(isOwn)), tally(moreBefore)),
      patched: addTallies(tally(patched.filter(isOwn)), tally(moreAfter)),
    };
    const green = new Set(first.filter(({ red }) => !red).map(({ run }) => run.scenario.id));
    const doubtful = patched.filter((one) => one.red && !isOwn(one) && green.has(one.run.scenario.id));
    const second =
      doubtful.length === 0
        ? []
        : await after.run({ only: distinctScenarios(doubtful.map(({ run }) => run.scenario)) });
    const broken = second.filter(({ red }) => red).map(({ run }) => run.scenario.id);
    const failedChecks = checks.filter((one) => one.base === 'green' && one.patched === 'red');
    const [was, is] = [totals(tallies.base), totals(tallies.patched)];
    const pValue = fisherExact(was, is);
    const named = [...broken, ...failedChecks.map(({ command }) => `the check ${command}`)];
    const isGreen = is.runs > 0 && is.green === is.runs;
    return {
      isRepeated: isGreen && pValue < LUCK && named.length === 0,
      why: `Red in ${was.runs - was.green} of ${was.runs} runs on the base, green in ${is.green} of ${is.runs} on the branch.${named.length > 0 ? ` Red only on the branch: ${named.join(', ')}.` : ''}`,
      ...tallies,
      ...{ pValue, broken, failedChecks: failedChecks.map(({ command }) => command) },
      others: patched.filter((one) => !isOwn(one) && !one.red).length,
      seconds: (tools.now() - start) / 1000,
    };
  } finally {
    await Promise.all([before.close(), after.close()]);
  }
}

async function openBoth(base: string, commit: string, tools: ProofTools): Promise<[Trial, Trial]> {
  const opening = [tools.openTrial(base), tools.openTrial(commit)] as const;
  const opened = await Promise.allSettled(opening);
  const failed = opened.find((one) => one.status === 'rejected');
  if (failed === undefined) return Promise.all(opening);
  for (const one of opened) if (one.status === 'fulfilled') await one.value.close();
  throw failed.reason;
}

function claimedScenarios(ids: readonly string[], runs: readonly TrialRun[]): ScenarioRef[] {
  return ids.map((id) => {
    const isMeant = (other: string): boolean => (id.endsWith('…') ? other.startsWith(id.slice(0, -1)) : other === id);
    const found = runs.find(({ run }) => isMeant(run.scenario.id));
    if (found !== undefined) return found.run.scenario;
    throw new Failure('usage', 'scenario-gone', `The scenario ${JSON.stringify(id)} is not there, or was skipped.`, {
      hint: 'The branch was made for it: was it renamed, or does another configuration run it?',
    });
  });
}
