/** The server answers with floors by their number instead of a list. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'floors-by-number',
  title: 'The occupancy page maps over an object',
  template: 'type-coercion',
  location: 'throw-line',
  commit: { subject: 'Occupancy: floors by their number' },
  edits: [
    {
      file: 'server/statistics.js',
      find: 'return [...floors].toSorted(([a], [b]) => a - b).map(([floor, rooms]) => ({ floor, rooms }));',
      replace: 'return Object.fromEntries(floors);',
    },
  ],
  expected: {
    result: 'branch-created',
    scenario: 'the floors show who is where',
    file: 'public/js/views/occupancy.js',
    line: '${floors.map(({ floor, rooms }) => floorList(floor, rooms))}`,',
  },
  mendable: true,
  humanFix: [
    {
      file: 'public/js/views/occupancy.js',
      find: 'floors.map(({ floor, rooms }) =>',
      replace: 'Object.entries(floors).map(([floor, rooms]) =>',
    },
  ],
};
