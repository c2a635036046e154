/** No review, no summary; the others stay what they were. */
import { expect, test } from '@playwright/test';

test('rooms are summed up with and without reviews', async ({ page }) => {
  await page.goto('/rooms/keel');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Keel');
  await expect(page.getByRole('region', { name: 'What members say' })).toHaveText(
    'Nobody has written about this room yet.',
  );
  await page.goto('/rooms/atrium');
  await expect(page.getByText('4.5 of 5, 2 reviews. Latest: “Loud when it rains.”')).toBeVisible();
});
