/** Every product tells its weight, wherever it comes from. */
import { expect, test } from '@playwright/test';

for (const [slug, weight] of [
  ['iron-pan', '2.1 kg'],
  ['tea-strainer', '0.1 kg'],
  ['oak-board', '1.9 kg'],
  ['tea-tray', '0.9 kg'],
]) {
  test(`the weight of ${slug}`, async ({ page }) => {
    await page.goto(`/products/${slug}`);
    await expect(page.getByRole('definition').last()).toHaveText(`${weight}`);
    await expect(page.getByRole('button', { name: 'Add to cart' })).toBeVisible();
  });
}
