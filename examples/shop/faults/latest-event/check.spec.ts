/** The news of a parcel is its last event, or that there is none. */
import { expect, test } from '@playwright/test';

test('the latest event of each parcel is told', async ({ page }) => {
  await page.goto('/orders/1042');
  await expect(page.getByText('Delivered, 2 Oct 2026', { exact: true })).toBeVisible();
  await page.goto('/orders/1043');
  await expect(page.getByText('Picked up, 20 Oct 2026', { exact: true })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Parcel PX-1043-2' })).toContainText('No news from the carrier yet');
  await expect(page.getByRole('main')).not.toContainText('undefined');
});
