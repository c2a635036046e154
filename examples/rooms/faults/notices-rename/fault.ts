/** A function was renamed; one caller reaches it by the module’s name space. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'notices-rename',
  title: 'The house asks for notices by their old name',
  template: 'wrong-name',
  location: 'throw-line',
  commit: { subject: 'Notices: a better name' },
  edits: [
    { file: 'server/notices.js', find: 'export function noticesOn(', replace: 'export function currentNotices(' },
    { file: 'server/search.js', find: 'noticesOn', replace: 'currentNotices', all: true },
  ],
  expected: {
    result: 'branch-created',
    scenario: 'the house tells its hours and its news',
    file: 'server/routes/house.js',
    line: 'response.json({ today: TODAY, date, hours: hoursOn(date), notices: notices.noticesOn(date) });',
  },
  mendable: true,
  humanFix: [
    { file: 'server/routes/house.js', find: 'notices.noticesOn(date)', replace: 'notices.currentNotices(date)' },
  ],
};
