/** Bisects history for the last commit at which a scenario was green, for errors to which nothing else leads. */
import type { Commit } from '../model/suspect.ts';

export interface BisectTools {
  /** Runs the scenario there; undefined where nobody can say: the app does not build or start, the scenario does not load. */
  isGreen(commit: Commit): Promise<boolean | undefined>;
  /** Whether the time for it is used up. */
  isLate(): boolean;
}

export const MOST_STEPS = 6;

/** `commits` come newest first, all of them before the red one. Undefined where none of those looked at was green. */
export async function findLastGreen(
  commits: readonly Commit[],
  { isGreen, isLate }: BisectTools,
): Promise<Commit | undefined> {
  let red = -1;
  let beyond = Math.min(commits.length, 2 ** MOST_STEPS - 1);
  let green: Commit | undefined;
  for (let step = 0; step < MOST_STEPS && beyond - red > 1 && !isLate(); step++) {
    const middle = Math.floor((red + beyond) / 2);
    const commit = commits[middle];
    const answer = commit && (await isGreen(commit));
    if (answer === false) red = middle;
    else beyond = middle; // What cannot be run tells nothing of what is older, but the newer ones are nearer to the fault.
    if (answer) green = commit;
  }
  return green;
}
