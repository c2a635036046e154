/** Emptying the cart empties it, on the server too. */
import { expect, test } from '@playwright/test';

test('an emptied cart stays empty and can be filled again', async ({ page }) => {
  await page.goto('/products/paring-knife');
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await page.getByRole('link', { name: 'Cart (1 piece)' }).click();
  await page.getByRole('button', { name: 'Empty the cart' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your cart is empty');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your cart is empty');

  await page.goto('/products/iron-pan');
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await page.getByRole('link', { name: 'Cart (1 piece)' }).click();
  await expect(page.getByLabel('Totals')).toContainText('Total€54.90');
});
