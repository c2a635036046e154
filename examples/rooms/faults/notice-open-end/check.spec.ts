/** What has no end has no day of its end. */
import { expect, test } from '@playwright/test';

test('notices are dated with and without an end', async ({ page }) => {
  await page.goto('/house');
  const notices = page.getByRole('list', { name: 'Notices' }).getByRole('listitem');
  await expect(notices.first()).toContainText('(Mon 11 May to Fri 15 May): Please take the stairs');
  await expect(notices.last()).toContainText('The quay is closed for cars.');
  await expect(notices.last()).toContainText('Sat 9 May');
  await expect(notices.last()).not.toContainText(/undefined|null|Invalid|1970/);
});
