/** What nobody knows is left out, or named as it is. */
import { expect, test } from '@playwright/test';

test('what is known of a room is listed', async ({ page }) => {
  await page.goto('/rooms/keel');
  const equipment = page.getByRole('list', { name: 'Equipment' }).getByRole('listitem');
  await expect(equipment.first()).toHaveText('Whiteboard');
  await expect(page.getByRole('list', { name: 'Equipment' })).toHaveText(/^Whiteboard(flipchart)?$/);
  await expect(equipment.filter({ hasText: /^$/ })).toHaveCount(0);
  await expect(equipment.filter({ hasText: /undefined|null/ })).toHaveCount(0);
  await page.goto('/rooms/lighthouse');
  await expect(equipment).toHaveCount(3);
});
