/** Maps over the carrier’s events, which are no list when there is only one. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'event-place',
  title: 'The carrier sends a single event without a list around it',
  template: 'type-coercion',
  location: 'throw-line',
  commit: { subject: 'Tracking: tell where a parcel was' },
  edits: [
    {
      file: 'server/carrier.ts',
      find: `    // The carrier sends a list only when there is more than one event.
    const events = asList(answer.events);
    return events.map(({ time, text }) => ({ at: time, text }));
`,
      replace: `    return answer.events.map(toEvent);
`,
    },
    {
      file: 'server/carrier.ts',
      find: `function asList(events: CarrierEvent | CarrierEvent[]): CarrierEvent[] {
  return Array.isArray(events) ? events : [events];
}
`,
      replace: `function toEvent({ time, text, place }: CarrierEvent): TrackingEvent {
  return { at: time, text, place };
}
`,
    },
    {
      file: 'shared/types.ts',
      find: `export interface TrackingEvent {
  at: string;
  text: string;
`,
      replace: `export interface TrackingEvent {
  at: string;
  text: string;
  place: string;
`,
    },
    {
      file: 'src/pages/order-page.tsx',
      find: '        {parcel.events.map(({ at, text }) => (',
      replace: '        {parcel.events.map(({ at, text, place }) => (',
    },
    {
      file: 'src/pages/order-page.tsx',
      find: `            {formatDate(at)}: {text}
`,
      replace: `            {formatDate(at)}: {text}, {place}
`,
    },
    {
      file: 'scenarios/tracking.spec.ts',
      find: `  await page.getByRole('link', { name: 'Order 1042' }).click();
`,
      replace: `  await page.getByRole('link', { name: 'Order 1042' }).click();
  await expect(page.getByText('1 Oct 2026: At the parcel centre, Alnabru')).toBeVisible();
`,
    },
  ],
  expected: {
    result: 'branch-created',
    scenario: 'an order shows where its parcels are',
    file: 'server/carrier.ts',
    line: 'return answer.events.map(toEvent);',
  },
  mendable: true,
  humanFix: [
    {
      file: 'server/carrier.ts',
      find: 'return answer.events.map(toEvent);',
      replace: 'return [answer.events].flat().map(toEvent);',
    },
  ],
};
