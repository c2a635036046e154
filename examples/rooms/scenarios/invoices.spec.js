/** A member's invoices. */
import { expect, test } from '@playwright/test';

test('invoices are listed with what is to pay', async ({ page }) => {
  await page.goto('/invoices');
  await expect(page.getByRole('status')).toHaveText('€72.50 to pay');
  const invoices = page.getByRole('list', { name: 'Invoices' }).getByRole('listitem');
  await expect(invoices.nth(1)).toHaveText('March 2026: €115.20, paid Thu 9 April');
});

test('an invoice shows its lines and what was credited', async ({ page }) => {
  await page.goto('/invoices');
  await page.getByRole('link', { name: 'April 2026' }).click();
  await expect(page.getByRole('table', { name: 'Lines' })).toContainText('Credit: Heating was off-€5.00');
  await expect(page.getByRole('table', { name: 'Lines' })).toContainText('Total€72.50');
});
