/** Older bookings do not know when they were made. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'created-none',
  title: 'A booking without a day of creation has no calendar file',
  template: 'default-value',
  location: 'same-file',
  commit: { subject: 'Bookings: drop days that nobody recorded' },
  edits: [
    { file: 'server/data/bookings.json', find: ',\n    "createdOn": "2026-04-14"', replace: '' },
    {
      file: 'scenarios/booking.spec.js',
      find: "toContainText('Saved booking-104.ics');\n",
      replace:
        "toContainText('Saved booking-104.ics');\n  await page.getByRole('button', { name: 'Calendar file of Planning' }).click();\n  await expect(page.locator('main > [role=status]')).toContainText('Saved booking-101.ics');\n",
    },
  ],
  expected: {
    result: 'branch-created',
    scenario: 'a booking is saved as a calendar file',
    file: 'server/calendar-file.js',
    line: "`DTSTAMP:${stampOf(booking.createdOn, '00:00')}`,",
  },
  mendable: true,
  humanFix: [
    {
      file: 'server/calendar-file.js',
      find: "stampOf(booking.createdOn, '00:00')",
      replace: "stampOf(booking.createdOn ?? booking.date, '00:00')",
    },
  ],
};
