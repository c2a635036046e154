/** Paying less with a code. */
import { expect, test } from '@playwright/test';

test('a discount code is taken off, and a wrong one is refused', async ({ page }) => {
  await page.goto('/products/teapot');
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await page.getByRole('link', { name: 'Cart (1 piece)' }).click();

  await page.getByLabel('Discount code').fill('SPRING99');
  await page.getByRole('button', { name: 'Use it' }).click();
  await expect(page.getByRole('alert')).toHaveText('This code is not valid for your cart.');

  await page.getByLabel('Discount code').fill('welcome10');
  await page.getByRole('button', { name: 'Use it' }).click();
  await expect(page.getByLabel('Totals')).toContainText('Discount WELCOME10-€7.45');
  await expect(page.getByLabel('Totals')).toContainText('Total€67.05');
});
