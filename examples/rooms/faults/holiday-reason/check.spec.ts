/** An ordinary day says nothing more. */
import { expect, test } from '@playwright/test';

test('only holidays have a reason', async ({ page }) => {
  await page.goto('/house?date=2026-05-15');
  await expect(page.getByRole('status')).toHaveText('Fri 15 May: open from 08:00 to 18:00');
  await page.goto('/house?date=2026-05-25');
  await expect(page.getByRole('status')).toHaveText('Mon 25 May: open from 10:00 to 16:00 (Whit Monday)');
});
