/** Changing one's mind about the cart. */
import { expect, test } from '@playwright/test';

test('the cart adds up while amounts change, and can be emptied', async ({ page }) => {
  await page.goto('/products/tea-strainer');
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await expect(page.getByRole('status')).toBeVisible();

  await page.getByRole('link', { name: 'Cart (1 piece)' }).click();
  await page.getByRole('button', { name: 'One Tea strainer more' }).click();
  await expect(page.getByRole('row')).toContainText('€25.00');
  await expect(page.getByLabel('Totals')).toContainText('Total€25.00');

  await page.getByRole('button', { name: 'Empty the cart' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your cart is empty');
  await expect(page.getByRole('link', { name: 'Cart', exact: true })).toBeVisible();
});
