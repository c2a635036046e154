/** The button goes back and forth, and the browser remembers. */
import { expect, test } from '@playwright/test';

test('a favourite is taken back', async ({ page }) => {
  await page.goto('/rooms/atrium');
  await page.getByRole('button', { name: 'Make it a favourite' }).click();
  await page.getByRole('button', { name: 'No longer a favourite' }).click();
  await page.getByRole('button', { name: 'Make it a favourite' }).click();
  await page.reload();
  await expect(page.getByRole('button', { name: 'No longer a favourite' })).toBeVisible();
});
