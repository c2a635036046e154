/** A count of hours becomes a text on the server, and the page formats it like a number. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'hours-text',
  title: 'The price of a booking carries its hours as a text',
  template: 'type-coercion',
  location: 'other-file',
  commit: { subject: 'Prices: hours with two digits' },
  edits: [
    {
      file: 'server/prices.js',
      find: 'const hours = hoursBetween(from, to);',
      replace: 'const hours = hoursBetween(from, to).toFixed(2);',
    },
  ],
  expected: {
    result: 'branch-created',
    scenario: 'the price follows the wishes',
    file: 'server/prices.js',
    line: 'const hours = hoursBetween(from, to).toFixed(2);',
  },
  mendable: true,
  humanFix: [
    {
      file: 'server/prices.js',
      find: 'hoursBetween(from, to).toFixed(2)',
      replace: 'Number(hoursBetween(from, to).toFixed(2))',
    },
  ],
};
