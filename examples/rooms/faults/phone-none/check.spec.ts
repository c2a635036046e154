/** Nothing stands where the number was. */
import { expect, test } from '@playwright/test';

test('members are shown with what is known of them', async ({ page }) => {
  await page.goto('/members/zielinski');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tomasz Zielinski');
  await expect(page.getByRole('link', { name: 'tz@bluewater.example' })).toBeVisible();
  await expect(page.locator('main')).not.toContainText(/undefined|null/);
  await page.goto('/members/falk');
  await expect(page.getByRole('link', { name: '+49 431 5550 11' })).toHaveAttribute('href', 'tel:+49431555011');
});
