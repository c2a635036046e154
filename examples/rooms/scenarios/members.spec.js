/** The members' directory. */
import { expect, test } from '@playwright/test';

test('members are listed with their companies', async ({ page }) => {
  await page.goto('/members');
  await expect(page.getByRole('status')).toHaveText('4 members');
  const members = page.getByRole('list', { name: 'Members' }).getByRole('listitem');
  await expect(members.first()).toHaveText('Ines Falk, Falk Charts, Kiel: cartography, print');
});

test('a member can be reached', async ({ page }) => {
  await page.goto('/members');
  await page.getByRole('link', { name: 'Rosa Wind' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Rosa Wind');
  await expect(page.getByRole('link', { name: '+45 86 55 50 31' })).toHaveAttribute('href', 'tel:+4586555031');
});
