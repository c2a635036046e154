/** What has no description is found by its name, and not by a word that nobody wrote. */
import { expect, test } from '@playwright/test';

test('rooms are found by name and description', async ({ page }) => {
  await page.goto('/search?q=keel');
  const results = page.getByRole('list', { name: 'Results' }).getByRole('listitem');
  await expect(results).toHaveText('⌂ Room: Keel');
  await page.goto('/search?q=glass');
  await expect(results).toHaveText('⌂ Room: Atrium');
  await page.goto('/search?q=undefined');
  await expect(page.getByRole('status')).toHaveText('0 results');
});
