/** Runs a scenario, as it is today, at older commits of the app. */
import { findTurn, type Turn } from '../localisation/find-turn.ts';
import { Failure } from '../model/failure.ts';
import type { ScenarioRef } from '../model/scenario.ts';
import type { Commit } from '../model/suspect.ts';
import type { Trial } from '../validation/trial.ts';

export interface BisectGround {
  /** Before the commit that the night works on, newest first. */
  olderCommits(): Promise<readonly Commit[]>;
  /** Where an earlier night saw it green. */
  readonly known: Commit | undefined;
  /** The unpatched app at that commit. */
  openTrial(commit: Commit): Promise<Trial>;
  /** Today's text of a file below the app's root. */
  readFile(file: string): Promise<string | undefined>;
  readonly minutes: number;
  now(): number;
  /** Told of each step. */
  progress(text: string): void;
}

/** Where the scenario turned red; undefined where no green commit was found within the limits. */
export async function bisectScenario(scenario: ScenarioRef, ground: BisectGround): Promise<Turn | undefined> {
  const text = await ground.readFile(scenario.file);
  if (text === undefined) return undefined;
  const end = ground.now() + ground.minutes * 60_000;
  return findTurn(await ground.olderCommits(), {
    known: ground.known,
    isLate: () => ground.now() > end,
    isGreen: async (commit) => {
      ground.progress(`was ${scenario.id} green at ${commit.sha.slice(0, 7)}?`);
      return isGreenAt(commit, { scenario, text }, ground);
    },
  });
}

async function isGreenAt(
  commit: Commit,
  { scenario, text }: { scenario: ScenarioRef; text: string },
  ground: BisectGround,
): Promise<boolean | undefined> {
  let trial: Trial | undefined;
  try {
    trial = await ground.openTrial(commit);
    const runs = await trial.run({ only: [scenario], replacedFiles: new Map([[scenario.file, text]]) });
    return runs.length === 0 ? undefined : runs.every(({ red }) => !red);
  } catch (error) {
    // An older app need not build, start, or know what the scenario imports.
    if (error instanceof Failure) return undefined;
    throw error;
  } finally {
    await trial?.close();
  }
}
