/** A review without an author is a review all the same. */
import { expect, test } from '@playwright/test';

test('a review without an author is shown like the others', async ({ page }) => {
  await page.goto('/rooms/lighthouse');
  const reviews = page.getByRole('list', { name: 'Reviews' }).getByRole('listitem');
  await expect(reviews).toHaveCount(2);
  await expect(reviews.first()).toContainText('(Ines Falk, Thu 2 April)');
  await expect(reviews.last()).toContainText('Everybody sees everybody.');
  await expect(reviews.last()).toContainText('Mon 4 May');
  await expect(reviews.last()).not.toContainText(/undefined|null/);
});
