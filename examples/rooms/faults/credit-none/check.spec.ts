/** Nothing credited is nothing taken off. */
import { expect, test } from '@playwright/test';

test('totals are right with and without a credit', async ({ page }) => {
  await page.goto('/invoices');
  const invoices = page.getByRole('list', { name: 'Invoices' }).getByRole('listitem');
  await expect(invoices).toHaveText([
    /April 2026: €72\.50, open/,
    /March 2026: €115\.20, paid/,
    /February 2026: €86\.40, paid/,
  ]);
});
