/** The count is in the right number. */
import { expect, test } from '@playwright/test';

test('one member is counted as one', async ({ page }) => {
  await page.goto('/members?q=joinery');
  await expect(page.getByRole('status')).toHaveText('1 member');
  await expect(page.getByRole('list', { name: 'Members' })).toContainText('Rosa Wind');
});
