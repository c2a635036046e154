/** A single skill is shown like several. */
import { expect, test } from '@playwright/test';

test('skills are listed, one or many', async ({ page }) => {
  await page.goto('/members');
  const members = page.getByRole('list', { name: 'Members' }).getByRole('listitem');
  await expect(members).toHaveCount(4);
  await expect(members.first()).toHaveText('Ines Falk, Falk Charts, Kiel: cartography, print');
  await expect(members.last()).toHaveText('Yusuf Aydin, Aydin Film, Hamburg: film');
});
