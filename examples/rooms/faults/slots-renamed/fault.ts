/** The server calls a day’s hours by another name, and the page follows it in one of two places. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'slots-renamed',
  title: 'The calendar reads a name that the server gave up',
  template: 'wrong-name',
  location: 'throw-line',
  commit: { subject: 'Calendar: call the hours of a day what they are' },
  edits: [
    { file: 'server/routes/rooms.js', find: 'slots: slotsOf(', replace: 'hours: slotsOf(' },
    { file: 'public/js/components/day-calendar.js', find: 'day.slots.filter(', replace: 'day.hours.filter(' },
  ],
  expected: {
    result: 'branch-created',
    scenario: 'the calendar goes from day to day',
    file: 'public/js/components/day-calendar.js',
    line: '${day.slots.map((slot) => slotRow(slot))}',
  },
  mendable: true,
  humanFix: [{ file: 'public/js/components/day-calendar.js', find: '${day.slots.map(', replace: '${day.hours.map(' }],
};
