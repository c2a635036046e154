/** Reading a product's page. */
import { expect, test } from '@playwright/test';

test('a product page tells price, stock and reviews', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('link', { name: 'Chef’s knife Hav' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Chef’s knife Hav');
  await expect(page.getByRole('article')).toContainText('€89.00');
  await expect(page.getByRole('definition').filter({ hasText: '12' })).toBeVisible();
  await expect(page.getByText('4.7 of 5 in 3 reviews')).toBeVisible();
  await expect(page.getByText('Theo, 3 Jun 2026, 4 stars')).toBeVisible();
});

test('a product that is new to the shop can be bought before anybody has reviewed it', async ({ page }) => {
  await page.goto('/products/oak-board');
  await expect(page.getByText('Nobody has reviewed this yet.')).toBeVisible();

  await page.getByLabel('Amount').fill('2');
  await page.getByRole('button', { name: 'Add to cart' }).click();

  await expect(page.getByRole('status')).toHaveText('It is in your cart.');
  await expect(page.getByRole('link', { name: 'Cart (2 pieces)' })).toBeVisible();
});
