/** Finding one's way through the catalogue. */
import { expect, test } from '@playwright/test';

test('the catalogue is searched, narrowed and sorted', async ({ page }) => {
  await page.goto('/');
  await page.getByLabel('Search').fill('workshop board');
  await page.getByRole('button', { name: 'Find' }).click();
  await expect(page.getByRole('status')).toHaveText('1 product');
  await expect(page.getByRole('list', { name: 'Products' })).toContainText('Oak board');

  await page.getByRole('link', { name: 'Holm Kitchenware' }).click();
  await page.getByRole('button', { name: 'Pans (3)' }).click();
  await page.getByLabel('Sort by').selectOption('Price, low first');

  const products = page.getByRole('list', { name: 'Products' }).getByRole('heading');
  await expect(products).toHaveText(['Milk pan', 'Iron pan 28 cm', 'Sauté pan with lid']);
  await expect(page.getByRole('listitem').filter({ hasText: 'Iron pan' })).toContainText('€54.90');
});
