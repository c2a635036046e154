/** A room has something that the list of equipment does not know. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'flip-chart',
  title: 'Unknown equipment breaks the list of rooms',
  template: 'filter-null',
  location: 'throw-line',
  commit: { subject: 'Keel has a flip chart' },
  edits: [
    {
      file: 'server/data/rooms.json',
      find: '"hourlyCents": 1800,\n    "equipment": ["whiteboard"]',
      replace: '"hourlyCents": 1800,\n    "equipment": ["whiteboard", "flipchart"]',
    },
  ],
  expected: {
    result: 'branch-created',
    scenario: 'rooms are narrowed by seats and equipment, and sorted',
    file: 'server/rooms.js',
    line: 'return room.equipment.map((id) => EQUIPMENT.get(id).name);',
  },
  mendable: true,
  humanFix: [
    {
      file: 'server/rooms.js',
      find: 'room.equipment.map((id) => EQUIPMENT.get(id).name)',
      replace: 'room.equipment.flatMap((id) => EQUIPMENT.get(id)?.name ?? [])',
    },
  ],
};
