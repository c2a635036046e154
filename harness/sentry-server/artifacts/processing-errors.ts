/** What kept frames from being mapped, in Sentry's names, as it stands in an event's errors. */
import type { ProcessingError } from '../event/payload.ts';
import { artifactLimits } from './artifact-limits.ts';

/** Each trouble once, in the order of the frames. */
export class ProcessingErrors {
  readonly #found = new Map<string, ProcessingError>();

  add(error: ProcessingError): void {
    if (this.#found.size < artifactLimits.errorsPerEvent) this.#found.set(JSON.stringify(error), error);
  }

  get list(): ProcessingError[] {
    return [...this.#found.values()];
  }
}
