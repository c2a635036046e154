/** The filters begin without their list of equipment. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'filter-defaults',
  title: 'Filters without equipment cannot be sent',
  template: 'default-value',
  location: 'other-file',
  commit: { subject: 'Filters: begin with less' },
  edits: [
    {
      file: 'public/js/lib/filters.js',
      find: "const NONE = { seats: 0, equipment: [], sort: 'name' };",
      replace: "const NONE = { seats: 0, sort: 'name' };",
    },
  ],
  expected: {
    result: 'branch-created',
    scenario: 'rooms are narrowed by seats and equipment, and sorted',
    file: 'public/js/lib/filters.js',
    line: "const NONE = { seats: 0, sort: 'name' };",
  },
  mendable: true,
  humanFix: [
    {
      file: 'public/js/lib/filters.js',
      find: "{ seats: 0, sort: 'name' }",
      replace: "{ seats: 0, equipment: [], sort: 'name' }",
    },
  ],
};
