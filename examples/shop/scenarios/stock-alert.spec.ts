/** Waiting for a sold-out product. */
import { expect, test } from '@playwright/test';

test('a customer is put on the list for a sold-out product once', async ({ page }) => {
  await page.goto('/products/bread-knife');
  await page.getByLabel('E-mail').fill('ingrid@example.com');
  await page.getByRole('button', { name: 'Tell me' }).click();
  await expect(page.getByRole('status')).toHaveText('We will write to ingrid@example.com.');

  await page.getByLabel('E-mail').fill('ingrid@example.com');
  await page.getByRole('button', { name: 'Tell me' }).click();
  await expect(page.getByRole('status')).toHaveText('You are on the list already.');
});
