/** The banner no longer thinks of members who have nothing booked. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'next-booking-none',
  title: 'Nobody has a next booking when nothing is booked',
  template: 'early-return',
  location: 'same-function',
  commit: { subject: 'Next booking: one line less' },
  edits: [
    {
      file: 'public/js/components/next-booking.js',
      find: '  if (next === undefined) return html`<p>You have nothing booked.</p>`;\n',
      replace: '',
    },
    {
      file: 'scenarios/rooms.spec.js',
      find: "  await expect(page.getByText('Next: Interview, Keel, today at 10:00')).toBeVisible();\n",
      replace:
        "  await expect(page.getByText('Next: Interview, Keel, today at 10:00')).toBeVisible();\n  await page.getByRole('link', { name: 'My bookings' }).click();\n  for (const title of ['Interview', 'Spring talk', 'Board']) {\n    await page.getByRole('button', { name: `Cancel ${title}` }).click();\n    await expect(page.getByRole('button', { name: `Cancel ${title}` })).toHaveCount(0);\n  }\n  await page.getByRole('link', { name: 'Harbour Rooms' }).click();\n  await expect(page.getByRole('status')).toHaveText('6 rooms');\n",
    },
  ],
  expected: {
    result: 'branch-created',
    scenario: 'the list begins with the next booking',
    file: 'public/js/components/next-booking.js',
    line: 'const days = daysBetween(today, next.date);',
  },
  mendable: true,
  humanFix: [
    {
      file: 'public/js/components/next-booking.js',
      find: '  const days = daysBetween(today, next.date);',
      replace: "  if (next === undefined) return '';\n  const days = daysBetween(today, next.date);",
    },
  ],
};
