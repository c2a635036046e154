/** What is said where a run cannot be shown. */
import { Failure } from '../../model/failure.ts';

export function noNight(run: string): Failure {
  return new Failure('usage', 'night-not-ended', `There is no record of the run ${run}.`, {
    hint: 'Only runs that have ended can be shown; `mendwright review` alone shows how far a running one is.',
  });
}
