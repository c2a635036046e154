/** Keeping one's account up to date. */
import { expect, test } from '@playwright/test';

test('a customer moves to another address', async ({ page }) => {
  await page.goto('/account');
  await page.getByLabel('Street').fill('Storgata 4');
  await page.getByLabel('Postcode').fill('9008');
  await page.getByLabel('City').fill('Tromsø');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('status')).toHaveText('Saved for Ingrid Solberg.');

  await page.reload();
  await expect(page.getByLabel('Street')).toHaveValue('Storgata 4');
  await expect(page.getByLabel('City')).toHaveValue('Tromsø');
});
