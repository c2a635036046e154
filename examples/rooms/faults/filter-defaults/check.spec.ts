/** All rooms at first, fewer by choice, all again. */
import { expect, test } from '@playwright/test';

test('equipment is chosen and let go', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('status')).toHaveText('6 rooms');
  await page.getByRole('checkbox', { name: 'Projector' }).check();
  await expect(page.getByRole('status')).toHaveText('1 room');
  await expect(page.getByRole('checkbox', { name: 'Projector' })).toBeChecked();
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(page.getByRole('status')).toHaveText('6 rooms');
  await expect(page.getByRole('checkbox', { name: 'Projector' })).not.toBeChecked();
});
