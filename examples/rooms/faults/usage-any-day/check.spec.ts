/** A share of nothing is nothing. */
import { expect, test } from '@playwright/test';

test('closed days have no share, open ones keep theirs', async ({ page }) => {
  await page.goto('/usage?date=2026-05-20');
  const rows = page.getByRole('table', { name: 'In use' }).getByRole('row');
  await expect(rows).toHaveCount(6);
  await expect(rows.first()).toContainText('Lighthouse2 hours');
  await expect(page.locator('main')).not.toContainText(/Infinity|NaN|undefined/);
  await page.goto('/usage');
  await expect(rows.first()).toHaveText('Atrium4 hours33 %#######');
});
