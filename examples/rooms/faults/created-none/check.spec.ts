/** A file without a stamp is no calendar file. */
import { expect, test } from '@playwright/test';

test('every booking has a whole calendar file', async ({ page }) => {
  await page.goto('/bookings');
  const text = await page.evaluate(async () => (await (await fetch('/api/bookings/101/calendar')).json()).text);
  expect(text).toMatch(/DTSTAMP:\d{8}T\d{6}Z\r\n/);
  expect(text).toContain('DTSTART:20260428T090000Z\r\nDTEND:20260428T120000Z\r\n');
  const other = await page.evaluate(async () => (await (await fetch('/api/bookings/104/calendar')).json()).text);
  expect(other).toContain('DTSTAMP:20260502T000000Z\r\n');
});
