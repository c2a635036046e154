/** Products with a maker tell its country, those without are complete all the same. */
import { expect, test } from '@playwright/test';

test('the country is told where it is known', async ({ page }) => {
  await page.goto('/products/teapot');
  await expect(page.getByRole('article')).toContainText('Made inJapan');
  await page.goto('/products/saute-pan');
  await expect(page.getByRole('article')).toContainText('Made inSweden');
});

test('a product without a maker is shown and sold', async ({ page }) => {
  await page.goto('/products/tea-tray');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ash tea tray');
  await expect(page.getByRole('article')).toContainText('€33.00');
  await expect(page.getByRole('article')).toContainText('CategoryTea');
  await expect(page.getByRole('article')).not.toContainText('undefined');
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await expect(page.getByRole('link', { name: 'Cart (1 piece)' })).toBeVisible();
});
