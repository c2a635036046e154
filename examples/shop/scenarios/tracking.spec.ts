/** Following one's parcels. */
import { expect, test } from '@playwright/test';

test('an order shows where its parcels are', async ({ page }) => {
  await page.goto('/orders');
  await page.getByRole('link', { name: 'Order 1042' }).click();
  await expect(page.getByText('delivered on 2 Oct 2026')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Parcel PX-1042-1' }).getByRole('listitem')).toHaveCount(3);

  await page.getByRole('link', { name: 'Orders' }).click();
  await page.getByRole('link', { name: 'Order 1043' }).click();
  await expect(page.getByRole('region', { name: 'Parcel PX-1043-1' })).toContainText('Picked up, 20 Oct 2026');
  await expect(page.getByRole('region', { name: 'Parcel PX-1043-2' })).toContainText('No news from the carrier yet');

  await page.getByRole('link', { name: 'Orders' }).click();
  await page.getByRole('link', { name: 'Order 1044' }).click();
  await expect(page.getByText('We are packing your order.')).toBeVisible();
});
