/** The file is used before it is there. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'calendar-wait',
  title: 'The calendar file is not awaited',
  template: 'missing-await',
  location: 'same-function',
  commit: { subject: 'Calendar file: wait less' },
  edits: [
    {
      file: 'public/js/views/bookings.js',
      find: 'const file = await api.calendarFile(id);',
      replace: 'const file = api.calendarFile(id);',
    },
  ],
  expected: {
    result: 'branch-created',
    scenario: 'a booking is saved as a calendar file',
    file: 'public/js/views/bookings.js',
    line: 'const file = api.calendarFile(id);',
  },
  mendable: true,
  humanFix: [
    {
      file: 'public/js/views/bookings.js',
      find: 'const file = api.calendarFile(id);',
      replace: 'const file = await api.calendarFile(id);',
    },
  ],
};
