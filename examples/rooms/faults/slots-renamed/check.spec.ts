/** The hours are listed, not only counted. */
import { expect, test } from '@playwright/test';

test('every hour of the day is in the calendar', async ({ page }) => {
  await page.goto('/rooms/keel');
  const hours = page.getByRole('list', { name: 'Hours' }).getByRole('listitem');
  await expect(hours).toHaveCount(12);
  await expect(hours.nth(2)).toHaveText('10:00–11:00 Interview');
  await expect(page.getByRole('region', { name: 'Calendar' }).getByRole('status')).toHaveText('11 free hours');
});
