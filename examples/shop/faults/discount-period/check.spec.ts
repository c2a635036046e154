/** Codes are refused that are unknown, over, or too big for the cart; the others are taken off. */
import { expect, test } from '@playwright/test';

test('each code gets its answer', async ({ page }) => {
  await page.goto('/products/teapot');
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await page.getByRole('link', { name: 'Cart (1 piece)' }).click();
  const enter = async (code: string) => {
    await page.getByLabel('Discount code').fill(code);
    await page.getByRole('button', { name: 'Use it' }).click();
  };
  for (const refused of ['NOBODY', 'SUMMER25', 'BIG20']) {
    await enter(refused);
    await expect(page.getByRole('alert')).toHaveText('This code is not valid for your cart.');
    await expect(page.getByLabel('Totals')).toContainText('Total€74.50');
  }
  await enter('tea5');
  await expect(page.getByLabel('Totals')).toContainText('Total€70.77');
  await expect(page.getByRole('alert')).toHaveCount(0);
});
