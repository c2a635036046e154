/** What screening many patches together tells of each. */
import type { Patch } from '../../model/patch.ts';
import type { ScenarioRef } from '../../model/scenario.ts';
import type { TrialRun } from '../trial.ts';

/** A patch with the scenarios that it ought to turn green. */
export interface Candidate {
  readonly patch: Patch;
  /** Short id of the issue that it is tried for. */
  readonly issue: string;
  readonly scenarios: readonly ScenarioRef[];
  /** Id of another patch: this one is only asked where that one is green. */
  readonly after?: string;
}

/** By `screenedKey`; nothing of a candidate that has to be screened alone. */
export type Screened = ReadonlyMap<string, readonly TrialRun[]>;

export function screenedKey({ id }: Pick<Patch, 'id'>, issue: string): string {
  return `${id} ${issue}`;
}
