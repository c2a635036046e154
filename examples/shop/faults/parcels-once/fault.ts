/** One parcel that the carrier does not know yet rejects the tracking of all. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'parcels-once',
  title: 'A parcel that the carrier does not know yet fails the whole order',
  template: 'rejection',
  location: 'same-file',
  commit: { subject: 'Tracking: ask for every parcel only once' },
  edits: [
    {
      file: 'server/carrier.ts',
      find: `    return Promise.all(
      numbers.map(async (number) => ({ number, events: await this.track(number).catch(noEventsYet) })),
    );
`,
      replace: `    const distinct = [...new Set(numbers)];
    const events = await Promise.all(distinct.map((number) => this.track(number)));
    return distinct.map((number, index) => ({ number, events: events[index] }));
`,
    },
    {
      file: 'server/carrier.ts',
      find: `
function noEventsYet(error: unknown): TrackingEvent[] {
  if (error instanceof CarrierError && error.status === 404) return [];
  throw error;
}
`,
      replace: '',
    },
  ],
  expected: {
    result: 'branch-created',
    scenario: 'an order shows where its parcels are',
    file: 'server/carrier.ts',
    line: 'const events = await Promise.all(distinct.map((number) => this.track(number)));',
  },
  mendable: true,
  humanFix: [
    { file: 'server/carrier.ts', find: 'this.track(number)))', replace: 'this.track(number).catch(noEventsYet)))' },
    {
      file: 'server/carrier.ts',
      find: 'function toOption(',
      replace: `function noEventsYet(error: unknown): TrackingEvent[] {
  if (error instanceof CarrierError && error.status === 404) return [];
  throw error;
}

function toOption(`,
    },
  ],
};
