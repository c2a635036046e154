/** A room lost its description. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'keel-description',
  title: 'The search reads a description that is not there',
  template: 'default-value',
  location: 'throw-line',
  commit: { subject: 'Keel needs no words' },
  edits: [{ file: 'server/data/rooms.json', find: ',\n    "description": "A plain room to think in."', replace: '' }],
  expected: {
    result: 'branch-created',
    scenario: 'one search finds rooms, members and notices',
    file: 'server/search.js',
    line: '.filter((room) => `${room.name} ${room.description.toLowerCase()}`.toLowerCase().includes(wanted))',
  },
  mendable: true,
  humanFix: [
    {
      file: 'server/search.js',
      find: '${room.description.toLowerCase()}',
      replace: "${room.description?.toLowerCase() ?? ''}",
    },
  ],
};
