/** Runs a scenario, as it is today, at older commits of the app. */
import { findTurn, type Turn } from '../localisation/find-turn.ts';
import type { ScenarioRef } from '../model/scenario.ts';
import type { Commit } from '../model/suspect.ts';
import { type CommitGround, runAtCommit } from './run-at-commit.ts';

export interface BisectGround extends CommitGround {
  /** Before the commit that the night works on, newest first. */
  olderCommits(): Promise<readonly Commit[]>;
  /** Where an earlier night saw it green. */
  readonly known: Commit | undefined;
  readonly minutes: number;
  now(): number;
  /** Told of each step. */
  progress(text: string): void;
}

/** Where the scenario turned red; undefined where no green commit was found within the limits. */
export async function bisectScenario(scenario: ScenarioRef, ground: BisectGround): Promise<Turn | undefined> {
  if ((await ground.readFile(scenario.file)) === undefined) return undefined;
  const end = ground.now() + ground.minutes * 60_000;
  return findTurn(await ground.olderCommits(), {
    known: ground.known,
    isLate: () => ground.now() > end,
    isGreen: async (commit) => {
      ground.progress(`was ${scenario.id} green at ${commit.sha.slice(0, 7)}?`);
      return runAtCommit(commit, { only: [scenario] }, ground, (runs) =>
        runs.length === 0 ? undefined : runs.every(({ red }) => !red),
      );
    },
  });
}
