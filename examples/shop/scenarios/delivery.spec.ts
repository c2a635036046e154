/** Asking how long a parcel takes. */
import { expect, test } from '@playwright/test';

test('the delivery page tells lead times by country', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('link', { name: 'Delivery' }).click();
  const leadTimes = page.getByRole('list', { name: 'Lead times' });
  await expect(leadTimes.getByRole('listitem')).toHaveCount(3);
  await expect(leadTimes).toContainText('Norway: 2 working days');
});
