/** Without a booking there is no banner, and nothing in its place. */
import { expect, test } from '@playwright/test';

test('rooms are listed for members without a booking', async ({ page }) => {
  await page.goto('/bookings');
  await expect(page.getByRole('button', { name: 'Cancel Board' })).toBeVisible();
  for (const id of [102, 103, 104])
    await page.evaluate((one) => fetch(`/api/bookings/${one}`, { method: 'DELETE' }), id);
  await page.goto('/');
  await expect(page.getByRole('list', { name: 'Rooms' }).getByRole('listitem')).toHaveCount(6);
  await expect(page.locator('main')).not.toContainText(/undefined|null|NaN|Invalid|Next:/);
});
