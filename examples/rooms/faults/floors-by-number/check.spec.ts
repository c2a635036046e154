/** Floors are listed, in order, with their rooms. */
import { expect, test } from '@playwright/test';

test('every floor is there with its rooms', async ({ page }) => {
  await page.goto('/occupancy?at=15:00');
  await expect(page.getByRole('list', { name: 'Floor 0' })).toHaveText('Atrium: taken until 18:00Boathouse: free');
  await expect(page.getByRole('list', { name: 'Floor 3' })).toHaveText("Crow's nest: freeLighthouse: free");
});
