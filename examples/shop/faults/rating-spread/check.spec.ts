/** The spread is shown where there is one, and its absence harms nothing. */
import { expect, test } from '@playwright/test';

test('the spread of the stars is right', async ({ page }) => {
  await page.goto('/products/chefs-knife');
  const stars = page.getByRole('list', { name: 'Spread' }).getByRole('listitem');
  await expect(stars).toContainText(['1 star: 0', '2 stars: 0', '3 stars: 0', '4 stars: 1', '5 stars: 2']);
  await expect(page.getByText('Marit, 14 Aug 2026, 5 stars')).toBeVisible();
});

test('a product without reviews says so', async ({ page }) => {
  await page.goto('/products/milk-pan');
  await expect(page.getByRole('region', { name: 'Reviews' })).toContainText('Nobody has reviewed this yet.');
  await expect(page.getByRole('button', { name: 'Add to cart' })).toBeVisible();
});
