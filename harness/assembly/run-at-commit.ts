/** Runs scenarios, as they are today, at another commit of the app. */
import { Failure } from '../model/failure.ts';
import type { ScenarioRef } from '../model/scenario.ts';
import type { Commit } from '../model/suspect.ts';
import type { Trial, TrialRun } from '../validation/trial.ts';

export interface CommitGround {
  /** The unpatched app at that commit. */
  openTrial(commit: Commit): Promise<Trial>;
  /** Today's text of a file below the app's root. */
  readFile(file: string): Promise<string | undefined>;
}

/** What `read` makes of the runs; undefined where the app of that commit cannot run them. */
export async function runAtCommit<T>(
  commit: Commit,
  { only, compare = false }: { readonly only: readonly ScenarioRef[]; readonly compare?: boolean },
  ground: CommitGround,
  read: (runs: readonly TrialRun[], trial: Trial) => T | Promise<T>,
): Promise<T | undefined> {
  const replacedFiles = new Map<string, string>();
  for (const { file } of only) {
    const text = await ground.readFile(file);
    if (text !== undefined) replacedFiles.set(file, text);
  }
  let trial: Trial | undefined;
  try {
    trial = await ground.openTrial(commit);
    return await read(await trial.run({ only, compare, replacedFiles }), trial);
  } catch (error) {
    // An older app need not build, start, or know what the scenario imports.
    if (error instanceof Failure) return undefined;
    throw error;
  } finally {
    await trial?.close();
  }
}
