/** Orders with parcels tell their service, an order without is shown as before. */
import { expect, test } from '@playwright/test';

test('the service is told for orders on their way', async ({ page }) => {
  await page.goto('/orders/1043');
  await expect(page.getByText('Service: Express')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Parcel PX-1043-1' })).toContainText('Picked up');
});

test('an order that is still packed shows its articles and its total', async ({ page }) => {
  await page.goto('/orders/1044');
  await expect(page.getByRole('list', { name: 'Articles' })).toContainText('2 × Whetstone 1000/3000: €78.00');
  await expect(page.getByText('Total: €84.90')).toBeVisible();
  await expect(page.getByText('We are packing your order.')).toBeVisible();
});
