/** What is saved is the calendar file. */
import { expect, test } from '@playwright/test';

test('the file has a name and what is in it', async ({ page }) => {
  await page.goto('/bookings');
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Calendar file of Planning' }).click();
  const file = await saved;
  expect(file.suggestedFilename()).toBe('booking-101.ics');
  const chunks: string[] = [];
  for await (const chunk of await file.createReadStream()) chunks.push(String(chunk));
  expect(chunks.join('')).toContain('SUMMARY:Planning');
});
