/** A customer of the example shop looks for a board and puts it into the cart. */
import { expect, test } from '../../harness/kit/scenario.ts';

test('finds a product by its name and sees it in the cart', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('link', { name: 'Oak board' }).first().click();
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await page.getByRole('link', { name: 'Cart (1 piece)' }).click();

  await expect(page.getByRole('row')).toContainText('Oak board');
});
