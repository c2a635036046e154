/** The new product stands among the others, which keep their tags. */
import { expect, test } from '@playwright/test';

test('all boards are listed, with the tags that they have', async ({ page }) => {
  await page.goto('/?category=Boards');
  await expect(page.getByRole('status')).toHaveText('3 products');
  const cards = page.getByRole('list', { name: 'Products' }).getByRole('listitem');
  await expect(cards).toContainText(['Beech board', 'Oak board', 'Walnut board']);
  await expect(cards.filter({ hasText: 'Oak board' })).toContainText('new · oiled');
  await expect(cards.filter({ hasText: 'Walnut board' })).toContainText('€56.00');
  await expect(cards.filter({ hasText: 'Walnut board' })).not.toContainText('undefined');
});

test('tags are cut to two', async ({ page }) => {
  await page.goto('/?category=Pans');
  const iron = page.getByRole('listitem').filter({ hasText: 'Iron pan' });
  await expect(iron).toContainText('bestseller · induction');
});
