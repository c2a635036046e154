/** What cannot be read is no favourite; what is chosen now is one. */
import { expect, test } from '@playwright/test';

test('favourites of today outlive those of the old site', async ({ page }) => {
  await page.goto('/house');
  await page.evaluate(() => localStorage.setItem('favourites', 'keel,galley'));
  await page.goto('/');
  await expect(page.getByRole('list', { name: 'Rooms' }).getByRole('listitem')).toHaveCount(6);
  await page.goto('/rooms/crow');
  await page.getByRole('button', { name: 'Make it a favourite' }).click();
  await page.goto('/');
  await expect(page.getByRole('heading', { name: "Crow's nest" })).toContainText('★');
});
