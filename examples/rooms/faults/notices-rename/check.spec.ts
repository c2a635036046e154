/** The notices of the day are shown. */
import { expect, test } from '@playwright/test';

test('notices come and go with the day', async ({ page }) => {
  await page.goto('/house?date=2026-05-10');
  const notices = page.getByRole('list', { name: 'Notices' }).getByRole('listitem');
  await expect(notices).toHaveText(/^Harbour day/);
  await page.goto('/house?date=2026-01-15');
  await expect(notices).toHaveText(/^Winter opening/);
});
