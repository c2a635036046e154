/** The booking is cancelled, and its room free again. */
import { expect, test } from '@playwright/test';

test('only what is cancelled is cancelled', async ({ page }) => {
  await page.goto('/bookings');
  await page.getByRole('button', { name: 'Cancel Interview' }).click();
  const coming = page.getByRole('list', { name: 'To come' }).getByRole('listitem');
  await expect(coming.filter({ hasText: 'Interview' })).toContainText('cancelled');
  await expect(coming.filter({ hasText: 'Board' })).toContainText('€82.50');
  await page.goto('/rooms/keel');
  await expect(page.getByRole('region', { name: 'Calendar' }).getByRole('status')).toHaveText('12 free hours');
});
