/** Half hours and whole ones are shown as before. */
import { expect, test } from '@playwright/test';

test('hours are counted as they were', async ({ page }) => {
  await page.goto('/rooms/galley/book');
  await page.getByLabel('To', { exact: true }).fill('10:30');
  const costs = page.getByRole('status', { name: 'Costs' });
  await expect(costs).toContainText('1.5 hours€30.00');
  await page.getByLabel('To', { exact: true }).fill('10:00');
  await expect(costs).toContainText('1 hour€20.00');
});
