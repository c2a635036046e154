/** Bisects history for the commit at which a scenario turned red, for errors to which nothing else leads. */
import type { Commit } from '../model/suspect.ts';

/** A scenario was green, and the next time that it was looked at, red. */
export interface Turn {
  readonly green: Commit;
  /** The oldest commit after it that was seen red; undefined where that is the one that the night works on. */
  readonly red: Commit | undefined;
}

export interface BisectTools {
  /** Runs the scenario there; undefined where nobody can say: the app does not build or start, the scenario does not load. */
  isGreen(commit: Commit): Promise<boolean | undefined>;
  /** The commit at which an earlier night saw the scenario green. */
  readonly known: Commit | undefined;
  /** Whether the time for it is used up. */
  isLate(): boolean;
}

export const MOST_STEPS = 6;

/** `commits` come newest first, all of them before the red one. Undefined where none of those looked at was green. */
export async function findTurn(
  commits: readonly Commit[],
  { isGreen, known, isLate }: BisectTools,
): Promise<Turn | undefined> {
  const at = commits.findIndex(({ sha }) => sha === known?.sha);
  let red = -1;
  let beyond = at === -1 ? Math.min(commits.length, 2 ** MOST_STEPS - 1) : at;
  let green = commits[at];
  for (let step = 0; step < MOST_STEPS && beyond - red > 1 && !isLate(); step++) {
    const middle = Math.floor((red + beyond) / 2);
    const commit = commits[middle];
    const answer = commit && (await isGreen(commit));
    if (answer === false) red = middle;
    else beyond = middle; // What cannot be run tells nothing of what is older, but the newer ones are nearer to the fault.
    if (answer) green = commit;
  }
  return green && { green, red: commits[red] };
}
