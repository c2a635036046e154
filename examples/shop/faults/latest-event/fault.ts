/** Lost the guard for parcels without events while it learnt to sort them. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'latest-event',
  title: 'A parcel without events has no latest one',
  template: 'early-return',
  location: 'same-function',
  commit: { subject: 'Tracking: find the latest event by its time' },
  edits: [
    {
      file: 'src/lib/tracking.ts',
      find: `  const { events } = parcel;
  if (events.length === 0) return undefined;
  const latest = events[events.length - 1];
`,
      replace: `  // The carrier’s order is not always that of time.
  const [latest] = parcel.events.toSorted((a, b) => b.at.localeCompare(a.at));
`,
    },
  ],
  expected: {
    result: 'branch-created',
    scenario: 'an order shows where its parcels are',
    file: 'src/lib/tracking.ts',
    line: `return \`\${latest.text}, \${formatDate(latest.at)}\`;`,
  },
  mendable: true,
  humanFix: [
    {
      file: 'src/lib/tracking.ts',
      find: `  return \`\${latest.text}`,
      replace: `  if (latest === undefined) return undefined;
  return \`\${latest.text}`,
    },
  ],
};
