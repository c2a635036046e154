/** Newest first, without gaps. */
import { expect, test } from '@playwright/test';

test('the list holds what is still sold, newest first', async ({ page }) => {
  await page.goto('/products/iron-pan');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Iron pan 28 cm');
  await page.goto('/');
  const viewed = page.getByRole('region', { name: 'Recently viewed' });
  await expect(viewed.getByRole('listitem')).toHaveText(['Iron pan 28 cm', 'Milk pan', 'Cast-iron teapot']);
  await viewed.getByRole('link', { name: 'Milk pan' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Milk pan');
});
