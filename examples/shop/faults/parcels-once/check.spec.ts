/** Parcels that the carrier knows are followed, beside those that it does not know yet. */
import { expect, test } from '@playwright/test';

test('each parcel tells what is known of it', async ({ page }) => {
  await page.goto('/orders/1043');
  const parcels = page.getByRole('region');
  await expect(parcels).toHaveCount(2);
  await expect(parcels.nth(0)).toContainText('Picked up, 20 Oct 2026');
  await expect(parcels.nth(0).getByRole('listitem')).toHaveCount(1);
  await expect(parcels.nth(1)).toContainText('PX-1043-2');
  await expect(parcels.nth(1)).toContainText('No news from the carrier yet');
  await expect(parcels.nth(1).getByRole('listitem')).toHaveCount(0);

  await page.goto('/orders/1042');
  await expect(page.getByRole('region').getByRole('listitem')).toHaveCount(3);
});
