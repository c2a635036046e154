/** The first visitor after a start waits for the carrier to wake, all others do not. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'lead-times-on-demand',
  title: 'Only the first visitor of the delivery page waits for the carrier',
  template: 'none',
  location: 'none',
  commit: { subject: 'Lead times: ask the carrier only when somebody looks' },
  edits: [
    {
      file: 'server/lead-times.ts',
      find: `  start(): void {
    void this.refresh();
    setInterval(() => void this.refresh(), HOUR_MS).unref();
  }

  /** Never waits for the carrier. */
  async list(): Promise<LeadTime[]> {
    return this.#known;
  }
`,
      replace: `  /** When the carrier was last asked; others need not wait for its answer, too. */
  #askedAt = 0;

  async list(): Promise<LeadTime[]> {
    if (Date.now() - this.#askedAt > HOUR_MS) {
      this.#askedAt = Date.now();
      await this.refresh();
    }
    return this.#known;
  }
`,
    },
    {
      file: 'server/main.ts',
      find: `leadTimes.start();
`,
      replace: '',
    },
  ],
  expected: { result: 'flaky', scenario: 'the delivery page tells lead times by country' },
  mendable: false,
};
