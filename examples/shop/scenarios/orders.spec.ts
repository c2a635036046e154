/** Looking back at one's orders. */
import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';

test('orders are listed, narrowed to the open ones, and downloaded', async ({ page }) => {
  await page.goto('/orders');
  await expect(page.getByRole('row')).toHaveCount(3);
  await expect(page.getByRole('row', { name: 'Order 1043' })).toContainText('19 Oct 2026');
  await expect(page.getByRole('row', { name: 'Order 1042' })).toContainText('2 articles');

  await page.getByLabel('Only those on their way').check();
  await expect(page.getByRole('row')).toHaveCount(2);

  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download as CSV' }).click(),
  ]);
  const lines = (await readFile(await file.path(), 'utf8')).split('\n');
  expect(lines).toHaveLength(3);
  expect(lines[1]).toContain('1044;2 Nov 2026;in preparation;');
});
