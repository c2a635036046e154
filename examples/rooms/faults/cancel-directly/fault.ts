/** Ids of addresses are texts, those of bookings are numbers. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'cancel-directly',
  title: 'A booking to be cancelled is not found',
  template: 'type-coercion',
  location: 'same-function',
  commit: { subject: 'Bookings: cancel without a detour' },
  edits: [
    {
      file: 'server/bookings.js',
      find: 'const booking = findBooking(bookings, id);',
      replace: 'const booking = bookings.find((one) => one.id === id);',
    },
  ],
  expected: {
    result: 'branch-created',
    scenario: 'a room is booked and cancelled',
    file: 'server/bookings.js',
    line: 'const booking = bookings.find((one) => one.id === id);',
  },
  mendable: true,
  humanFix: [{ file: 'server/bookings.js', find: 'one.id === id)', replace: 'one.id === Number(id))' }],
};
