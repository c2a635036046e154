/** Delivered orders show their day, the others show no day that never was. */
import { expect, test } from '@playwright/test';

test('the day of delivery stands where there is one', async ({ page }) => {
  await page.goto('/orders');
  const cells = (order: string) => page.getByRole('row', { name: order }).getByRole('cell');
  await expect(cells('Order 1042')).toContainText([
    'Order 1042',
    '2026',
    'delivered',
    '2 Oct 2026',
    '2 articles',
    '€145.40',
  ]);
  await expect(cells('Order 1043').filter({ hasText: '2026' })).toHaveCount(1);
  await expect(cells('Order 1044')).toContainText([
    'Order 1044',
    '2 Nov 2026',
    'in preparation',
    '1 article',
    '€84.90',
  ]);
  await expect(page.getByRole('table')).not.toContainText(/Invalid|1970|undefined/);
});
