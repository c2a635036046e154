/** Coming back to what one looked at. */
import { expect, test } from '@playwright/test';

test('the start page links to products that were looked at before', async ({ page }) => {
  await page.goto('/products/whetstone');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Whetstone 1000/3000');

  await page.getByRole('link', { name: 'Holm Kitchenware' }).click();

  const viewed = page.getByRole('region', { name: 'Recently viewed' });
  await expect(viewed.getByRole('link', { name: 'Whetstone 1000/3000' })).toBeVisible();
  await expect(viewed.getByRole('link', { name: 'Milk pan' })).toBeVisible();
});
