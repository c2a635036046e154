/** A member without a company is a member. */
import { expect, test } from '@playwright/test';

test('members without a company are listed and found', async ({ page }) => {
  await page.goto('/members');
  const members = page.getByRole('list', { name: 'Members' }).getByRole('listitem');
  await expect(members).toHaveCount(4);
  await expect(members.first()).toHaveText('Ines Falk, Falk Charts, Kiel: cartography, print');
  await expect(members.last()).toContainText('Yusuf Aydin');
  await expect(members.last()).not.toContainText(/undefined|null/);
  await page.goto('/members?q=undefined');
  await expect(page.getByRole('status')).toHaveText('0 members');
});
