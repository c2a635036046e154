/** Whether the app itself went wrong in a run, whatever the scenario expected. */
import { isAppError } from '../model/red.ts';
import type { TrialRun } from './trial.ts';

/** Caught by an error boundary, it is seen by Sentry alone. */
export function isErrorOfApp({ run, events }: TrialRun): boolean {
  return run.sightings.some(isAppError) || run.eventIds.length + events.length > 0;
}
