/** Placing an order. */
import { expect, test } from '@playwright/test';

test('an order is placed with an address and a way of shipping', async ({ page }) => {
  await page.goto('/products/stoneware-cup');
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await page.getByRole('link', { name: 'Cart (1 piece)' }).click();
  await page.getByRole('link', { name: 'Go to checkout' }).click();

  await page.getByLabel('Express parcel, 1 day, €12.90').check();
  await expect(page.getByText('To pay: €28.90')).toBeVisible();
  await page.getByRole('button', { name: 'Place the order' }).click();

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Order 1045');
  await expect(page.getByRole('list', { name: 'Articles' })).toContainText('1 × Stoneware cup: €16.00');
  await expect(page.getByText('We are packing your order.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Cart', exact: true })).toBeVisible();
});
