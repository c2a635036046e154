/** Every order tells how many articles it has. */
import { expect, test } from '@playwright/test';

test('articles are counted', async ({ page }) => {
  await page.goto('/orders');
  for (const [order, count] of [
    ['Order 1042', '2 articles'],
    ['Order 1043', '2 articles'],
    ['Order 1044', '1 article'],
  ]) {
    await expect(page.getByRole('row', { name: `${order}` })).toContainText(`${count}€`);
  }
});
