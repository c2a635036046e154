/** Prices depend on the day now, and one of two callers does not say which. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'weekend-price',
  title: 'Bookings are priced without their day',
  template: 'missing-argument',
  location: 'other-file',
  commit: { subject: 'Prices: weekends cost less' },
  edits: [
    {
      file: 'server/prices.js',
      find: 'export function quoteOf(room, { from, to, guests }, addOns) {',
      replace: 'export function quoteOf(room, { from, to, guests }, addOns, day) {',
    },
    {
      file: 'server/prices.js',
      find: 'const full = hours * room.hourlyCents;',
      replace:
        'const isWeekend = day.getUTCDay() % 6 === 0;\n  const full = hours * room.hourlyCents * (isWeekend ? WEEKEND_SHARE : 1);',
    },
    {
      file: 'server/prices.js',
      find: 'const HALF_DAY_SHARE = 0.9;',
      replace: 'const HALF_DAY_SHARE = 0.9;\nconst WEEKEND_SHARE = 0.8;',
    },
    {
      file: 'server/routes/rooms.js',
      find: 'response.json(quoteOf(room, request.body, request.body.addOns));',
      replace: 'response.json(quoteOf(room, request.body, request.body.addOns, new Date(request.body.date)));',
    },
  ],
  expected: {
    result: 'branch-created',
    scenario: 'a room is booked and cancelled',
    file: 'server/routes/bookings.js',
    line: 'const { totalCents } = quoteOf(findRoom(request.body.roomId), request.body, request.body.addOns);',
  },
  mendable: true,
  humanFix: [
    {
      file: 'server/routes/bookings.js',
      find: 'request.body.addOns);',
      replace: 'request.body.addOns, new Date(request.body.date));',
    },
  ],
};
