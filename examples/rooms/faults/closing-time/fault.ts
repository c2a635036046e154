/** Only the scenario changed: it expects hours that the house never had. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'closing-time',
  title: 'The scenario expects the wrong closing time',
  template: 'none',
  location: 'none',
  commit: { subject: 'Scenarios: the house closes at nine' },
  edits: [
    {
      file: 'scenarios/house.spec.js',
      find: "'Tue 12 May: open from 08:00 to 20:00'",
      replace: "'Tue 12 May: open from 08:00 to 21:00'",
    },
  ],
  expected: { result: 'scenario-wrong', scenario: 'the house tells its hours and its news' },
  mendable: false,
};
